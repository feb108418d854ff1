import {
  command,
  count,
  dotted,
  type Inline,
  instant,
  record as recordText,
  seq,
  strong,
} from '../../../kernel/text.ts';
import { press } from '../../../runtime/action.ts';
import type { Block, Card, Row } from '../../../view/card.ts';
import type { why } from './actions/why.ts';
import { t } from './messages.ts';
import type { ChangedRecord, FieldChange, History, Undone } from './model.ts';

const arrow = ' → ';

/** `amount 95,000 → 80,000`. */
function fieldText({ label, from, to }: FieldChange): Inline {
  return seq(label, ' ', from, arrow, to);
}

function listOf(fields: readonly FieldChange[]): Inline {
  return { t: 'seq', of: fields.map(fieldText), separator: '; ' };
}

function nameOf({ number, label }: { number: string | null; label: string }): Inline {
  return number ? recordText(number, label) : strong(label);
}

/** What came back, record by record. */
export function undoneCard({ line, records, stay, cancelled, sent }: Undone): Card {
  if (records.length + stay.length === 0) return { tone: 'info', title: t('nothing-to-undo'), blocks: [] };
  const blocks: Block[] = records.map((one) => ({ t: 'text', of: backText(one) }));
  for (const one of stay) {
    const stands = { record: nameOf(one), state: one.state ?? '' };
    blocks.push({ t: 'text', of: t('stays', stands) });
  }
  const messages = [
    cancelled > 0 ? t('messages-cancelled', { n: cancelled }) : undefined,
    sent > 0 ? t('messages-stay', { n: sent }) : undefined,
  ];
  if (cancelled + sent > 0) blocks.push({ t: 'context', of: dotted(...messages) });
  return {
    tone: 'ok',
    title: line ? t('undone-line', { line: command(line) }) : t('undone'),
    blocks,
  };
}

function backText(one: ChangedRecord): Inline {
  const name = nameOf(one);
  switch (one.op) {
    case 'archive':
      if (!one.wasCreated) return t('back-archived-again', { record: name });
      return t(one.number === null ? 'back-removed' : 'back-archived', { record: name });
    case 'restore':
      return t('back-restored', { record: name });
    case 'create':
    case 'update':
      return one.fields.length > 0
        ? t('back-changed', { record: name, changes: listOf(one.fields) })
        : t('back-as-before', { record: name });
    default:
      return one.op satisfies never;
  }
}

/** Who changed what and when, the latest first. */
export function historyCard({ key, number, label, entries, page, hasMore }: History): Card {
  const title = t('history-of', { record: nameOf({ number, label }) });
  const rows = entries.flatMap((entry) => entryRow(entry) ?? []);
  const blocks: Block[] = [rows.length > 0 ? { t: 'rows', rows } : { t: 'text', of: t('no-entries') }];
  if (hasMore) {
    const more = press<typeof why>('audit.why', { record: key, page: page + 1 });
    blocks.push({ t: 'buttons', buttons: [{ label: t('more'), press: more }] });
  }
  if (page > 0) blocks.unshift({ t: 'context', of: t('page-is', { page: count(page + 1) }) });
  return { tone: 'plain', title, blocks };
}

/** What changed nothing that has a name is told by the line that did it; without one there is nothing to tell. */
function entryRow(entry: History['entries'][number]): Row | undefined {
  const who = entry.isSystem ? t('automatic') : strong(entry.actor);
  const at = instant(entry.at);
  const line = entry.line ? command(entry.line) : undefined;
  if (entry.op === 'update' && entry.fields.length === 0) {
    return line === undefined ? undefined : { text: seq(who, ' ', line), detail: at };
  }
  return { text: seq(who, ' ', whatText(entry)), detail: dotted(at, line) };
}

function whatText({ op, fields }: History['entries'][number]): Inline {
  const said = t(`op-${op}`);
  if (fields.length === 0) return said;
  // Of a new record every value came from nothing; that needs no arrow.
  const values: Inline[] = fields.map(({ label, to }) => seq(label, ' ', to));
  const changes: Inline = op === 'create' ? { t: 'seq', of: values, separator: '; ' } : listOf(fields);
  return t('op-said', { said, changes });
}
