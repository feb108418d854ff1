import type { StageView } from './model.ts';

/** What every organization starts with. */
export const defaultStages: readonly StageView[] = [
  { key: 'qualify', name: 'qualify', nameZh: '资格确认', probabilityBasisPoints: 1000, normalDays: 14 },
  { key: 'tracking', name: 'tracking', nameZh: '跟踪', probabilityBasisPoints: 2500, normalDays: 21 },
  { key: 'negotiation', name: 'negotiation', nameZh: '谈判', probabilityBasisPoints: 5000, normalDays: 14 },
  { key: 'quote', name: 'quote', nameZh: '报价', probabilityBasisPoints: 7000, normalDays: 9 },
  { key: 'contract', name: 'contract', nameZh: '合同', probabilityBasisPoints: 9000, normalDays: 14 },
];

/** A stage name as it is typed and compared: one word, lower case (`Site visit` → `site-visit`). */
export function stageKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

/**
 * Stages meant by `text`: those whose key or name in either language equals it, else those where one begins with
 * it. In pipeline order; empty when nothing fits.
 */
export function stagesNamed<S extends StageView>(stages: readonly S[], text: string): S[] {
  const wanted = stageKey(text);
  if (wanted === '') return [];
  const names = ({ key, name, nameZh }: S) => [key, stageKey(name), stageKey(nameZh)];
  const equal = stages.filter((stage) => names(stage).includes(wanted));
  if (equal.length > 0) return equal;
  return stages.filter((stage) => names(stage).some((name) => name.startsWith(wanted)));
}

/** The index among `others` for a stage that stands after or before one of them; `undefined`: nothing is said. */
export function placeOf(
  others: readonly { id: string }[],
  { after, before }: { after?: { id: string } | undefined; before?: { id: string } | undefined },
): number | undefined {
  const anchor = after ?? before;
  const at = others.findIndex(({ id }) => id === anchor?.id);
  if (at < 0) return undefined;
  return after ? at + 1 : at;
}
