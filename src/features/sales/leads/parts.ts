import { dayIn } from '../../../kernel/dates.ts';
import { day, dotted, record } from '../../../kernel/text.ts';
import type {
  Feature,
  HomeSection,
  RecordLinks,
  RecordMerge,
  RecordSection,
} from '../../../runtime/feature.ts';
import { readRecord } from '../../../store/records.ts';
import { repointRecords } from '../../../store/repoint.ts';
import { canSee } from '../../org/members/api.ts';
import { t } from './messages.ts';
import { dueReviews, leadOfDeal, numberOf } from './queries.ts';
import { leadRecord } from './record.ts';
import { sourceText } from './words.ts';

/** Where a deal came from, on its card. */
export const sourceOfDeal: RecordSection = {
  kind: 'deal',
  order: 80,
  async blocks(ctx, id) {
    const lead = await leadOfDeal(ctx, id);
    if (!lead || !(await canSee(ctx, lead.ownerId))) return [];
    return [
      {
        t: 'context',
        of: t('came-from', { record: record(numberOf(lead)), source: sourceText(lead.leadSource) }),
      },
    ];
  },
};

/** Leads follow their customer and person into the record that stays. */
export const leadMerges: NonNullable<Feature['recordMerges']> = [
  merging('account', 'accountId'),
  merging('contact', 'contactId'),
];

function merging(kind: string, column: 'accountId' | 'contactId'): RecordMerge {
  return {
    kind,
    async move(ctx, fromId, intoId) {
      const moved = await repointRecords(ctx, leadRecord, column, fromId, intoId);
      return moved === 0 ? undefined : t('leads-moved', { count: moved });
    },
  };
}

export const leadLinks: RecordLinks = {
  kind: 'lead',
  async links(ctx, id) {
    const row = await readRecord(ctx, leadRecord, id);
    return Object.fromEntries(
      Object.entries({ account: row?.accountId, contact: row?.contactId, deal: row?.dealId }).flatMap(
        ([kind, linked]) => (linked ? [[kind, linked]] : []),
      ),
    );
  },
};

/** Nurtured leads whose review day has come. */
export const reviewsHome: HomeSection = {
  order: 40,
  title: t('reviews'),
  async blocks(ctx) {
    if (ctx.actor.kind !== 'member') return [];
    const due = await dueReviews(ctx, ctx.actor.memberId, dayIn(ctx.now, ctx.read.timeZone), 5);
    if (due.length === 0) return [];
    return [
      {
        t: 'rows',
        rows: due.map(({ number, name, reviewOn }) => ({
          text: dotted(record(number, name), t('review-due', { on: day(reviewOn) })),
          buttons: [
            { label: t('judge'), press: { a: 'leads.judge', i: { lead: number }, form: true } },
            { label: t('open-it'), press: { a: 'leads.show', i: { lead: number } } },
          ],
        })),
      },
    ];
  },
};
