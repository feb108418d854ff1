import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { requireRecord } from '../../../store/records.ts';
import { type ChannelRow, requireChannelRight } from '../channels/api.ts';
import { canSee, memberNames } from '../members/api.ts';
import { t } from './messages.ts';
import { numberOf, stepsOf } from './queries.ts';
import { type ApprovalRow, approvalRecord } from './record.ts';

/**
 * A request for whoever has to do with it: asked it, is or was asked, or sees what it is about. Throws AppError
 * `forbidden` naming the requester.
 */
export async function requireApprovalSight(ctx: Ctx, approval: Ref): Promise<ApprovalRow> {
  const row = await requireRecord(ctx, approvalRecord, approval.id);
  const { actor } = ctx;
  if (actor.kind === 'system' || row.requesterId === actor.memberId) return row;
  if (row.subjectOwnerId !== null && (await canSee(ctx, row.subjectOwnerId))) return row;
  if (await canSee(ctx, row.requesterId)) return row;
  const seats = (await stepsOf(ctx, [row.id])).flatMap((step) => step.seats);
  if (seats.some(({ memberId }) => memberId === actor.memberId)) return row;
  const names = await memberNames(ctx, [row.requesterId]);
  const people = listed([...names.values()].map((name) => strong(name)));
  throw new AppError('forbidden', t('not-see', { number: numberOf(row), people }));
}

/** Lets pass whoever may decide what a channel is told, and Finance. Throws AppError `forbidden` naming who can. */
export async function requireDeskRight(ctx: Ctx, channel: ChannelRow | undefined): Promise<void> {
  if (ctx.actor.kind === 'member' && ctx.actor.roles.includes('finance')) return;
  await requireChannelRight(ctx, channel);
}
