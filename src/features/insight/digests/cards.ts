import {
  count,
  dotted,
  type Inline,
  instant,
  listed,
  money,
  record,
  seq,
  strong,
} from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { platformText } from '../../org/channels/api.ts';
import { previewOf } from './digest-card.ts';
import { examplesFor } from './line.ts';
import { t } from './messages.ts';
import type {
  DigestList,
  DigestPreview,
  DigestSent,
  DigestSet,
  DigestStopped,
  DigestView,
  FigureOpened,
  FigureRow,
} from './model.ts';
import { aboutText, kindText, placeText, ruleText } from './words.ts';

const previewButton = ({ id }: DigestView): Button => ({
  label: t('preview'),
  press: { a: 'digests.preview', i: { digest: id } },
});
const stopButton = ({ id }: DigestView): Button => ({
  label: t('stop'),
  press: { a: 'digests.stop', i: { digest: id } },
});

export function setCard({ digest, before, isNews }: DigestSet): Card {
  const { kind, rule, timeZone, scope, setBy, nextAt, channel } = digest;
  const values = { kind: kindText(kind), place: placeText(digest), rule: ruleText(rule) };
  const facts = dotted(
    scope ? t('about', { scope: aboutText(scope, setBy ?? '') }) : undefined,
    t('zone-of', { zone: timeZone }),
    channel && setBy !== null ? t('set-by', { name: setBy }) : undefined,
    before ? t('was', { rule: ruleText(before) }) : undefined,
  );
  const blocks: Block[] = [{ t: 'text', of: facts }];
  if (nextAt !== null) blocks.push({ t: 'text', of: t('first', { at: instant(nextAt) }) });
  if (channel && setBy !== null) blocks.push({ t: 'context', of: t('your-rights', { name: setBy }) });
  blocks.push({ t: 'buttons', buttons: [previewButton(digest), stopButton(digest)] });
  return { tone: isNews ? 'ok' : 'info', title: t(isNews ? 'set-done' : 'set-same', values), blocks };
}

export function listCard({ digests }: DigestList, at: PresentContext): Card {
  const { actor, org } = at;
  const blocks: Block[] = [];
  if (digests.length === 0) blocks.push({ t: 'text', of: t('list-none') });
  else {
    // What comes here stands first; the numbers stay.
    const here = digests.filter(({ isHere }) => isHere);
    const shown = [...here, ...digests.filter(({ isHere }) => !isHere)];
    blocks.push({ t: 'rows', rows: shown.map((one) => listRow(one, at)) });
  }
  const { stop, ...lines } = examplesFor(actor.kind === 'member' ? actor.locale : org.locale);
  const small = [t('how-to', lines), ...(digests.length > 0 ? [t('how-stop', { stop })] : [])];
  blocks.push({ t: 'context', of: { t: 'seq', of: small, separator: ' ' } });
  return { tone: 'plain', title: t('list-title'), blocks };
}

function listRow(view: DigestView, { actor, org, platform }: PresentContext): Row {
  const { number, kind, rule, scope, setBy, nextAt, pausedReason, channel, timeZone } = view;
  const place = channel ? dotted(placeText(view), platformText(platform, channel.platform)) : t('list-you');
  const isMine = timeZone === (actor.kind === 'member' ? actor.timeZone : org.timeZone);
  const when = isMine ? ruleText(rule) : t('rule-in', { rule: ruleText(rule), zone: timeZone });
  return {
    text: seq(`${number}. `, dotted(strong(kindText(kind)), place, when)),
    detail: dotted(
      scope && kind !== 'morning' ? aboutText(scope, setBy ?? '') : undefined,
      channel && setBy !== null ? t('set-by', { name: setBy }) : undefined,
      nextAt === null ? undefined : t(isMine ? 'next' : 'next-yours', { at: instant(nextAt) }),
      pausedReason === null ? undefined : t('row-paused', { reason: reasonText(pausedReason) }),
    ),
    buttons: [previewButton(view), stopButton(view)],
  };
}

function reasonText(reason: string): Inline {
  return reason === 'left' || reason === 'unit' || reason === 'shared'
    ? t(`paused-${reason}`)
    : t('paused-other');
}

export function stoppedCard({ stopped }: DigestStopped): Card {
  const [only] = stopped;
  const title =
    only && stopped.length === 1
      ? t('stopped-one', { kind: kindText(only.kind), place: placeText(only) })
      : t('stopped-many', { count: stopped.length });
  return { tone: 'ok', title, blocks: [] };
}

export function previewCard({ said, isEmpty, asked }: DigestPreview): Card {
  if (!isEmpty) return previewOf(said, asked);
  return { tone: 'info', title: t('preview-empty'), blocks: [] };
}

export function sentCard({ sent, empty }: DigestSent): Card {
  const lines = [
    ...sent.map((one) => t('sent-done', { kind: kindText(one.kind), place: placeText(one) })),
    ...empty.map((one) => t('sent-empty', { kind: kindText(one.kind), place: placeText(one) })),
  ];
  const [title = t('now-title'), ...rest] = lines;
  return {
    tone: sent.length > 0 ? 'ok' : 'info',
    title,
    blocks: rest.map((of): Block => ({ t: 'text', of })),
  };
}

export function openedCard(opened: FigureOpened): Card {
  const { label, asOf, count: all, seen, amounts, withoutAmount, rows, page, pages, asked } = opened;
  const hidden = all - seen;
  const sums = amounts.map(({ amountMinor, currency }) =>
    money({ amountMinor: BigInt(amountMinor), currency }),
  );
  const facts = dotted(
    hidden > 0 ? t('seen-of', { seen, count: all, hidden }) : t('in-all', { count: all }),
    sums.length > 0 ? strong(listed(sums)) : undefined,
    withoutAmount > 0 ? t('without-amount', { count: withoutAmount }) : undefined,
  );
  const blocks: Block[] = [{ t: 'text', of: facts }];
  if (rows.length > 0) blocks.push({ t: 'rows', rows: rows.map(figureRow) });
  const pageText = pages > 1 ? t('page-of', { page: count(page), pages: count(pages) }) : undefined;
  blocks.push({ t: 'context', of: dotted(t('as-of', { at: instant(asOf) }), pageText) });
  const buttons: Button[] = [];
  const turn = (to: number, text: Inline) =>
    buttons.push({ label: text, press: { a: 'digests.open', i: { ...asked, page: to } } });
  if (page > 1) turn(page - 1, t('previous-page'));
  if (page < pages) turn(page + 1, t('next-page'));
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  return { tone: 'plain', title: label, blocks };
}

function figureRow({ number, name, amount, note, press }: FigureRow): Row {
  return {
    text: dotted(
      number === null ? strong(name) : record(number, name),
      amount ? money({ amountMinor: BigInt(amount.amountMinor), currency: amount.currency }) : undefined,
      note ?? undefined,
    ),
    ...(press ? { buttons: [{ label: t('open'), press }] } : {}),
  };
}
