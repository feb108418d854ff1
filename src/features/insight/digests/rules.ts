import { addDays } from '../../../kernel/dates.ts';
import { digestTimes, type ScheduleRule } from '../../../kernel/schedule.ts';
import type {
  DigestFigure,
  DigestKind,
  DigestLine,
  DigestRow,
  DigestSection,
} from '../../../runtime/digest.ts';
import { digestSections } from '../../../runtime/digest.ts';
import type { KeptRows, LineSaid, SectionSaid } from './model.ts';

/** When a digest of each kind comes where nobody says otherwise. */
export const usualRules: Readonly<Record<DigestKind, ScheduleRule>> = {
  morning: { every: 'workday', at: '08:45' },
  team: { every: 'workday', at: '09:00' },
  process: { every: 'week', weekday: 5, at: '16:00', onWorkday: true },
  ledger: { every: 'month', day: 1, at: '09:00', onWorkday: true },
  branches: { every: 'week', weekday: 1, at: '09:00', onWorkday: true },
};

export interface AskedRhythm {
  every?: 'daily' | 'weekly' | 'monthly' | undefined;
  weekday?: number | undefined;
  day?: number | undefined;
  at?: string | undefined;
}

/** What is meant where only the rhythm was said, and perhaps a team: a morning list is of nobody but its reader. */
export function kindOf(asked: AskedRhythm, isPersonal: boolean, hasGroup = false): DigestKind {
  if (asked.every === 'weekly') return 'process';
  if (asked.every === 'monthly') return 'ledger';
  return isPersonal && !hasGroup ? 'morning' : 'team';
}

/** The rhythm said, the rest as usual for the kind. */
export function ruleOf(kind: DigestKind, { every, weekday, day, at }: AskedRhythm): ScheduleRule {
  const usual = usualRules[kind];
  const time = at ?? ('at' in usual ? usual.at : digestTimes.from);
  switch (every ?? rhythmOf(usual)) {
    case 'daily':
      return { every: 'workday', at: time };
    case 'weekly':
      return {
        every: 'week',
        weekday: weekday ?? (usual.every === 'week' ? usual.weekday : 1),
        at: time,
        onWorkday: true,
      };
    case 'monthly':
      return {
        every: 'month',
        day: day ?? (usual.every === 'month' ? usual.day : 1),
        at: time,
        onWorkday: true,
      };
    default:
      throw new TypeError('no such rhythm');
  }
}

export function rhythmOf(rule: ScheduleRule): 'daily' | 'weekly' | 'monthly' {
  return rule.every === 'week' ? 'weekly' : rule.every === 'month' ? 'monthly' : 'daily';
}

/** Days a digest can be as of; what lies beyond them is a slip. Both included. */
export function asOfDays(today: string): { from: string; to: string } {
  return { from: '2000-01-01', to: addDays(today, 366) };
}

/** `HH:MM` that may be chosen; else the nearest that may. */
export function isOffered(at: string): { ok: true } | { ok: false; nearest: string } {
  if (at < digestTimes.from) return { ok: false, nearest: digestTimes.from };
  return at > digestTimes.to ? { ok: false, nearest: digestTimes.to } : { ok: true };
}

export function isSameRule(a: ScheduleRule, b: ScheduleRule): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(rule: ScheduleRule): [string, unknown][] {
  return Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Digests on a page of their list: with two buttons each, so many fit into one message. */
export const listedPerPage = 15;

/** Most lines of a block; more stand in the thread. */
export const mostLines = 12;
const mostThreadLines = 25;
/** Buttons of numbers below a block. */
export const mostFigures = 6;
/** What a message takes of lines, with room for its title, its chart and the buttons of its numbers. */
const blockRoom = 30;
const byteRoom = 15_000;

interface Sized {
  line: LineSaid;
  blocks: number;
  bytes: number;
}

/** A line without buttons is one of a list; with several, they take a block of their own (Slack). */
function sizeOf(line: LineSaid): Sized {
  const buttons = line.buttons?.length ?? 0;
  const blocks = buttons === 0 ? 0.5 : buttons === 1 ? 1 : 2;
  return { line, blocks, bytes: new TextEncoder().encode(JSON.stringify(line)).length };
}

/**
 * Lines by block, in order. What a message cannot hold goes into the thread: first what its feature put there, then
 * what is more than twelve lines, then the last lines of the longest blocks.
 */
export function sectionsOf(
  read: readonly { section: DigestSection; lines: readonly DigestLine[] }[],
): SectionSaid[] {
  const sections = digestSections.flatMap((section): SectionSaid[] => {
    const all = read.filter((part) => part.section === section).flatMap(({ lines }) => lines);
    if (all.length === 0) return [];
    const inside = all.filter((line) => !line.inThread);
    const below = all.filter((line) => line.inThread);
    const figures = all.flatMap((line) => line.figures ?? []);
    return [
      {
        section,
        lines: inside.slice(0, mostLines).map(lineOf),
        thread: [...inside.slice(mostLines), ...below].map(lineOf),
        left: 0,
        figures: figures.map(({ name, label }) => ({ name, label })),
      },
    ];
  });
  makeRoom(sections);
  for (const one of sections) {
    one.left = Math.max(0, one.thread.length - mostThreadLines);
    one.thread = one.thread.slice(0, mostThreadLines);
  }
  return sections;
}

function lineOf({ text, record, buttons, figures = [] }: DigestLine): LineSaid {
  // A line that says its number itself tells of all of them; else the number only stands beside the first of its lines.
  const said = JSON.stringify(text);
  const isOfMany = figures.some(({ label, rows }) => rows.length > 1 && said.includes(JSON.stringify(label)));
  return {
    text,
    ...(record ? { record } : {}),
    ...(record && isOfMany ? { isOfMany: true as const } : {}),
    ...(buttons && buttons.length > 0 ? { buttons: buttons.slice(0, 2) } : {}),
  };
}

function makeRoom(sections: readonly SectionSaid[]): void {
  const total = () => {
    const sizes = sections.flatMap(({ lines }) => lines.map(sizeOf));
    return {
      blocks: sizes.reduce((sum, { blocks }) => sum + blocks, sections.length * 2),
      bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  };
  for (let { blocks, bytes } = total(); blocks > blockRoom || bytes > byteRoom; { blocks, bytes } = total()) {
    const longest = sections.reduce((most, one) => (one.lines.length > most.lines.length ? one : most));
    if (longest.lines.length <= 1) return;
    const last = longest.lines.pop();
    if (last) longest.thread.unshift(last);
  }
}

/** All figures by name; two of one name are one. */
export function figuresIn(read: readonly { lines: readonly DigestLine[] }[]): Map<string, DigestFigure> {
  const figures = new Map<string, DigestFigure>();
  for (const { lines } of read) {
    for (const figure of lines.flatMap((line) => line.figures ?? [])) figures.set(figure.name, figure);
  }
  return figures;
}

export function keptOf(rows: readonly DigestRow[]): KeptRows {
  return {
    kinds: rows.map(({ kind }) => kind),
    ids: rows.map(({ id }) => id),
    owners: rows.map(({ ownerId }) => ownerId),
    amounts: rows.map(({ amount }) => (amount ? `${amount.amountMinor} ${amount.currency}` : null)),
    notes: rows.map(({ note }) => note ?? null),
  };
}

export function rowsOfKept({ kinds, ids, owners, amounts, notes }: KeptRows): DigestRow[] {
  return ids.map((id, at): DigestRow => {
    const [amountMinor, currency] = amounts[at]?.split(' ') ?? [];
    return {
      kind: kinds[at] ?? '',
      id,
      ownerId: owners[at] ?? null,
      amount:
        amountMinor === undefined || currency === undefined
          ? undefined
          : { amountMinor: BigInt(amountMinor), currency },
      note: notes[at] ?? undefined,
    };
  });
}

/** What happened to a record, as far as lines about it are concerned. */
export type Settling = 'planned' | 'done' | 'moved' | 'closed' | 'judged' | 'assigned' | 'decided';

const settles: Readonly<Record<Settling, readonly DigestSection[]>> = {
  planned: ['clocks', 'decide', 'follow-ups', 'owners', 'reviews'],
  done: ['follow-ups'],
  moved: ['risk'],
  closed: ['decide', 'follow-ups', 'risk', 'owners'],
  judged: ['clocks', 'decide', 'follow-ups', 'reviews'],
  assigned: ['decide', 'owners'],
  decided: ['decide'],
};

/** The sections with lines about the records struck through; `undefined`: none was, or all were. */
export function withSettled(
  sections: readonly SectionSaid[],
  records: readonly { kind: string; id: string }[],
  what: Settling,
): { sections: SectionSaid[]; thread: boolean } | undefined {
  const keys = new Set(records.map(({ kind, id }) => `${kind}:${id}`));
  let changed = false;
  let thread = false;
  const settled = (line: LineSaid): LineSaid => {
    const { record, isDone } = line;
    if (isDone || !record || !keys.has(`${record.kind}:${record.id}`)) return line;
    changed = true;
    return { ...line, isDone: true };
  };
  const after = sections.map((one): SectionSaid => {
    if (!settles[what].includes(one.section)) return one;
    const lines = one.lines.map(settled);
    const before = one.thread;
    const below = before.map(settled);
    if (below.some((line, at) => line !== before[at])) thread = true;
    return { ...one, lines, thread: below };
  });
  return changed ? { sections: after, thread } : undefined;
}
