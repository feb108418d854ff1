import { boolean, index, integer, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { orgTable } from '../../../store/org-table.ts';
import { recordColumns } from '../../../store/records.ts';

/** Every touch with a customer: who, when, through which channel, with what outcome. */
export const activities = orgTable(
  'activities',
  {
    kind: text('kind').$type<'visit' | 'call' | 'email' | 'demo' | 'meeting' | 'wechat' | 'note'>().notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    minutes: integer('minutes'),
    note: text('note'),
    memberId: uuid('member_id'),
    accountId: uuid('account_id'),
    contactId: uuid('contact_id'),
    /** Others who were there and whom we know. */
    alsoMetIds: uuid('also_met_ids').array(),
    /** Name of who was met, also when no contact record exists. */
    metName: text('met_name'),
    decisionMakerMet: boolean('decision_maker_met').notNull().default(false),
    leadId: uuid('lead_id'),
    dealId: uuid('deal_id'),
    ...recordColumns(),
  },
  (table) => [
    uniqueIndex('activities_external').on(table.orgId, table.source, table.externalId),
    index('activities_account').on(table.orgId, table.accountId, table.at),
    index('activities_contact').on(table.orgId, table.contactId, table.at),
    index('activities_also_met').using('gin', table.alsoMetIds),
    index('activities_deal').on(table.orgId, table.dealId, table.at),
    index('activities_lead').on(table.orgId, table.leadId, table.at),
    index('activities_member').on(table.orgId, table.memberId, table.at),
  ],
);
