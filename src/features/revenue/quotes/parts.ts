import type { RecordLinks, RecordSection } from '../../../runtime/feature.ts';
import { readRecord } from '../../../store/records.ts';
import { visibleOwners } from '../../org/members/api.ts';
import { quoteRowOf } from './list-card.ts';
import { t } from './messages.ts';
import { listQuotes } from './queries.ts';
import { quoteRecord } from './record.ts';
import { todayOf } from './terms.ts';
import { rowView } from './views.ts';

const shown = 3;

/** What a deal is quoted at, on its card. */
export const quotesOfDeal: RecordSection = {
  kind: 'deal',
  order: 30,
  async blocks(ctx, id) {
    const page = { limit: shown + 1, offset: 0 };
    const [found, owners] = await Promise.all([
      listQuotes(ctx, { dealId: id }, todayOf(ctx), page),
      visibleOwners(ctx),
    ]);
    const [first] = found;
    if (!first) return [];
    const rows = found.slice(0, shown).map((one) => quoteRowOf(rowView(ctx, one, owners), { deal: false }));
    const all = { label: t('open-all'), press: { a: 'quotes.list', i: { deal: id } } };
    return [
      { t: 'heading', of: t('section') },
      { t: 'rows', rows },
      ...(found.length > shown ? [{ t: 'buttons' as const, buttons: [all] }] : []),
    ];
  },
};

export const quoteLinks: RecordLinks = {
  kind: 'quote',
  async links(ctx, id) {
    const row = await readRecord(ctx, quoteRecord, id);
    return row ? { deal: row.dealId } : {};
  },
};
