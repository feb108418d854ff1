import { formatNumber, isUuid, parseNumber } from '../../../kernel/ids.ts';
import { nameKey } from '../../../kernel/names.ts';
import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { isVisible, type VisibleOwners, visibleOwners } from '../../org/members/api.ts';
import { t } from './messages.ts';
import { type FoundQuote, findQuotes } from './queries.ts';

/** What is quoted to whom is told to those who see the deal. */
function option({ quote, deal }: FoundQuote, owners: VisibleOwners): LookupOption {
  const key = formatNumber('quote', quote.number);
  if (!isVisible(owners, deal.ownerId)) return { ref: { kind: 'quote', id: quote.id, key, label: key } };
  const label = deal.account?.name ?? deal.name;
  return {
    ref: { kind: 'quote', id: quote.id, key, label },
    detail: `${formatNumber('deal', deal.number)} v${quote.termsVersion}`,
  };
}

/** A quote by number or id, or by the number of its deal. Its names are those of deal and customer, who come first. */
export const quoteLookup = defineLookup({
  kind: 'quote',
  label: t('quote'),
  async resolve(ctx, text) {
    const by = exact(text);
    if (!by) return [];
    const [found, owners] = await Promise.all([findQuotes(ctx, by, 6), visibleOwners(ctx)]);
    return found.map((one) => option(one, owners));
  },
  async search(ctx, query, limit) {
    const by = exact(query) ?? { text: nameKey(query) };
    const owners = await visibleOwners(ctx);
    // A name that finds something would tell whom it is for.
    const found = await findQuotes(ctx, by, limit, 'text' in by ? owners : { all: true });
    return found.map((one) => option(one, owners));
  },
});

function exact(text: string) {
  const number = parseNumber(text);
  if (number?.kind === 'quote') return { number: number.number };
  if (number?.kind === 'deal') return { dealNumber: number.number };
  return isUuid(text) ? { id: text } : undefined;
}
