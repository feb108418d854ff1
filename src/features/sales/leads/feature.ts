import { defineFeature } from '../../../runtime/feature.ts';
import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { findByKey } from '../../../store/find.ts';
import { create } from './actions/create.ts';
import { show } from './actions/show.ts';
import { leadLine } from './cards.ts';
import { t } from './messages.ts';
import { openLeadsOf, toView } from './queries.ts';
import { type LeadRow, leadRecord } from './record.ts';

const option = (row: LeadRow): LookupOption => {
  const { number, company, contactName } = toView(row, null);
  return {
    ref: { kind: 'lead', id: row.id, key: number, label: company },
    ...(contactName ? { detail: contactName } : {}),
  };
};

const lookup = defineLookup({
  kind: 'lead',
  label: t('lead'),
  resolve: async (ctx, text) => ((await findByKey(ctx, leadRecord, text, 6)) as LeadRow[]).map(option),
  search: async (ctx, query, limit) =>
    ((await findByKey(ctx, leadRecord, query, limit)) as LeadRow[]).map(option),
});

export const leads = defineFeature({
  name: 'sales/leads',
  messages: t,
  actions: [create, show],
  records: [leadRecord],
  recordActions: [{ kind: 'lead', show: 'leads.show' }],
  lookups: [lookup],
  home: [
    {
      order: 40,
      title: t('my-leads'),
      async blocks(ctx) {
        if (ctx.actor.kind !== 'member') return [];
        const mine = await openLeadsOf(ctx, ctx.actor.memberId, 5);
        return mine.length === 0
          ? []
          : [
              {
                t: 'rows',
                rows: mine.map((lead) => ({ text: leadLine(lead, ctx) })),
              },
            ];
      },
    },
  ],
});
