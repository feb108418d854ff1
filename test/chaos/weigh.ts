import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { features } from '../../src/features/index.ts';
import { deals } from '../../src/features/sales/deals/tables.ts';
import { internalRoles } from '../../src/kernel/context.ts';
import { f } from '../../src/kernel/fields.ts';
import { defineCatalog } from '../../src/kernel/i18n.ts';
import { defineAction } from '../../src/runtime/action.ts';
import { defineFeature, type Feature } from '../../src/runtime/feature.ts';

const words = {
  title: 'Weigh',
  summary: 'Note the same on two deals',
  first: 'First deal',
  second: 'Second deal',
  note: 'Note',
} as const;
const t = defineCatalog('weigh', { en: words, 'zh-CN': words });

/**
 * Writes into two deals in the order they are typed, so that two people can be in each other's way. No action of the
 * product does that: what is changed together is locked in a fixed order.
 */
const weigh = defineAction({
  name: 'weigh.note',
  title: t('title'),
  summary: t('summary'),
  effect: 'write',
  input: z.strictObject({
    first: f.ref('deal', t('first')),
    second: f.ref('deal', t('second')),
    note: f.note(t('note')),
  }),
  output: z.strictObject({ noted: z.string() }),
  roles: internalRoles,
  noUndo: t('summary'),
  command: {
    verb: 'weigh',
    args: ['first', 'second'],
    note: 'note',
    group: 'deals',
    examples: { en: ['weigh D-1 D-2 -- heavy'], 'zh-CN': ['weigh D-1 D-2 -- heavy'] },
  },
  example: { as: 'rep', input: { first: 'D-1', second: 'D-2', note: 'heavy' } },
  async run(ctx, { first, second, note }) {
    for (const { id, key } of [first, second]) {
      const [row] = await ctx.tx
        .update(deals)
        .set({ note: sql`concat_ws(' ', ${deals.note}, ${note}::text)`, version: sql`${deals.version} + 1` })
        .where(and(eq(deals.orgId, ctx.org.id), eq(deals.id, id)))
        .returning({ version: deals.version });
      // Long enough for somebody else to hold the other one.
      await ctx.tx.execute(sql`select pg_sleep(0.05)`);
      ctx.changed({
        kind: 'deal',
        recordId: id,
        number: key,
        op: 'update',
        version: row?.version ?? 0,
        before: {},
        after: { note },
      });
    }
    return { noted: note };
  },
  present: ({ noted }) => ({ tone: 'ok', title: t('title'), blocks: [{ t: 'text', of: noted }] }),
});

/** The product and an action that asks for deadlocks. */
export const withWeighing: readonly Feature[] = [
  ...features,
  defineFeature({ name: 'sales/weigh', messages: t, actions: [weigh] }),
];
