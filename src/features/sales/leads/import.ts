import { parseNumber } from '../../../kernel/ids.ts';
import { moneyFromDecimal, moneyToDecimal } from '../../../kernel/money.ts';
import { companyDomain, nameKey, phoneKey } from '../../../kernel/names.ts';
import { defineImporter, type Rejected } from '../../../runtime/importer.ts';
import { upsertRecords } from '../../../store/upsert.ts';
import { peopleByName } from '../../org/members/api.ts';
import { leadsAfter } from './import-queries.ts';
import { t } from './messages.ts';
import { type LeadRow, leadRecord } from './record.ts';

const source = 'import';

const stateWords: Record<string, LeadRow['state']> = {
  new: 'new',
  open: 'new',
  待识别: 'new',
  opportunity: 'opportunity',
  converted: 'opportunity',
  商机: 'opportunity',
  nurture: 'nurture',
  potential: 'nurture',
  培育中: 'nurture',
  dropped: 'dropped',
  disqualified: 'dropped',
  无效: 'dropped',
};

export const leadImporter = defineImporter({
  kind: 'leads',
  order: 50,
  aliases: ['lead', 'prospects', '线索'],
  columns: [
    { field: 'id', headers: ['lead_id', 'id', 'number', '线索编号', '编号'] },
    {
      field: 'company',
      headers: ['lead', 'company', 'company_name', 'account', '公司', '公司名称', '客户'],
      required: true,
    },
    { field: 'contact', headers: ['contact', 'contact_name', 'name', '联系人', '姓名'] },
    { field: 'email', headers: ['email', 'e-mail', 'mail', '邮箱', '电子邮箱'], type: 'email' },
    { field: 'phone', headers: ['phone', 'mobile', 'tel', '电话', '手机'], type: 'phone' },
    { field: 'leadSource', headers: ['lead_source', 'source', 'channel', '来源', '渠道'] },
    { field: 'amount', headers: ['expected_amount', 'amount', 'value', '预计金额', '金额'], type: 'number' },
    { field: 'currency', headers: ['currency', '币种'], type: 'currency' },
    { field: 'owner', headers: ['owner', 'sales_agent', 'rep', '负责人', '销售'] },
    { field: 'state', headers: ['lead_state', 'state', 'status', '状态'] },
    { field: 'reason', headers: ['reason', '原因'] },
    { field: 'note', headers: ['note', 'notes', '备注'] },
  ],

  async load(ctx, rows, options) {
    const people = await peopleByName(ctx);
    const byKey = new Map<string, LeadRow>();
    for (const row of await leadsAfter(ctx)) {
      byKey.set(`L-${row.number}`, row);
      byKey.set(`name ${row.nameKey} ${row.contactName ?? ''}`, row);
      if (row.source === source && row.externalId) byKey.set(`id ${row.externalId}`, row);
    }
    const rejected: Rejected[] = [];
    const wanted = [];
    for (const { line, values } of rows) {
      const { id, company = '', contact, email, phone, leadSource, reason, note } = values;
      const state = values.state ? stateWords[values.state.toLowerCase()] : undefined;
      if (values.state && !state) {
        rejected.push({ line, reason: t('import-no-state', { state: values.state }) });
        continue;
      }
      const number = id ? parseNumber(id) : undefined;
      const existing =
        byKey.get(`id ${id}`) ??
        (number?.kind === 'lead' ? byKey.get(`L-${number.number}`) : undefined) ??
        (id ? undefined : byKey.get(`name ${nameKey(company)} ${contact ?? ''}`));
      const owner = values.owner ? await people.ensure(values.owner) : undefined;
      const currency = values.currency?.toUpperCase() ?? existing?.currency ?? options.currency;
      const amount = values.amount === undefined ? undefined : moneyFromDecimal(values.amount, currency);
      const patch = {
        ...(contact ? { contactName: contact } : {}),
        ...(email ? { email, emailDomain: companyDomain(email) } : {}),
        ...(phone ? { phone, phoneKey: phoneKey(phone) } : {}),
        ...(leadSource ? { leadSource } : {}),
        ...(amount ? { amountMinor: amount.amountMinor, currency } : {}),
        ...(owner ? { ownerId: owner.id } : {}),
        ...(state ? { state } : {}),
        ...(reason ? { stateReason: reason } : {}),
        ...(note ? { note } : {}),
      };
      const origin = id && number?.kind !== 'lead' ? { source, externalId: id } : {};
      const fresh = {
        leadSource: source,
        state: 'new' as const,
        ...patch,
        company,
        nameKey: nameKey(company),
        ...origin,
      };
      wanted.push({ existing, patch, values: fresh });
    }
    const counts = await upsertRecords(ctx, leadRecord, wanted, options);
    return { ...counts, rejected, mended: [] };
  },

  async export(ctx, after, limit) {
    const [rows, people] = await Promise.all([leadsAfter(ctx, after, limit), peopleByName(ctx)]);
    return rows.map((row) => ({
      id: row.id,
      cells: {
        id: row.source === source && row.externalId ? row.externalId : `L-${row.number}`,
        company: row.company,
        contact: row.contactName ?? '',
        email: row.email ?? '',
        phone: row.phone ?? '',
        leadSource: row.leadSource,
        amount:
          row.amountMinor === null || row.currency === null
            ? ''
            : moneyToDecimal({ amountMinor: row.amountMinor, currency: row.currency }),
        currency: row.currency ?? '',
        owner: (row.ownerId && people.nameOf(row.ownerId)) ?? '',
        state: row.state,
        reason: row.stateReason ?? '',
        note: row.note ?? '',
      },
    }));
  },
});
