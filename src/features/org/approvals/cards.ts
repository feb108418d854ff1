import { dotted, type Inline, instant, listed, money, percent, seq, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row, Tone } from '../../../view/card.ts';
import { t } from './messages.ts';
import type { ApprovalView, LogView, SeatView } from './model.ts';
import { statusTexts } from './words.ts';

/** Who reads a card of a request, and in which chat. */
export interface CardReader {
  platform: 'slack' | 'teams' | 'web' | 'http' | 'system';
  /** In channels undefined: everybody. */
  memberId: string | undefined;
}

const signs: Readonly<Record<ApprovalView['status'], { tone: Tone; sign: string }>> = {
  pending: { tone: 'plain', sign: '🟡' },
  approved: { tone: 'ok', sign: '' },
  countered: { tone: 'ok', sign: '' },
  rejected: { tone: 'stop', sign: '' },
  withdrawn: { tone: 'info', sign: '' },
  expired: { tone: 'warn', sign: '' },
  superseded: { tone: 'warn', sign: '' },
};

/** The card of a request: the same text in every place, buttons only where somebody can press them. */
export function approvalCard(view: ApprovalView, reader: CardReader): Card {
  const { tone, sign } = signs[view.status];
  const title = t('card-title', { number: view.number, headline: view.headline });
  const blocks: Block[] = [
    { t: 'text', of: askedText(view) },
    ...(view.decided ? [outcomeBlock(view, reader)] : []),
    ...view.blocks,
    ...(view.status === 'pending' ? [turnBlock(view)] : []),
  ];
  const buttons = buttonsFor(view, reader);
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  const members = view.seats.map(({ memberId }) => memberId);
  return {
    tone,
    title: sign === '' ? title : seq(sign, ' ', title),
    blocks,
    ...(reader.memberId === undefined && view.status === 'pending' && members.length > 0
      ? {
          personal: {
            press: { a: 'approvals.show', i: { approval: view.number } },
            memberIds: [...members, view.requester.memberId],
          },
        }
      : {}),
  };
}

function askedText({ requester, note, requestedAt, answerBy, status }: ApprovalView): Inline {
  const who = strong(requester.name);
  return dotted(
    note === null ? t('card-asks-plain', { name: who }) : t('card-asks', { name: who, note }),
    t('card-asked', { at: instant(requestedAt) }),
    status === 'pending' ? t('card-answer-by', { at: instant(answerBy) }) : undefined,
  );
}

/** Whose turn it is, and whose after that. */
function turnBlock({ seats, later }: ApprovalView): Block {
  if (seats.length === 0) return { t: 'context', of: t('card-nobody') };
  const parts = [
    t('card-approver', { people: listed(seats.map(seatText)) }),
    ...(later.length > 0 ? [t('card-then', { people: listed(later) })] : []),
  ];
  return { t: 'context', of: dotted(...parts) };
}

export function seatText({ name, why, forName }: SeatView): Inline {
  if (why === 'substitute' && forName !== null) return t('seat-for', { name, other: forName });
  return why === 'escalated' ? t('seat-escalated', { name }) : name;
}

/** "Approved with less than asked, by Li Na 10:41, in the other chat". */
export function outcomeText(view: ApprovalView, { platform }: Pick<CardReader, 'platform'>): Inline {
  const { status, decided, log } = view;
  if (!decided || status === 'pending') return statusTexts[status];
  const at = instant(decided.at);
  const name = strong(decided.name);
  if (status === 'expired') return t('out-expired', { at });
  if (status === 'superseded') return dotted(t('out-superseded', { at }), whyText(log.at(-1)));
  if (decided.name === '') return t('out-approved-alone', { at });
  const offered = status === 'countered' ? offeredText(log) : undefined;
  const said = offered ? t('out-offered', { ...offered, name, at }) : t(`out-${status}`, { name, at });
  return dotted(said, viaText(decided.via, platform));
}

/** What was granted in the end, with what was asked for where that can be said in the same unit. */
function offeredText(log: readonly LogView[]): { offer: Inline } | undefined {
  const last = log.findLast(({ entry }) => entry === 'countered')?.details;
  const offer = last && offerText(last);
  if (offer === undefined) return undefined;
  const first = log.find(({ entry }) => entry === 'asked')?.details;
  const asked = first && offerText(first);
  const isSameUnit = typeof first?.percentBasisPoints === typeof last?.percentBasisPoints;
  return { offer: asked !== undefined && isSameUnit ? t('offer-of', { offer, asked }) : offer };
}

function outcomeBlock(view: ApprovalView, reader: CardReader): Block {
  const outcome = outcomeText(view, reader);
  const note = view.decided?.note;
  return { t: 'text', of: note ? t('out-note', { what: outcome, note }) : outcome };
}

/** One chat app does not name the other. */
function viaText(via: string, reading: CardReader['platform']): Inline | undefined {
  if (via === reading) return undefined;
  const isChat = via === 'slack' || via === 'teams';
  if (isChat && (reading === 'slack' || reading === 'teams')) return t('elsewhere');
  if (isChat) return t(`via-${via}`);
  return via === 'web' || via === 'http' ? t(`via-${via}`) : undefined;
}

function whyText(entry: LogView | undefined): Inline | undefined {
  const why = entry?.details.why;
  if (why !== 'terms' && why !== 'closed' && why !== 'policy' && why !== 'people') return undefined;
  return t(`why-${why}`);
}

function buttonsFor(view: ApprovalView, reader: CardReader): Button[] {
  const { number, status, subject, seats, requester, again } = view;
  const open: Button = {
    label: t('btn-record', { number: subject.number }),
    press: { a: `${subject.kind}s.show`, i: { [subject.kind]: subject.number } },
  };
  if (status !== 'pending') {
    const isMine = reader.memberId === requester.memberId;
    const mayRepeat = isMine && again !== null && status !== 'approved' && status !== 'countered';
    return mayRepeat
      ? [{ label: t('btn-again'), press: { a: again.action, i: again.input, form: true } }, open]
      : [open];
  }
  if (reader.memberId === requester.memberId) {
    return [
      { label: t('btn-withdraw'), press: { a: 'approvals.withdraw', i: { approval: number } } },
      { label: t('btn-answer'), press: { a: 'approvals.say', i: { approval: number }, form: true } },
      open,
    ];
  }
  const decides = reader.memberId === undefined || seats.some(({ memberId }) => memberId === reader.memberId);
  return decides ? [...decidingButtons(view), open] : [open];
}

function decidingButtons({ number, terms, canCounter }: ApprovalView): Button[] {
  const decision = { approval: number, terms };
  return [
    { label: t('btn-approve'), press: { a: 'approvals.approve', i: decision }, style: 'primary' },
    ...(canCounter
      ? [
          {
            label: t('btn-counter'),
            press: { a: 'approvals.approve', i: { ...decision, less: true }, form: true as const },
          },
        ]
      : []),
    {
      label: t('btn-reject'),
      press: { a: 'approvals.reject', i: decision, form: true },
      style: 'danger',
    },
    { label: t('btn-say'), press: { a: 'approvals.say', i: { approval: number }, form: true } },
  ];
}

/** One line of the log: what its thread says. */
export function logText(entry: LogView, people: Inline = ''): Inline {
  const name = strong(entry.name ?? '');
  const what = logWhat(entry, name, people);
  return entry.note === null ? what : t('with-note', { what, note: entry.note });
}

function logWhat({ entry, details, name: actor }: LogView, name: Inline, people: Inline): Inline {
  const offer = offerText(details);
  switch (entry) {
    case 'asked':
      return offer === undefined
        ? t('log-asked', { name })
        : t('log-asked-percent', { name, percent: offer });
    case 'countered':
      return offer === undefined ? t('log-countered-plain', { name }) : t('log-countered', { name, offer });
    case 'approved':
      return actor === null ? t('log-approved-alone') : t('log-approved', { name });
    case 'superseded':
    case 'rerouted':
      return t(`log-${entry}`, { why: whyText({ details } as LogView) ?? '', people });
    case 'escalated':
      return t(details.added === 0 ? 'log-escalated-nobody' : 'log-escalated', { people });
    case 'expired':
      return t('log-expired');
    case 'passed':
    case 'rejected':
    case 'withdrawn':
    case 'said':
      return t(`log-${entry}`, { name });
    default:
      return entry satisfies never;
  }
}

function offerText({ percentBasisPoints, amountMinor, currency }: LogView['details']): Inline | undefined {
  if (typeof percentBasisPoints === 'number') return percent(percentBasisPoints);
  if (typeof amountMinor !== 'string' || typeof currency !== 'string') return undefined;
  return money({ amountMinor: BigInt(amountMinor), currency });
}

export function shownCard(view: ApprovalView, at: PresentContext): Card {
  const card = approvalCard(view, readerOf(at));
  const entries = view.log.filter(({ entry }) => entry !== 'asked');
  if (entries.length === 0) return card;
  const people = listed(view.seats.map(seatText));
  const rows = entries.map((entry): Row => ({ text: logText(entry, people), detail: instant(entry.at) }));
  const at_ = card.blocks.at(-1)?.t === 'buttons' ? card.blocks.length - 1 : card.blocks.length;
  const blocks = [...card.blocks];
  blocks.splice(at_, 0, { t: 'heading', of: t('log') }, { t: 'rows', rows });
  return { ...card, blocks };
}

/**
 * What somebody who decided reads: one line. The request itself stands above it, changed, or is one command away. What
 * ended before they could is told with the reason.
 */
export function decidedCard(view: ApprovalView, at: PresentContext): Card {
  const { status, number, headline, seats } = view;
  switch (status) {
    case 'pending': {
      const asked =
        seats.length > 0 ? t('now-asked', { people: listed(seats.map(seatText)) }) : t('card-nobody');
      return { tone: 'ok', title: seq(t('part-done', { number, headline }), ' ', asked), blocks: [] };
    }
    case 'countered': {
      const offered = offeredText(view.log);
      const values = { number, headline };
      const title = offered ? t('done-offered', { ...offered, ...values }) : t('done-countered', values);
      return { tone: 'ok', title, blocks: [] };
    }
    case 'approved':
    case 'rejected':
    case 'withdrawn':
      return { tone: signs[status].tone, title: t(`done-${status}`, { number, headline }), blocks: [] };
    case 'expired':
    case 'superseded':
      return approvalCard({ ...view, blocks: [] }, readerOf(at));
    default:
      return status satisfies never;
  }
}

export function readerOf({ actor, platform }: Pick<PresentContext, 'actor' | 'platform'>): CardReader {
  return { platform, memberId: actor.kind === 'member' ? actor.memberId : '' };
}
