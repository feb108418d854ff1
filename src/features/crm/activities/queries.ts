import { and, arrayContains, count, desc, eq, gte, isNull, lt, or, type SQL } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { members } from '../../../store/tables/people.ts';
import type { TimelineEntry } from './model.ts';
import type { ActivityRow } from './record.ts';
import { activities } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export type TimelineSubject =
  | { accountId: string }
  | { dealId: string }
  | { leadId: string }
  | { contactId: string };

/** Latest activities first; each subject has its own index by time. */
export async function timeline(ctx: Reading, of: TimelineSubject, limit: number): Promise<TimelineEntry[]> {
  const rows = await ctx.tx
    .select({ activity: activities, by: members.name })
    .from(activities)
    .leftJoin(members, and(eq(members.orgId, activities.orgId), eq(members.id, activities.memberId)))
    .where(and(eq(activities.orgId, ctx.org.id), about(of), isNull(activities.archivedAt)))
    .orderBy(desc(activities.at), desc(activities.id))
    .limit(limit);
  return rows.map(({ activity, by }) => ({
    id: activity.id,
    kind: activity.kind,
    at: activity.at.toISOString(),
    minutes: activity.minutes,
    note: activity.note,
    by,
    metName: activity.metName,
    decisionMakerMet: activity.decisionMakerMet,
  }));
}

/** Whom we know to have been there, first named or not. */
function wasMet(contactId: string): SQL | undefined {
  return or(eq(activities.contactId, contactId), arrayContains(activities.alsoMetIds, [contactId]));
}

/** Activities, archived ones too, where somebody was among the others. */
export function alsoMetIn(ctx: Reading, contactId: string): Promise<ActivityRow[]> {
  return ctx.tx
    .select()
    .from(activities)
    .where(and(eq(activities.orgId, ctx.org.id), arrayContains(activities.alsoMetIds, [contactId])));
}

function about(of: TimelineSubject): SQL | undefined {
  if ('dealId' in of) return eq(activities.dealId, of.dealId);
  if ('leadId' in of) return eq(activities.leadId, of.leadId);
  return 'contactId' in of ? wasMet(of.contactId) : eq(activities.accountId, of.accountId);
}

/** Meetings of a member with decision makers in [from, to). */
export async function decisionMakerMeetings(
  ctx: Reading,
  memberId: string,
  from: Date,
  to: Date,
): Promise<number> {
  const rows = await ctx.tx
    .select({ all: count() })
    .from(activities)
    .where(
      and(
        eq(activities.orgId, ctx.org.id),
        eq(activities.memberId, memberId),
        gte(activities.at, from),
        lt(activities.at, to),
        eq(activities.decisionMakerMet, true),
        isNull(activities.archivedAt),
      ),
    );
  return rows[0]?.all ?? 0;
}
