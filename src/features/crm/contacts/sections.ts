import { command, type Inline } from '../../../kernel/text.ts';
import type { RecordLinks, RecordMerge, RecordSection } from '../../../runtime/feature.ts';
import { readRecord } from '../../../store/records.ts';
import { repointRecords } from '../../../store/repoint.ts';
import { contactLine } from './cards.ts';
import { t } from './messages.ts';
import { accountNumberOf, contactsOfAccount, countOfAccount, numberOf } from './queries.ts';
import { contactRecord } from './record.ts';

const shown = 5;

/** The people of a customer on its card; hanging on one person alone is a risk and says so. */
export const peopleOfAccount: RecordSection = {
  kind: 'account',
  order: 20,
  async blocks(ctx, id) {
    const people = await contactsOfAccount(ctx, id, shown + 1);
    if (people.length === 0) {
      const line = command(`contact ${await accountNumberOf(ctx, id)}`);
      return [{ t: 'text', of: t('none-known', { line }) }];
    }
    const count = people.length > shown ? await countOfAccount(ctx, id) : people.length;
    const texts: Inline[] = people
      .slice(0, shown)
      .map((row) => contactLine({ ...row, number: numberOf(row) }));
    const [only] = texts;
    const rows =
      people.length === 1 && only !== undefined
        ? [{ text: t('one-only', { person: only }) }]
        : texts.map((text) => ({ text }));
    if (count > shown) rows.push({ text: t('more', { count: count - shown }) });
    return [
      { t: 'heading', of: t('contacts-count', { count }) },
      { t: 'rows', rows },
    ];
  },
};

/** People follow their company into another record. */
export const followAccount: RecordMerge = {
  kind: 'account',
  async move(ctx, fromId, intoId) {
    const count = await repointRecords(ctx, contactRecord, 'accountId', fromId, intoId);
    return count > 0 ? t('moved-contacts', { count }) : undefined;
  },
};

/** What is said about a person is said about their company too. */
export const linksOfContact: RecordLinks = {
  kind: 'contact',
  async links(ctx, id) {
    const contact = await readRecord(ctx, contactRecord, id);
    return contact?.accountId ? { account: contact.accountId } : {};
  },
};
