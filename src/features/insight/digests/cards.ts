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
import { isSameRule, listedPerPage } from './rules.ts';
import { aboutText, channelText, kindText, placeText, ruleText } from './words.ts';

const previewButton = ({ id }: DigestView): Button => ({
  label: t('preview'),
  press: { a: 'digests.preview', i: { digest: id } },
});
const stopButton = ({ id }: DigestView): Button => ({
  label: t('stop'),
  press: { a: 'digests.stop', i: { digest: id } },
});

/** Whether times of a zone are those a reader sees anyway. */
function isZoneOf(zone: string, { actor, org }: PresentContext): boolean {
  return zone === (actor.kind === 'member' ? actor.timeZone : org.timeZone);
}

export function setCard({ digest, before, isNews }: DigestSet, at: PresentContext): Card {
  const { kind, rule, timeZone, locale, scope, setBy, nextAt, channel } = digest;
  const values = { kind: kindText(kind), place: placeText(digest), rule: ruleText(rule) };
  const facts = dotted(
    scope ? t('about', { scope: aboutText(scope, setBy ?? '') }) : undefined,
    t('zone-of', { zone: timeZone, language: t(`language-${locale}`) }),
    channel && setBy !== null ? t('set-by', { name: setBy }) : undefined,
  );
  const blocks: Block[] = [{ t: 'text', of: facts }];
  if (before) blocks.push({ t: 'text', of: t('was', { what: beforeText(before, digest) }) });
  if (nextAt !== null) {
    const isHis = isZoneOf(timeZone, at);
    const words = isNews ? (isHis ? 'first' : 'first-yours') : isHis ? 'next-one' : 'next-one-yours';
    blocks.push({ t: 'text', of: t(words, { at: instant(nextAt) }) });
  }
  if (channel && setBy !== null) blocks.push({ t: 'context', of: t('your-rights', { name: setBy }) });
  blocks.push({
    t: 'buttons',
    buttons: [previewButton(digest), stopButton(digest), ...tuneButtons(digest, at)],
  });
  return { tone: isNews ? 'ok' : 'info', title: t(isNews ? 'set-done' : 'set-same', values), blocks };
}

/** A channel keeps the clock and the language of whoever was first; whoever has others is offered theirs. */
function tuneButtons({ kind, channel, timeZone, locale }: DigestView, at: PresentContext): Button[] {
  if (channel === null || at.actor.kind !== 'member') return [];
  const mine = at.actor;
  const button = (label: Inline, changed: Record<string, string>): Button => ({
    label,
    press: { a: 'digests.set', i: { channel: channel.id, kind, ...changed } },
  });
  const buttons: Button[] = [];
  if (mine.timeZone !== timeZone) {
    buttons.push(button(t('tune-zone', { zone: mine.timeZone }), { zone: mine.timeZone }));
  }
  if (mine.locale !== locale) {
    const language = t(`language-${mine.locale}`);
    buttons.push(button(t('tune-language', { language }), { language: mine.locale }));
  }
  return buttons;
}

/** Of what it was before that which is another now. */
function beforeText(before: NonNullable<DigestSet['before']>, { rule, scope, setBy }: DigestView): Inline {
  const isOthers = before.setBy !== setBy;
  const about = before.scope && aboutText(before.scope, before.setBy ?? '');
  const isAboutElse = isOthers || JSON.stringify(before.scope) !== JSON.stringify(scope);
  return dotted(
    isOthers || !isSameRule(before.rule, rule) ? ruleText(before.rule) : undefined,
    isAboutElse ? (about ?? undefined) : undefined,
    isOthers && before.setBy !== null ? t('set-by', { name: before.setBy }) : undefined,
  );
}

export function listCard(list: DigestList, at: PresentContext): Card {
  const { of, digests } = list;
  const { actor, org } = at;
  const place = of && (of.channel === null ? t('place-you') : channelText(of.label));
  const blocks: Block[] = [];
  if (digests.length === 0)
    blocks.push({ t: 'text', of: place ? t('list-none-of', { place }) : t('list-none') });
  else blocks.push({ t: 'rows', rows: digests.map((one) => listRow(one, at)) });
  blocks.push(...pagesOf(list));
  const { stop, list: narrow, ...lines } = examplesFor(actor.kind === 'member' ? actor.locale : org.locale);
  const how = t('how-to', lines);
  const first = digests.find(({ mayStop }) => mayStop);
  blocks.push({ t: 'context', of: first ? t('how-both', { how, stop: stop(first.number ?? 1) }) : how });
  if (list.count > digests.length && !of)
    blocks.push({ t: 'context', of: t('how-narrow', { line: narrow }) });
  return { tone: 'plain', title: place ? t('list-of', { place }) : t('list-title'), blocks };
}

/** How much of the list this is, and the way to the rest. */
function pagesOf({ of, digests, count: all, page, hasMore }: DigestList): Block[] {
  if (page === 0 && !hasMore) return [];
  const where = of === null ? {} : of.channel === null ? { me: true } : { channel: of.channel };
  const turn = (to: number, label: Inline): Button => ({
    label,
    press: { a: 'digests.list', i: { ...where, page: to } },
  });
  const before = page * listedPerPage;
  const shown = t('list-part', { from: before + 1, to: before + digests.length, count: all });
  const buttons = [
    ...(page > 0 ? [turn(page - 1, t('previous-some', { count: listedPerPage }))] : []),
    ...(hasMore
      ? [turn(page + 1, t('next-some', { count: Math.min(listedPerPage, all - before - digests.length) }))]
      : []),
  ];
  return [
    { t: 'context', of: shown },
    { t: 'buttons', buttons },
  ];
}

function listRow(view: DigestView, at: PresentContext): Row {
  const { platform } = at;
  const { number, kind, rule, scope, setBy, nextAt, pausedReason, channel, isHere, timeZone } = view;
  const place = channel
    ? dotted(placeText(view), isHere ? t('list-here') : undefined, platformText(platform, channel.platform))
    : t('list-you');
  const isMine = isZoneOf(timeZone, at);
  const when = isMine ? ruleText(rule) : t('rule-in', { rule: ruleText(rule), zone: timeZone });
  return {
    text: seq(`${number ?? 0}. `, dotted(strong(kindText(kind)), place, when)),
    detail: dotted(
      scope && kind !== 'morning' ? aboutText(scope, setBy ?? '') : undefined,
      channel && setBy !== null ? t('set-by', { name: setBy }) : undefined,
      nextAt === null ? undefined : t(isMine ? 'next' : 'next-yours', { at: instant(nextAt) }),
      pausedReason === null ? undefined : t('row-paused', { reason: reasonText(pausedReason) }),
    ),
    buttons: [previewButton(view), ...(view.mayStop ? [stopButton(view)] : [])],
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
