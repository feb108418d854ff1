import type { Ctx } from '../../../runtime/context.ts';
import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { findByKey } from '../../../store/find.ts';
import { t } from './messages.ts';
import { accountNamesOf, numberOf } from './queries.ts';
import { type ContactRow, contactRecord } from './record.ts';

async function options(ctx: Ctx, text: string, limit: number): Promise<LookupOption[]> {
  const rows = (await findByKey(ctx, contactRecord, text, limit)) as ContactRow[];
  const accounts = await accountNamesOf(
    ctx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const detail = accounts.get(row.id) ?? row.title;
    return {
      ref: { kind: 'contact', id: row.id, key: numberOf(row), label: row.name },
      ...(detail ? { detail } : {}),
    };
  });
}

export const contactLookup = defineLookup({
  kind: 'contact',
  label: t('contact'),
  resolve: (ctx, text) => options(ctx, text, 6),
  search: options,
});
