import { addDays } from '../../../kernel/dates.ts';
import type { Money } from '../../../kernel/money.ts';
import type { AmountView } from './model.ts';

/** Why deals are won and lost. People may give a reason in words of their own instead. */
export const reasonCodes = [
  'price',
  'product',
  'service',
  'delivery',
  'relationship',
  'brand',
  'competitor',
  'no-budget',
  'no-need',
  'no-decision',
  'timing',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** Other words people use for a reason, as `reasonKey` writes them. */
const reasonWords: Readonly<Record<ReasonCode, readonly string[]>> = {
  price: ['too-expensive', 'cost', '价格', '价格太高', '太贵'],
  product: ['quality', 'technology', '产品', '产品质量', '质量', '技术'],
  service: ['support', '服务', '售后', '售后服务'],
  delivery: ['lead-time', 'delivery-time', '交期', '交货', '交货期'],
  relationship: ['relations', 'trust', '关系', '客户关系', '信任'],
  brand: ['reputation', '品牌', '口碑'],
  competitor: ['competition', 'rival', '竞争', '竞争对手', '对手'],
  'no-budget': ['budget', 'no-money', '预算', '没有预算', '无预算', '预算不足'],
  'no-need': ['need', 'no-project', '没有需求', '无需求', '需求取消', '项目取消'],
  'no-decision': ['undecided', 'no-answer', '未决策', '没有决定', '搁置', '不了了之'],
  timing: ['too-late', 'time', 'timeline', '时机', '时间', '时机不对'],
};

/** One reason however it is written: `No  Budget` is `no-budget`, 太贵了 is 太贵. */
export function reasonKey(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/(?<=\p{Script=Han})了$/u, '')
    .replace(/[\s_]+/g, '-');
}

const codeOfWord = new Map<string, ReasonCode>(
  reasonCodes.flatMap((code) => [code, ...reasonWords[code]].map((word) => [word, code] as const)),
);

/** The code a reason is stored as, when it says one of them in any language; else the text as it was written. */
export function reasonOf(text: string): string {
  return codeOfWord.get(reasonKey(text)) ?? text.trim();
}

export function isReasonCode(reason: string): reason is ReasonCode {
  return (reasonCodes as readonly string[]).includes(reason);
}

/** Whether a change of the expected close date is a push: later than a date that was known. */
export function isPush(before: string | null, after: string | null): boolean {
  return before !== null && after !== null && after > before;
}

/** Longer in a stage than twice its normal time. */
export function isStuck(daysInStage: number, normalDays: number): boolean {
  return daysInStage > 2 * normalDays;
}

/** Amount times probability in minor units, rounded half up. */
export function weightedMinor(amountMinor: bigint, probabilityBasisPoints: number): bigint {
  return (amountMinor * BigInt(probabilityBasisPoints) + 5_000n) / 10_000n;
}

export function weightedOf(amount: AmountView, probabilityBasisPoints: number): AmountView {
  const minor = weightedMinor(BigInt(amount.amountMinor), probabilityBasisPoints);
  return { amountMinor: minor.toString(), currency: amount.currency };
}

/** The stage after `current` in pipeline order; `undefined` at the end. */
export function nextStage<S extends { id: string; position: number }>(
  stages: readonly S[],
  current: { position: number },
): S | undefined {
  return stages.find((stage) => stage.position > current.position);
}

/** Days after which a lost customer is worth another try. */
export const revisitDays = 90;

export function revisitOn(today: string): string {
  return addDays(today, revisitDays);
}

/** Whether an amount is of the size of another: in its currency, and between half of it and twice as much. */
export function isNear(stood: Money, said: Money): boolean {
  if (stood.currency !== said.currency) return false;
  return said.amountMinor * 2n >= stood.amountMinor && said.amountMinor <= stood.amountMinor * 2n;
}
