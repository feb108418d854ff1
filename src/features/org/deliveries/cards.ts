import { dotted, type Inline, instant, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { t } from './messages.ts';
import type { DeliveryList, DeliveryState, DeliveryView, GateView, HandledView, Redriven } from './model.ts';
import { reasonText, whatText } from './words.ts';

const stateTexts: Record<DeliveryState, Inline> = {
  waiting: t('state-waiting'),
  sent: t('state-sent'),
  uncertain: t('state-uncertain'),
  paused: t('state-paused'),
  dead: t('state-dead'),
  folded: t('state-folded'),
  cancelled: t('state-cancelled'),
};

/** What a place is called where it is read: one chat app never names the other. */
function placeText(
  { platform, name, kind }: { platform: 'slack' | 'teams'; name: string | null; kind: 'channel' | 'person' },
  at: Pick<PresentContext, 'platform'>,
): Inline {
  const called = name === null ? t('unnamed') : kind === 'channel' ? `#${name.replace(/^#/, '')}` : name;
  return dotted(called, elsewhere(platform, at));
}

function elsewhere(platform: 'slack' | 'teams', at: Pick<PresentContext, 'platform'>): Inline | undefined {
  if (at.platform === platform) return undefined;
  if (at.platform === 'slack' || at.platform === 'teams') return t('other-chat');
  return platform === 'slack' ? 'Slack' : 'Teams';
}

export function listCard(view: DeliveryList, at: PresentContext): Card {
  if (view.show === 'handled') return handledCard(view, at);
  const { counts, gates, rows, show } = view;
  const isAll = show === 'all';
  const blocks: Block[] = [];
  const needs = counts.uncertain + counts.dead + counts.paused;
  if (needs === 0 && gates.length === 0 && !isAll) blocks.push({ t: 'text', of: t('all-well') });
  const summary = dotted(
    counts.uncertain > 0 ? t('count-uncertain', { count: counts.uncertain }) : undefined,
    counts.paused > 0 ? t('count-paused', { count: counts.paused }) : undefined,
    counts.dead > 0 ? t('count-dead', { count: counts.dead }) : undefined,
    counts.waiting > 0 ? t('count-waiting', { count: counts.waiting }) : undefined,
  );
  if (needs + counts.waiting > 0) blocks.push({ t: 'text', of: summary });
  if (gates.length > 0) {
    blocks.push({ t: 'heading', of: t('shut') }, { t: 'rows', rows: gates.map((gate) => gateRow(gate, at)) });
  }
  if (rows.length > 0) {
    blocks.push({ t: 'heading', of: t(isAll ? 'sent-lately' : 'needs-you') });
    blocks.push({ t: 'rows', rows: rows.map((row) => deliveryRow(row, at)) });
  } else if (isAll) blocks.push({ t: 'text', of: t('nothing-sent') });
  return { tone: needs > 0 ? 'warn' : 'plain', title: t('title'), blocks: [...blocks, buttonsOf(view)] };
}

/** Who did what about which message or place. */
function handledCard(view: DeliveryList, at: PresentContext): Card {
  const { handled } = view;
  const block: Block =
    handled.length > 0
      ? { t: 'rows', rows: handled.map((one) => handledRow(one, at)) }
      : { t: 'text', of: t('nothing-handled') };
  return { tone: 'plain', title: t('handled-title'), blocks: [block, buttonsOf(view)] };
}

function handledRow(one: HandledView, at: PresentContext): Row {
  const { by, did, what, was, reason, messages, place } = one;
  const called =
    place === null
      ? t('background')
      : place.kind === 'installation'
        ? dotted(place.name ?? t('unnamed'), elsewhere(place.platform, at))
        : placeText({ ...place, kind: place.kind }, at);
  return {
    text: dotted(
      strong(called),
      t(`did-${did}`),
      what === null ? undefined : whatText(what),
      messages === null ? undefined : t('let-through', { count: messages }),
    ),
    detail: dotted(
      by ?? t('by-operator'),
      instant(one.at),
      was === null ? undefined : t('was', { state: stateTexts[was] }),
      reason === null ? undefined : t('was', { state: reasonText(reason) }),
    ),
  };
}

function gateRow(gate: GateView, at: PresentContext): Row {
  const { platform, name, scope, reason, waiting, pausedAt } = gate;
  const text =
    scope === 'installation'
      ? dotted(strong(name ?? t('unnamed')), elsewhere(platform, at))
      : strong(
          placeText({ platform, name, kind: gate.gate.includes(':person:') ? 'person' : 'channel' }, at),
        );
  return {
    text,
    detail: dotted(
      reasonText(reason),
      t('since', { at: instant(pausedAt) }),
      t('count-paused', { count: waiting }),
    ),
    buttons: [{ label: t('try-again'), press: { a: 'deliveries.redrive', i: { gate: gate.gate } } }],
  };
}

function deliveryRow(row: DeliveryView, at: PresentContext): Row {
  const { id, what, state, place, queuedAt, sentAt, editedAt, attempts, reason, isPosted } = row;
  const buttons: Button[] = [];
  if (state === 'uncertain' || state === 'dead') {
    const label = state === 'uncertain' ? t('resend') : t('try-again');
    buttons.push({ label, press: { a: 'deliveries.redrive', i: { message: id } } });
    buttons.push({
      label: t(state === 'uncertain' ? 'it-arrived' : 'drop'),
      press: { a: 'deliveries.dismiss', i: { message: id } },
    });
  }
  return {
    text: dotted(strong(place ? placeText(place, at) : t('background')), stateTexts[state], whatText(what)),
    detail: dotted(
      sentAt === null ? t('queued-at', { at: instant(queuedAt) }) : t('sent-at', { at: instant(sentAt) }),
      editedAt === null ? undefined : t('edited-at', { at: instant(editedAt) }),
      attempts > 1 ? t('attempts', { count: attempts }) : undefined,
      reason === null || state === 'sent' ? undefined : reasonText(reason),
      isPosted && state === 'dead' ? t('plain-arrived') : undefined,
    ),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

function buttonsOf({ show, page, hasMore, counts, gates }: DeliveryList): Block {
  const buttons: Button[] = [];
  if (show !== 'handled' && (counts.dead > 0 || gates.length > 0)) {
    buttons.push({ label: t('redrive-all'), press: { a: 'deliveries.redrive', i: {} } });
  }
  if (page > 1) buttons.push({ label: t('previous'), press: listPress({ show, page: page - 1 }) });
  if (hasMore) buttons.push({ label: t('next'), press: listPress({ show, page: page + 1 }) });
  if (show !== 'trouble') buttons.push({ label: t('only-trouble'), press: listPress({ show: 'trouble' }) });
  if (show !== 'all') buttons.push({ label: t('show-everything'), press: listPress({ show: 'all' }) });
  if (show !== 'handled') buttons.push({ label: t('see-handled'), press: listPress({ show: 'handled' }) });
  return { t: 'buttons', buttons };
}

export function listPress(i: Record<string, unknown>) {
  return { a: 'deliveries.list', i };
}

const backButton = (): Block => ({
  t: 'buttons',
  buttons: [{ label: t('title'), press: listPress({}) }],
});

export function redrivenCard({ gates, messages }: Redriven): Card {
  const title = gates + messages === 0 ? t('nothing-to-redrive') : t('redriven', { count: messages });
  const blocks: Block[] = gates > 0 ? [{ t: 'text', of: t('opened', { count: gates }) }] : [];
  return { tone: gates + messages === 0 ? 'info' : 'ok', title, blocks: [...blocks, backButton()] };
}

export function dismissedCard({ isDismissed }: { isDismissed: boolean }): Card {
  return isDismissed
    ? { tone: 'ok', title: t('dismissed'), blocks: [backButton()] }
    : { tone: 'info', title: t('gone'), blocks: [backButton()] };
}
