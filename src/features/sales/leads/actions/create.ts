import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { companyDomain, nameKey, phoneKey } from '../../../../kernel/names.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { createRecord } from '../../../../store/records.ts';
import { createdCard } from '../cards.ts';
import { leadCreated } from '../events.ts';
import { t } from '../messages.ts';
import { leadView } from '../model.ts';
import { newLeadView, numberOf } from '../queries.ts';
import { leadRecord } from '../record.ts';
import { type Likeness, planDueAt } from '../rules.ts';
import { looksLike, tellOwners, twinsOf } from '../twins.ts';

const input = z
  .strictObject({
    company: f.text(t('company'), { placeholder: 'Acme Pumps' }),
    contactName: f.text(t('contact'), { placeholder: 'Jane Wu' }).optional(),
    email: f.email(t('email')).optional(),
    phone: f.phone(t('phone')).optional(),
    amount: f.money(t('amount'), { placeholder: '80k' }).optional(),
    source: f.text(t('source'), { max: 60, hint: t('source-hint') }).optional(),
    note: f.note(t('note')).optional(),
    force: f.flag(t('force')).optional(),
  })
  .refine(({ contactName, email, phone }) => contactName || email || phone, {
    path: ['contactName'],
    params: { missing: true, message: t('need-a-way') },
  });

export const create = defineAction({
  name: 'leads.create',
  title: t('new-title'),
  summary: t('new-summary'),
  effect: 'write',
  input,
  output: leadView,
  roles: sellingRoles,
  command: {
    verb: 'new-lead',
    aliases: ['新建线索', '录线索', '新线索', 'lead'],
    args: ['company', 'contactName', 'email', 'phone', 'amount'],
    keys: {
      src: 'source',
      source: 'source',
      来源: 'source',
      company: 'company',
      公司: 'company',
      contact: 'contactName',
      联系人: 'contactName',
      email: 'email',
      mail: 'email',
      邮箱: 'email',
      phone: 'phone',
      tel: 'phone',
      mobile: 'phone',
      电话: 'phone',
      手机: 'phone',
      amount: 'amount',
      budget: 'amount',
      金额: 'amount',
      预算: 'amount',
    },
    bareKeys: ['src', '来源'],
    note: 'note',
    group: 'daily',
    examples: {
      en: ['new-lead "Acme Pumps" "Jane Wu" jane@acme.example src:expo 80k'],
      'zh-CN': ['新建线索 远景机械 王敏 80万'],
    },
    top: 1,
  },
  hidden: ['force'],
  example: { as: 'rep', input: { company: 'Borealis Valves', email: 'kim@borealis.example' } },

  async run(ctx, { force, ...lead }) {
    const owner = memberOf(ctx);
    const likeness: Likeness = {
      nameKey: nameKey(lead.company),
      emailDomain: lead.email ? companyDomain(lead.email) : null,
      phoneKey: lead.phone ? phoneKey(lead.phone) : null,
    };
    const twins = await twinsOf(ctx, lead, likeness);
    const [twin] = twins;
    if (twin && !force) throw looksLike(ctx, twin, lead);
    const row = await createRecord(ctx, leadRecord, {
      company: lead.company,
      contactName: lead.contactName ?? null,
      email: lead.email?.toLowerCase() ?? null,
      phone: lead.phone ?? null,
      ...likeness,
      leadSource: lead.source ?? 'rep',
      amountMinor: lead.amount?.amountMinor ?? null,
      currency: lead.amount?.currency ?? null,
      note: lead.note ?? null,
      ownerId: owner.memberId,
      state: 'new',
      planDueAt: planDueAt(ctx.now, ctx.org),
    });
    tellOwners(ctx, { number: numberOf(row), name: row.company }, twins);
    ctx.emit(leadCreated, { leadId: row.id });
    return newLeadView(row, owner.name);
  },
  present: createdCard,
});
