import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { companyDomain, nameKey, phoneKey } from '../../../../kernel/names.ts';
import { command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { changeRecord, type RecordPatch } from '../../../../store/records.ts';
import { changedCard } from '../cards.ts';
import { leadLookup } from '../lookup.ts';
import { t } from '../messages.ts';
import { type LeadView, leadChanges } from '../model.ts';
import { leadRecord } from '../record.ts';
import { requireView, writableLive } from '../rights.ts';
import { differences } from '../rules.ts';
import type { leads } from '../tables.ts';

const input = z.strictObject({
  lead: f.ref('lead', t('lead')),
  company: f.text(t('company')).optional(),
  contactName: f.text(t('contact')).optional(),
  email: f.email(t('email')).optional(),
  phone: f.phone(t('phone')).optional(),
  source: f.text(t('source'), { max: 60, hint: t('source-hint') }).optional(),
  amount: f.money(t('amount'), { placeholder: '80k' }).optional(),
  note: f.note(t('note')).optional(),
});

export const set = defineAction({
  name: 'leads.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input,
  output: leadChanges,
  roles: sellingRoles,
  example: { as: 'rep', input: { lead: 'L-1', phone: '+442079460999', source: 'referral' } },
  prefill: async (ctx, raw) => {
    // A lead that cannot be found is said under its field.
    const [found, ...others] = typeof raw.lead === 'string' ? await leadLookup.resolve(ctx, raw.lead) : [];
    return found && others.length === 0 ? typedValues(await requireView(ctx, found.ref.id)) : {};
  },
  mayOpen: async (ctx, { lead }) => lead && writableLive(ctx, lead.id),

  async run(ctx, { lead: ref, ...values }) {
    const row = await writableLive(ctx, ref.id);
    if (Object.keys(values).length === 0) {
      throw new AppError(
        'invalid_input',
        t('nothing-to-change', { line: command('set L-311 source expo', '修改 L-311 来源 展会') }),
      );
    }
    const before = await requireView(ctx, row.id);
    await changeRecord(ctx, leadRecord, row, patchOf(values));
    const after = await requireView(ctx, row.id);
    return { number: after.number, company: after.company, changes: differences(before, after) };
  },
  present: changedCard,
});

/** The form opens with what is stored. */
function typedValues(view: LeadView): Record<string, unknown> {
  const { company, contactName, email, phone, source, amount, note } = view;
  const all = { company, contactName, email, phone, source, amount, note };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

function patchOf(values: Omit<z.output<typeof input>, 'lead'>): RecordPatch<typeof leads> {
  const { company, contactName, email, phone, source, amount, note } = values;
  return {
    ...(company === undefined ? {} : { company, nameKey: nameKey(company) }),
    ...(contactName === undefined ? {} : { contactName }),
    ...(email === undefined ? {} : { email: email.toLowerCase(), emailDomain: companyDomain(email) }),
    ...(phone === undefined ? {} : { phone, phoneKey: phoneKey(phone) }),
    ...(source === undefined ? {} : { leadSource: source }),
    ...(amount === undefined ? {} : { amountMinor: amount.amountMinor, currency: amount.currency }),
    ...(note === undefined ? {} : { note }),
  };
}
