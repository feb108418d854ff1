import type { Ctx } from '../../../runtime/context.ts';
import { createRecord } from '../../../store/records.ts';
import { touchAccount } from '../accounts/api.ts';
import { touchContact } from '../contacts/api.ts';
import { activityLogged } from './events.ts';
import type { ActivityKind, TimelineEntry } from './model.ts';
import { type TimelineSubject, timeline } from './queries.ts';
import { type ActivityRow, activityRecord } from './record.ts';

export { activityLogged } from './events.ts';
export { type ActivityKind, meetingKinds, type TimelineEntry } from './model.ts';

export interface NewActivity {
  kind: ActivityKind;
  /** Default: now. */
  at?: Date | undefined;
  minutes?: number | null | undefined;
  note?: string | null | undefined;
  accountId?: string | null | undefined;
  contactId?: string | null | undefined;
  /** Others who were there, by contact. */
  alsoMetIds?: readonly string[] | undefined;
  /** Who was met, also when no contact record exists. */
  metName?: string | null | undefined;
  decisionMakerMet?: boolean | undefined;
  leadId?: string | null | undefined;
  dealId?: string | null | undefined;
}

/**
 * Saves an activity of the acting member and notes the touch on the customer and everybody met. An internal
 * note is no touch. Emits activities.logged.
 */
export async function logActivity(ctx: Ctx, values: NewActivity): Promise<ActivityRow> {
  const at = values.at ?? ctx.now;
  const memberId = ctx.actor.kind === 'member' ? ctx.actor.memberId : null;
  const { alsoMetIds = [], ...rest } = values;
  const also = alsoMetIds.length === 0 ? null : [...alsoMetIds];
  const row = await createRecord(ctx, activityRecord, { ...rest, alsoMetIds: also, at, memberId });
  const { kind, accountId, contactId, dealId, leadId } = row;
  const met = contactId === null ? alsoMetIds : [contactId, ...alsoMetIds];
  if (kind !== 'note') {
    await Promise.all([
      accountId === null ? undefined : touchAccount(ctx, accountId, at),
      ...met.map((id) => touchContact(ctx, id, at)),
    ]);
  }
  ctx.emit(activityLogged, { activityId: row.id, kind, memberId, accountId, dealId, leadId });
  return row;
}

/** Latest activities of a customer, deal or lead, newest first. */
export function timelineOf(ctx: Ctx, subject: TimelineSubject, limit: number): Promise<TimelineEntry[]> {
  return timeline(ctx, subject, limit);
}
