import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { findByKey } from '../../../store/find.ts';
import { t } from './messages.ts';
import { numberOf } from './queries.ts';
import { type AccountRow, accountRecord } from './record.ts';

const option = (row: AccountRow): LookupOption => {
  const detail = row.location ?? row.industry ?? row.domain;
  return {
    ref: { kind: 'account', id: row.id, key: numberOf(row), label: row.name },
    ...(detail === null ? {} : { detail }),
  };
};

export const accountLookup = defineLookup({
  kind: 'account',
  label: t('account'),
  create: { action: 'accounts.create', field: 'name', label: t('create-it') },
  resolve: async (ctx, text) => ((await findByKey(ctx, accountRecord, text, 6)) as AccountRow[]).map(option),
  search: async (ctx, query, limit) =>
    ((await findByKey(ctx, accountRecord, query, limit)) as AccountRow[]).map(option),
});
