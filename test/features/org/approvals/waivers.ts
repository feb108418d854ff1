import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { features } from '../../../../src/features/index.ts';
import { alreadyOpen, requestApproval, reviewSubjects } from '../../../../src/features/org/approvals/api.ts';
import { dealChanged } from '../../../../src/features/sales/deals/api.ts';
import { type DealRow, dealRecord } from '../../../../src/features/sales/deals/record.ts';
import { deals } from '../../../../src/features/sales/deals/tables.ts';
import { internalRoles } from '../../../../src/kernel/context.ts';
import { AppError } from '../../../../src/kernel/errors.ts';
import { f } from '../../../../src/kernel/fields.ts';
import { defineCatalog } from '../../../../src/kernel/i18n.ts';
import { percent as percentText } from '../../../../src/kernel/text.ts';
import { defineAction } from '../../../../src/runtime/action.ts';
import { type Asked, defineApprovalKind } from '../../../../src/runtime/approval-kind.ts';
import type { Ctx } from '../../../../src/runtime/context.ts';
import { on } from '../../../../src/runtime/event.ts';
import { defineFeature, type Feature } from '../../../../src/runtime/feature.ts';
import { changeRecord, requireRecord } from '../../../../src/store/records.ts';
import { audit, recordChanges } from '../../../../src/store/tables/trail.ts';

/**
 * A kind of approval the core knows nothing of: part of a deal's amount is waived. It rests on the amount; granting
 * writes a line into the deal's note, so that a second grant would show.
 */
const words = {
  title: 'Waive',
  summary: 'Ask to waive part of the amount of a deal',
  deal: 'Deal',
  percent: 'Percent',
  note: 'Note',
  kind: 'Waiver',
  headline: '{percent} waived on {deal}',
  less: 'Offer less than was asked, and more than nothing.',
} as const;
const t = defineCatalog('waivers', { en: words, 'zh-CN': words });

const askedShape = z.strictObject({ dealId: z.uuid(), percentBasisPoints: z.int() });

/** Margin before anything is waived, so that from 26 % on the floor of the usual rules is reached. */
const marginBasisPoints = 4000;

async function dealOf(ctx: Ctx, id: string, lock: boolean): Promise<DealRow | undefined> {
  const query = ctx.tx
    .select()
    .from(deals)
    .where(and(eq(deals.orgId, ctx.org.id), eq(deals.id, id)));
  return (await (lock ? query.for('update') : query))[0];
}

/** Who made a deal, and who gave it its amount last. */
async function handsIn(ctx: Ctx, dealId: string): Promise<string[]> {
  const rows = await ctx.tx
    .select({ actorId: audit.actorId, op: recordChanges.op, after: recordChanges.after })
    .from(recordChanges)
    .innerJoin(audit, and(eq(audit.orgId, recordChanges.orgId), eq(audit.id, recordChanges.auditId)))
    .where(
      and(
        eq(recordChanges.orgId, ctx.org.id),
        eq(recordChanges.kind, 'deal'),
        eq(recordChanges.recordId, dealId),
        sql`(${recordChanges.op} = 'create' or ${recordChanges.after} ? 'amountMinor')`,
      ),
    )
    .orderBy(asc(recordChanges.version));
  return [rows[0], rows.at(-1)].flatMap((row) => (row?.actorId ? [row.actorId] : []));
}

export const waiver = defineApprovalKind({
  kind: 'waiver',
  label: t('kind'),
  headline: (subject, terms) =>
    t('headline', { percent: percentText(Number(terms.percentBasisPoints)), deal: subject.number }),
  async read(ctx, asked, { lock = false } = {}) {
    const { dealId, percentBasisPoints } = askedShape.parse(asked);
    const deal = await dealOf(ctx, dealId, lock);
    if (deal?.status !== 'open' || deal.archivedAt !== null) return undefined;
    const { ownerId, amountMinor, currency } = deal;
    const amount =
      amountMinor === null || currency === null ? undefined : { amountMinor: String(amountMinor), currency };
    return {
      subject: { kind: 'deal', id: deal.id, number: `D-${deal.number}`, name: deal.name },
      ownerId,
      involvedIds: await handsIn(ctx, dealId),
      terms: { percentBasisPoints, amountMinor: amount?.amountMinor ?? null, currency },
      facts: { percentBasisPoints, amount, marginBasisPoints: marginBasisPoints - percentBasisPoints },
    };
  },
  blocks: async () => [],
  async counter(_ctx, asked, { percentBasisPoints }): Promise<Asked> {
    const before = askedShape.parse(asked);
    if (!percentBasisPoints || percentBasisPoints < 0 || percentBasisPoints >= before.percentBasisPoints) {
      throw new AppError('rule', t('less'));
    }
    return { ...before, percentBasisPoints };
  },
  again: (asked) => ({
    action: 'waivers.request',
    input: { deal: String(asked.dealId), percent: Number(asked.percentBasisPoints) },
  }),
  async grant(ctx, asked, approval) {
    const { dealId, percentBasisPoints } = askedShape.parse(asked);
    const deal = await requireRecord(ctx, dealRecord, dealId);
    const line = `${approval?.number ?? 'granted'} ${percentBasisPoints}`;
    await changeRecord(ctx, dealRecord, deal, { note: deal.note ? `${deal.note}\n${line}` : line });
  },
});

const requestWaiver = defineAction({
  name: 'waivers.request',
  title: t('title'),
  summary: t('summary'),
  effect: 'write',
  input: z.strictObject({
    deal: f.ref('deal', t('deal')),
    percent: f.percent(t('percent'), { discount: true }),
    note: f.note(t('note')).optional(),
  }),
  output: z.strictObject({ approval: z.string().nullable() }),
  roles: internalRoles,
  noUndo: t('summary'),
  command: {
    verb: 'waive',
    args: ['deal', 'percent'],
    note: 'note',
    group: 'deals',
    examples: { en: ['waive D-142 12%'], 'zh-CN': ['waive D-142 12%'] },
  },
  example: { as: 'rep', input: { deal: 'D-1', percent: 1200 } },
  async run(ctx, { deal, percent, note }) {
    const asked = { dealId: deal.id, percentBasisPoints: percent };
    const result = await requestApproval(ctx, {
      kind: 'waiver',
      subjectId: deal.id,
      asked,
      note: note ?? null,
    });
    if (result.state === 'already') throw alreadyOpen(result.row);
    return { approval: result.state === 'granted' ? null : `A-${result.row.number}` };
  },
});

export const waivers = defineFeature({
  name: 'revenue/waivers',
  messages: t,
  actions: [requestWaiver],
  approvalKinds: [waiver],
  subscriptions: [
    on(dealChanged, 'waivers.review', (ctx, { dealId }) => reviewSubjects(ctx, 'waiver', [dealId])),
  ],
});

/** The product with waivers, and with `instead` in place of the features of the same name. */
export function withWaivers(...instead: readonly Feature[]): readonly Feature[] {
  const chosen = features.map((feature) => instead.find(({ name }) => name === feature.name) ?? feature);
  return [...chosen, waivers];
}
