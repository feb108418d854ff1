import { command, count, dotted, em, type Inline, record, strong } from '../../../kernel/text.ts';
import type { Block, Button, Card } from '../../../view/card.ts';
import { t } from './messages.ts';
import type { FoundRecord, FoundRecords } from './model.ts';

function recordLine({ number, name, account, state, owner, amount }: FoundRecord): Inline {
  return dotted(
    record(number, name),
    account ?? undefined,
    state === null ? undefined : em(state),
    amount === null ? undefined : { t: 'money', ...amount },
    owner === null ? undefined : t('owned-by', { name: owner }),
  );
}

/** At most ten records, each one press away. */
export function foundCard(found: FoundRecords): Card {
  const { records, query, page, hasMore } = found;
  if (records.length === 0) return emptyCard(found);
  const blocks: Block[] = [
    {
      t: 'rows',
      rows: records.map((one) => ({
        text: recordLine(one),
        buttons: [{ label: t('open'), press: { a: 'records.show', i: { record: one.number } } }],
      })),
    },
  ];
  if (records.some((one) => one.isPartial)) blocks.push({ t: 'context', of: t('partial') });
  if (page > 0) blocks.push({ t: 'context', of: t('page-is', { page: count(page + 1) }) });
  if (hasMore) {
    const next = { a: 'records.find', i: { ...query, page: page + 1 } };
    blocks.push({ t: 'buttons', buttons: [{ label: t('next-ten'), press: next }] });
  }
  return { tone: 'plain', title: t('found', { what: whatText(found) }), blocks };
}

function whatText({
  query: { text, stage, state, kind },
  owner,
}: Pick<FoundRecords, 'query' | 'owner'>): Inline {
  return dotted(
    text === undefined ? undefined : strong(text),
    kind,
    stage,
    state,
    owner === null ? undefined : t('owned-by', { name: owner }),
  );
}

/** Says what to try, and offers the same words without the filters. */
function emptyCard(found: FoundRecords): Card {
  const { query, page } = found;
  if (page > 0) return { tone: 'info', title: t('no-more'), blocks: [] };
  const { text, ...filters } = query;
  const blocks: Block[] = [
    { t: 'text', of: t('try', { lead: command('new-lead'), example: command('find acme', '查找 远景') }) },
  ];
  const buttons: Button[] = [];
  if (text !== undefined && Object.keys(filters).length > 0) {
    buttons.push({ label: t('without-filters'), press: { a: 'records.find', i: { text } } });
  }
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  return { tone: 'info', title: t('nothing', { what: whatText(found) }), blocks };
}
