import { type Role, sellingRoles } from '../../../kernel/context.ts';
import { command, dotted, type Inline, instant, seq, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Card, Row } from '../../../view/card.ts';
import { outcomeText, readerOf } from './cards.ts';
import { t } from './messages.ts';
import type { ApprovalList, ApprovalView } from './model.ts';
import type { WaitingView } from './waiting.ts';
import { statusTexts } from './words.ts';

export function listCard({ waiting, asked, hasMore }: ApprovalList, at: PresentContext): Card {
  if (waiting.length === 0 && asked.length === 0) {
    return { tone: 'info', title: t('list-title'), blocks: [{ t: 'text', of: nothingText(at) }] };
  }
  const blocks: Block[] = [{ t: 'heading', of: t('list-waiting') }];
  if (waiting.length === 0) blocks.push({ t: 'text', of: t('list-none-waiting') });
  else blocks.push({ t: 'rows', rows: waiting.map((view) => waitingRow(view, at.now)) });
  if (hasMore) blocks.push({ t: 'context', of: t('list-more') });
  if (asked.length > 0) {
    const rows = asked.map((view) => askedRow(view, at));
    blocks.push({ t: 'heading', of: t('list-asked') }, { t: 'rows', rows });
  }
  return { tone: 'plain', title: t('list-title'), blocks };
}

/** How to ask is told to those who may, where there is something to type into. */
function nothingText({ actor, platform }: PresentContext): Inline {
  const roles: readonly Role[] = actor.kind === 'member' ? actor.roles : [];
  const mayAsk = sellingRoles.some((role) => roles.includes(role));
  if (!mayAsk || platform === 'web') return t('list-none-waiting');
  return t('list-nothing', { line: command('discount D-142 15% -- …') });
}

/** A request somebody is asked about, with how long it has waited and what they can do. */
export function waitingRow(view: WaitingView, now: Date): Row {
  const { number, headline, requester, requestedAt, answerBy, note, terms } = view;
  const isLate = now.getTime() > Date.parse(answerBy);
  const about = dotted(
    t('list-since', { name: requester.name, age: ageText(requestedAt, now) }),
    t(isLate ? 'list-late' : 'card-answer-by', { at: instant(answerBy) }),
  );
  return {
    text: t('list-row', { number: strong(number), headline }),
    detail: note === null ? about : seq(about, ' — ', note),
    buttons: [
      {
        label: t('btn-approve'),
        press: { a: 'approvals.approve', i: { approval: number, terms } },
        style: 'primary',
      },
      { label: t('open'), press: { a: 'approvals.show', i: { approval: number } } },
    ],
  };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** In the largest unit that is full, rounded down: a day is not said before it is over. */
export function ageText(since: string, now: Date): Inline {
  const ms = Math.max(0, now.getTime() - Date.parse(since));
  if (ms < hourMs) return t('age-minutes', { count: Math.floor(ms / minuteMs) });
  if (ms < dayMs) return t('age-hours', { count: Math.floor(ms / hourMs) });
  return t('age-days', { count: Math.floor(ms / dayMs) });
}

function askedRow(view: ApprovalView, at: PresentContext): Row {
  const { number, headline, status, requestedAt } = view;
  const state = status === 'pending' ? statusTexts.pending : outcomeText(view, readerOf(at));
  return {
    text: t('list-row', { number: strong(number), headline }),
    detail: t('list-asked-row', { status: state, at: instant(requestedAt) }),
    buttons: [{ label: t('open'), press: { a: 'approvals.show', i: { approval: number } } }],
  };
}
