import { z } from 'zod';
import { command, dotted, type Inline, listed, strong } from '../../../kernel/text.ts';
import { type Audience, channelAddress, defineNotification } from '../../../runtime/notification.ts';
import type { Block, Card } from '../../../view/card.ts';
import { approvalCard, logText, outcomeText, seatText } from './cards.ts';
import { t } from './messages.ts';
import { approvalView, logView } from './model.ts';

const place = z.union([
  z.strictObject({ memberId: z.string() }),
  z.strictObject({ channel: channelAddress }),
]) as z.ZodType<Audience>;

/**
 * The card of a request in every place where somebody decides. Edited as it goes on; sent again rather than missed.
 */
export const approvalAsked = defineNotification({
  name: 'approvals.asked',
  payload: z.strictObject({ view: approvalView, places: z.array(place) }),
  audience: ({ places }) => places,
  dedupeKey: ({ view }) => view.id,
  whenUncertain: 'resend',
  withdrawn: movedCard,
  render: ({ view }, { platform, memberId }) => approvalCard(view, { platform, memberId }),
});

/** Nothing of the request: who reads it there is not for us to know. */
function movedCard(): Card {
  const blocks: Block[] = [{ t: 'context', of: t('moved-how', { line: command('approvals', '审批') }) }];
  return { tone: 'info', title: t('moved'), blocks };
}

/** The log under the card: what was done and said, also where the card itself was deleted. */
export const approvalLogged = defineNotification({
  name: 'approvals.logged',
  payload: z.strictObject({ view: approvalView, logId: z.string(), entry: logView, places: z.array(place) }),
  audience: ({ places }) => places,
  dedupeKey: ({ logId }) => logId,
  withdrawn: () => ({ tone: 'plain', blocks: [{ t: 'context', of: t('moved-line') }] }),
  threadOf: ({ view }) => ({ notification: 'approvals.asked', key: view.id }),
  render: ({ view, entry }) => ({
    tone: 'plain',
    // With its number: where the card was deleted, this stands alone.
    blocks: [
      { t: 'text', of: dotted(strong(view.number), logText(entry, listed(view.seats.map(seatText)))) },
    ],
  }),
});

/** The answer, to whoever asked. */
export const approvalAnswered = defineNotification({
  name: 'approvals.answered',
  payload: z.strictObject({ view: approvalView }),
  audience: ({ view }) => [{ memberId: view.requester.memberId }],
  dedupeKey: ({ view }) => view.id,
  whenUncertain: 'resend',
  render: ({ view }, { platform, memberId }) => ({
    ...approvalCard({ ...view, blocks: [] }, { platform, memberId }),
    title: t('told-answer', { number: view.number, outcome: outcomeText(view, { platform }) }),
    blocks: [
      { t: 'text', of: view.headline },
      ...(view.decided?.note ? [{ t: 'quote' as const, of: view.decided.note }] : []),
      ...approvalCard({ ...view, blocks: [] }, { platform, memberId }).blocks.filter(
        (block) => block.t === 'buttons',
      ),
    ],
  }),
});

/** A question or an answer about a request, to the others who have to do with it. */
export const approvalSaid = defineNotification({
  name: 'approvals.said',
  payload: z.strictObject({ view: approvalView, logId: z.string(), entry: logView, places: z.array(place) }),
  audience: ({ places }) => places,
  dedupeKey: ({ logId }) => logId,
  render: ({ view, entry }) => ({
    tone: 'info',
    title: t('told-said', { name: entry.name ?? '', number: view.number }),
    blocks: [
      { t: 'quote', of: entry.note ?? '' },
      { t: 'context', of: view.headline },
      {
        t: 'buttons',
        buttons: [
          {
            label: t('btn-answer'),
            press: { a: 'approvals.say', i: { approval: view.number }, form: true },
          },
          { label: t('open'), press: { a: 'approvals.show', i: { approval: view.number } } },
        ],
      },
    ],
  }),
});

/** It takes long: those who are asked read it once more. */
export const approvalReminder = defineNotification({
  name: 'approvals.reminder',
  payload: z.strictObject({ view: approvalView, logId: z.string(), places: z.array(place) }),
  audience: ({ places }) => places,
  dedupeKey: ({ logId }) => logId,
  staleAfterHours: 24,
  render: ({ view }) => ({
    tone: 'warn',
    title: t('told-reminder', { number: view.number }),
    blocks: [
      { t: 'text', of: view.headline },
      {
        t: 'buttons',
        buttons: [{ label: t('open'), press: { a: 'approvals.show', i: { approval: view.number } } }],
      },
    ],
  }),
});

const stuckWhy = z.enum(['people', 'limits']);
/** Nobody is left to ask in a step, or none of those on the way may grant so much. */
export type StuckWhy = z.infer<typeof stuckWhy>;

/** Nobody can decide: told to the admins, once a day. */
export const approvalStuck = defineNotification({
  name: 'approvals.stuck',
  payload: z.strictObject({ view: approvalView, why: stuckWhy.default('people'), on: z.string() }),
  audience: () => [{ role: 'admin' }],
  dedupeKey: ({ view, on }) => `${view.id} ${on}`,
  render: ({ view, why }) => ({
    tone: 'warn',
    title: t('told-stuck', { number: view.number }),
    blocks: [
      { t: 'text', of: view.headline },
      { t: 'text', of: stuckText(why) },
    ],
  }),
});

function stuckText(why: StuckWhy): Inline {
  const policy = command('policy');
  return why === 'limits'
    ? t('told-stuck-limits', { line: command('policy-limit finance 30%', '审批权限 财务 30%'), policy })
    : t('told-stuck-what', { line: command('role @… manager', '角色 @… 销售主管'), policy });
}
