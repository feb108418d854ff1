import type { Need, Part, StepState } from './model.ts';
import type { PolicyStep } from './policy.ts';

/** One part of a step with where it stands. */
export interface Placed {
  position: number;
  need: Need;
  part: Part;
  state: StepState;
}

/** What a policy wants, flat: parts with their position from 1. */
export function flat(steps: readonly PolicyStep[]): { position: number; need: Need; part: Part }[] {
  return steps.flatMap(({ need, parts }, index) =>
    parts.map((part) => ({ position: index + 1, need, part })),
  );
}

/** Whether the parts of one position are done. */
function isDone(parts: readonly Placed[]): boolean {
  const passed = parts.filter(({ state }) => state === 'passed').length;
  const need = parts[0]?.need ?? 'all';
  return need === 'any' ? passed > 0 : passed === parts.length;
}

/** The first position that is not done; `undefined`: everybody has said yes. */
export function openPosition(steps: readonly Placed[]): number | undefined {
  const positions = [...new Set(steps.map(({ position }) => position))].sort((a, b) => a - b);
  return positions.find((position) => !isDone(steps.filter((step) => step.position === position)));
}

/** Whether nobody is asked in a part without which the step cannot be done. Of one position's open parts. */
export function lacksDeciders(open: readonly (Placed & { seats: readonly unknown[] })[]): boolean {
  const [first] = open;
  const isEmpty = ({ seats }: { seats: readonly unknown[] }) => seats.length === 0;
  return first !== undefined && (first.need === 'any' ? open.every(isEmpty) : open.some(isEmpty));
}

/** Whether one more yes for a part leaves nobody else to ask. */
export function isLastWord(steps: readonly (Placed & { id: string })[], id: string): boolean {
  return (
    openPosition(steps.map((step) => (step.id === id ? { ...step, state: 'passed' } : step))) === undefined
  );
}

/** Equal whatever order keys have. */
export function samePart(a: Part, b: Part): boolean {
  return partKey(a) === partKey(b);
}

export function partKey(part: Part): string {
  switch (part.who) {
    case 'manager':
      return 'manager';
    case 'role':
      return `role ${part.role}`;
    case 'member':
      return `member ${part.memberId}`;
    default:
      return part satisfies never;
  }
}

/** Text in which equal terms are equal whatever order they were written in. */
export function canonicalTerms(terms: Readonly<Record<string, string | number | null>>): string {
  return JSON.stringify(Object.entries(terms).sort(([a], [b]) => (a < b ? -1 : 1)));
}
