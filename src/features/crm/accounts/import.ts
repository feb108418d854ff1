import { parseNumber } from '../../../kernel/ids.ts';
import { type Money, moneyFromDecimal, moneyToDecimal } from '../../../kernel/money.ts';
import { nameKey, phoneKey } from '../../../kernel/names.ts';
import type { Inline } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { defineImporter } from '../../../runtime/importer.ts';
import { changeRecord, createRecord, type NewRecord } from '../../../store/records.ts';
import { upsertRecords } from '../../../store/upsert.ts';
import { peopleByName } from '../../org/members/api.ts';
import { accountsAfter, allAccounts } from './import-queries.ts';
import { t } from './messages.ts';
import { type AccountRow, accountRecord } from './record.ts';
import type { accounts } from './tables.ts';

const source = 'import';

/** Spellings of industries seen in real files. */
const mendedIndustries: Record<string, string> = { technolgy: 'technology' };

/** Customers of an import by number, id or name. */
export interface AccountsByName {
  find(name: string): AccountRow | undefined;
  /** The customer of that name, made when there is none. */
  ensure(name: string): Promise<AccountRow>;
  made(): number;
}

export async function accountsByName(ctx: Ctx): Promise<AccountsByName> {
  const { find, add } = index(await allAccounts(ctx));
  let made = 0;
  return {
    find,
    made: () => made,
    async ensure(name) {
      const known = find(name);
      if (known) return known;
      const row = await createRecord(ctx, accountRecord, { name, nameKey: nameKey(name) });
      made++;
      add(row);
      return row;
    },
  };
}

function index(rows: readonly AccountRow[]) {
  const byKey = new Map<string, AccountRow>();
  const add = (row: AccountRow) => {
    // A live customer is meant rather than an archived one of the same name.
    if (!row.archivedAt || !byKey.has(row.nameKey)) byKey.set(row.nameKey, row);
    byKey.set(`C-${row.number}`, row);
    if (row.source === source && row.externalId) byKey.set(`id ${row.externalId}`, row);
  };
  for (const row of rows) add(row);
  return {
    add,
    find: (name: string) => {
      const number = parseNumber(name);
      return (
        byKey.get(`id ${name}`) ??
        (number?.kind === 'account' ? byKey.get(`C-${number.number}`) : undefined) ??
        byKey.get(nameKey(name))
      );
    },
  };
}

export const accountImporter = defineImporter({
  kind: 'accounts',
  order: 30,
  aliases: ['account', 'companies', 'customers', '客户', '公司'],
  columns: [
    { field: 'id', headers: ['account_id', 'id', 'number', '客户编号', '编号'] },
    {
      field: 'name',
      headers: [
        'account',
        'account_name',
        'company',
        'customer',
        'name',
        '客户',
        '客户名称',
        '公司',
        '公司名称',
      ],
      required: true,
    },
    { field: 'industry', headers: ['sector', 'industry', '行业'] },
    { field: 'foundedYear', headers: ['year_established', 'founded', '成立年份'], type: 'number', max: 9999 },
    {
      field: 'revenue',
      headers: ['revenue', 'revenue_millions', '年收入', '营收'],
      type: 'number',
      max: 1e9,
    },
    { field: 'currency', headers: ['currency', '币种'], type: 'currency' },
    { field: 'employees', headers: ['employees', 'staff', '员工数', '人数'], type: 'number', max: 1e9 },
    { field: 'location', headers: ['office_location', 'location', 'country', 'city', '所在地', '地区'] },
    { field: 'parent', headers: ['subsidiary_of', 'parent', 'parent_account', '母公司', '上级公司'] },
    { field: 'phone', headers: ['phone', 'tel', '电话'], type: 'phone' },
    { field: 'domain', headers: ['domain', 'website', '网站', '域名'] },
    { field: 'owner', headers: ['owner', 'account_owner', '负责人'] },
    { field: 'note', headers: ['note', 'notes', '备注'] },
  ],

  async load(ctx, rows, options) {
    const { find } = index(await allAccounts(ctx));
    const people = await peopleByName(ctx);
    const seen = new Set<string>();
    const mended = new Map<string, { what: Inline; count: number }>();
    const mend = (key: string, what: Inline) => {
      const entry = mended.get(key) ?? { what, count: 0 };
      entry.count++;
      mended.set(key, entry);
    };
    const wanted = [];
    const parents: [string, string][] = [];
    for (const { values } of rows) {
      const { id, name = '' } = values;
      const key = id ?? nameKey(name);
      if (seen.has(key)) {
        mend('twice', t('import-twice'));
        continue;
      }
      seen.add(key);
      const existing = (id ? find(id) : undefined) ?? find(name);
      const currency = values.currency ?? existing?.revenueCurrency ?? options.currency;
      const patch = await patchOf(values, currency, async (owner) => (await people.ensure(owner)).id);
      const spelled = values.industry;
      if (spelled && patch.industry !== spelled) {
        mend(`industry ${spelled}`, t('import-industry', { from: spelled, to: String(patch.industry) }));
      }
      if (values.parent) parents.push([name, values.parent]);
      const isOwnNumber = id !== undefined && parseNumber(id)?.kind === 'account' && existing !== undefined;
      wanted.push({
        existing,
        patch,
        values: {
          ...patch,
          name,
          nameKey: nameKey(name),
          ...(id && !isOwnNumber ? { source, externalId: id } : {}),
        } as NewRecord<typeof accounts>,
      });
    }
    const counts = await upsertRecords(ctx, accountRecord, wanted, options);
    const again = await accountsByName(ctx);
    for (const [name, parent] of parents) {
      const child = again.find(name);
      const above = await again.ensure(parent);
      if (child) await changeRecord(ctx, accountRecord, child, { parentId: above.id });
    }
    return { ...counts, created: counts.created + again.made(), rejected: [], mended: [...mended.values()] };
  },

  async export(ctx, after, limit) {
    const rows = await accountsAfter(ctx, after, limit);
    const [all, people] = await Promise.all([allAccounts(ctx), peopleByName(ctx)]);
    const names = new Map(all.map((row) => [row.id, row.name]));
    return rows.map((row) => ({
      id: row.id,
      cells: {
        id: row.source === source && row.externalId ? row.externalId : `C-${row.number}`,
        name: row.name,
        industry: row.industry ?? '',
        foundedYear: row.foundedYear?.toString() ?? '',
        revenue: revenueMillions(row),
        currency: row.revenueCurrency ?? '',
        employees: row.employees?.toString() ?? '',
        location: row.location ?? '',
        parent: (row.parentId && names.get(row.parentId)) ?? '',
        phone: row.phone ?? '',
        domain: row.domain ?? '',
        owner: (row.ownerId && people.nameOf(row.ownerId)) ?? '',
        note: row.note ?? '',
      },
    }));
  },
});

async function patchOf(
  values: Readonly<Record<string, string>>,
  currency: string,
  memberId: (name: string) => Promise<string>,
) {
  const { industry, foundedYear, revenue, employees, location, phone, domain, owner, note } = values;
  const money: Money | undefined = revenue === undefined ? undefined : moneyFromDecimal(revenue, currency);
  return {
    ...(industry ? { industry: mendedIndustries[industry.toLowerCase()] ?? industry } : {}),
    ...(foundedYear ? { foundedYear: Math.trunc(Number(foundedYear)) } : {}),
    // Files give revenue in millions.
    ...(money ? { revenueMinor: money.amountMinor * 1_000_000n, revenueCurrency: currency } : {}),
    ...(employees ? { employees: Math.trunc(Number(employees)) } : {}),
    ...(location ? { location } : {}),
    ...(phone ? { phone, phoneKey: phoneKey(phone) } : {}),
    ...(domain ? { domain: domain.toLowerCase().replace(/^https?:\/\/(www\.)?/, '') } : {}),
    ...(owner ? { ownerId: await memberId(owner) } : {}),
    ...(note ? { note } : {}),
  };
}

function revenueMillions(row: AccountRow): string {
  if (row.revenueMinor === null || row.revenueCurrency === null) return '';
  return moneyToDecimal({ amountMinor: row.revenueMinor / 1_000_000n, currency: row.revenueCurrency });
}
