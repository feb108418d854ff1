import { parseNumber } from '../../../kernel/ids.ts';
import { nameKey, phoneKey } from '../../../kernel/names.ts';
import { defineImporter } from '../../../runtime/importer.ts';
import { upsertRecords } from '../../../store/upsert.ts';
import { accountsByName } from '../accounts/api.ts';
import { allContacts, contactsAfter } from './import-queries.ts';
import { type ContactRow, contactRecord } from './record.ts';

const source = 'import';

/** Words for a contact's influence in files → ours. */
const roleWords: Record<string, NonNullable<ContactRow['role']>> = {
  decides: 'decides',
  decider: 'decides',
  'decision maker': 'decides',
  决策人: 'decides',
  influences: 'influences',
  influencer: 'influences',
  影响人: 'influences',
  uses: 'uses',
  user: 'uses',
  使用人: 'uses',
  blocks: 'blocks',
  blocker: 'blocks',
  反对人: 'blocks',
};

export const contactImporter = defineImporter({
  kind: 'contacts',
  order: 40,
  aliases: ['contact', 'people_at_customers', '联系人'],
  columns: [
    { field: 'id', headers: ['contact_id', 'id', 'number', '联系人编号', '编号'] },
    {
      field: 'name',
      headers: ['contact', 'contact_name', 'full_name', 'name', '联系人', '姓名'],
      required: true,
    },
    { field: 'account', headers: ['account', 'company', 'customer', '客户', '公司'], required: true },
    { field: 'title', headers: ['title', 'job_title', 'position', '职务', '职位'] },
    { field: 'email', headers: ['email', 'e-mail', 'mail', '邮箱', '电子邮箱'], type: 'email' },
    { field: 'phone', headers: ['phone', 'mobile', 'tel', '电话', '手机'], type: 'phone' },
    { field: 'role', headers: ['influence', 'role', '决策角色', '角色'] },
    { field: 'note', headers: ['note', 'notes', '备注'] },
  ],

  async load(ctx, rows, options) {
    const accounts = await accountsByName(ctx);
    const byKey = new Map<string, ContactRow>();
    for (const row of await allContacts(ctx)) {
      byKey.set(`K-${row.number}`, row);
      byKey.set(`${row.accountId} ${row.nameKey}`, row);
      if (row.source === source && row.externalId) byKey.set(`id ${row.externalId}`, row);
    }
    const wanted = [];
    const seen = new Set<string>();
    for (const { values } of rows) {
      const { id, name = '', title, email, phone, note } = values;
      const account = await accounts.ensure(values.account ?? '');
      const key = `${account.id} ${nameKey(name)}`;
      if (seen.has(id ?? key)) continue;
      seen.add(id ?? key);
      const number = id ? parseNumber(id) : undefined;
      const existing =
        byKey.get(`id ${id}`) ??
        (number?.kind === 'contact' ? byKey.get(`K-${number.number}`) : undefined) ??
        byKey.get(key);
      const role = values.role ? roleWords[values.role.toLowerCase()] : undefined;
      const patch = {
        accountId: account.id,
        ...(title ? { title } : {}),
        ...(email ? { email } : {}),
        ...(phone ? { phone, phoneKey: phoneKey(phone) } : {}),
        ...(role ? { role } : {}),
        ...(note ? { note } : {}),
      };
      const origin = id && number?.kind !== 'contact' ? { source, externalId: id } : {};
      wanted.push({ existing, patch, values: { ...patch, name, nameKey: nameKey(name), ...origin } });
    }
    const counts = await upsertRecords(ctx, contactRecord, wanted, options);
    return { ...counts, rejected: [], mended: [] };
  },

  async export(ctx, after, limit) {
    return (await contactsAfter(ctx, after, limit)).map(({ contact, account }) => ({
      id: contact.id,
      cells: {
        id: contact.source === source && contact.externalId ? contact.externalId : `K-${contact.number}`,
        name: contact.name,
        account: account ?? '',
        title: contact.title ?? '',
        email: contact.email ?? '',
        phone: contact.phone ?? '',
        role: contact.role ?? '',
        note: contact.note ?? '',
      },
    }));
  },
});
