import { formatNumber } from '../../../kernel/ids.ts';
import { nameKey } from '../../../kernel/names.ts';
import type { Locale } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { findByKey } from '../../../store/find.ts';
import { t } from './messages.ts';
import { type DealOption, dealOptions } from './queries.ts';
import { type DealRow, dealRecord } from './record.ts';

const option = ({ id, number, name, account, status }: DealOption): LookupOption => ({
  ref: { kind: 'deal', id, key: formatNumber('deal', number), label: name },
  ...(account === null || account === name ? {} : { detail: account }),
  isClosed: status !== 'open',
});

/** A deal by number, id or name, by `company/name`, or by its company's name. */
export const dealLookup = defineLookup({
  kind: 'deal',
  label: t('deal'),
  resolve: async (ctx, text) => (await find(ctx, text, 6)).map(option),
  search: async (ctx, query, limit) => (await find(ctx, query, limit)).map(option),
});

async function find(ctx: Ctx, text: string, limit: number): Promise<DealOption[]> {
  const own = (await findByKey(ctx, dealRecord, text, limit)) as DealRow[];
  if (own.length > 0) {
    const ids = own.map((row) => row.id);
    return dealOptions(ctx, { ids }, limit);
  }
  const slash = text.indexOf('/');
  const company = slash < 0 ? text : text.slice(0, slash);
  const accounts = await ctx.catalog.lookup('account')?.resolve(ctx, company);
  if (!accounts) return [];
  const accountIds = accounts.map(({ ref }) => ref.id);
  const part = slash < 0 ? '' : nameKey(text.slice(slash + 1));
  return dealOptions(ctx, part === '' ? { accountIds } : { accountIds, nameContains: part }, limit);
}

const outcomeWords = {
  won: ['won', 'win', '赢单', '成单'],
  lost: ['lost', 'lose', '输单', '丢单'],
};

/** Won and lost where a stage is asked for: people say `move D-142 won`. */
export const outcomeLookup = defineLookup({
  kind: 'outcome',
  label: t('status'),
  isShort: true,
  resolve: async (ctx, text) => outcomesNamed(text).map((key) => outcomeOption(key, ctx.read.locale)),
  search: async (ctx, query) =>
    (query.trim() === '' ? (['won', 'lost'] as const) : outcomesNamed(query)).map((key) =>
      outcomeOption(key, ctx.read.locale),
    ),
});

function outcomesNamed(text: string): ('won' | 'lost')[] {
  const word = text.normalize('NFKC').trim().toLowerCase();
  return (['won', 'lost'] as const).filter((key) => outcomeWords[key].includes(word));
}

function outcomeOption(key: 'won' | 'lost', locale: Locale): LookupOption {
  return { ref: { kind: 'outcome', id: key, key, label: t.messages[locale][`status-${key}`] ?? key } };
}
