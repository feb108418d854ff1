import { dayIn } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Ref, Span } from '../../../kernel/fields.ts';
import { command, day, type Inline, listed, strong } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { on } from '../../../runtime/event.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import { changesUndone } from '../audit/api.ts';
import { type MemberFacts, memberNames, readMember, withRole } from '../members/api.ts';
import type { SubstituteList, SubstituteSet, SubstitutesEnded, SubstituteView } from './desk-model.ts';
import { daysText } from './desk-words.ts';
import { substitutesChanged } from './events.ts';
import { t } from './messages.ts';
import { substituteBetween, substitutesFrom } from './policy-queries.ts';
import { waitingFor } from './queries.ts';
import { type SubstituteRow, substituteRecord } from './record.ts';
import { mayDecide } from './routing.ts';
import { reviewAll } from './watch.ts';

const shown = 30;
const mostCounted = 50;

const today = (ctx: Ctx) => dayIn(ctx.now, ctx.org.timeZone);

/** For whom: oneself, and an admin for anybody. Throws AppError `forbidden` naming the admins. */
async function whose(ctx: Ctx, of: Ref | undefined): Promise<MemberFacts> {
  const { memberId, roles } = memberOf(ctx);
  if (of && of.id !== memberId && !roles.includes('admin')) {
    const admins = await withRole(ctx, 'admin', 3);
    const people = listed(admins.map(({ name }) => strong(name)));
    throw new AppError('forbidden', t('sub-admins-only', { people }));
  }
  return (await readMember(ctx, of?.id ?? memberId)) as MemberFacts;
}

export interface SubstituteAsked {
  substitute: Ref;
  days: Span;
  of?: Ref | undefined;
}

/**
 * Lets somebody decide in another's place on some days. Throws AppError `rule` for people who decide nothing, for days
 * that are over or taken, and where the substitute is away themselves.
 */
export async function setSubstitute(ctx: Ctx, asked: SubstituteAsked): Promise<SubstituteSet> {
  const { substitute, days } = asked;
  const of = await whose(ctx, asked.of);
  const by = (await readMember(ctx, substitute.id)) as MemberFacts;
  if (of.memberId === by.memberId) throw refused('substitute', t('sub-self'));
  if (!mayDecide(of.roles)) throw refused('of', t('sub-nothing', { name: strong(of.name) }));
  if (by.status !== 'active' || !mayDecide(by.roles)) throw await notDeciding(ctx, of, by);
  if (days.to < today(ctx)) throw refused('days', t('sub-over', { day: day(days.to) }));
  await requireFree(ctx, { of, by, days });
  const row = await createRecord(ctx, substituteRecord, {
    memberId: of.memberId,
    substituteId: by.memberId,
    fromOn: days.from,
    untilOn: days.to,
  });
  ctx.emit(substitutesChanged, {});
  const view = viewOf(ctx, row, new Map([of, by].map(({ memberId, name }) => [memberId, name])));
  const waiting = view.isNow ? (await waitingFor(ctx, of.memberId, mostCounted)).length : 0;
  return { ...view, waiting };
}

async function notDeciding(ctx: Ctx, of: MemberFacts, by: MemberFacts): Promise<AppError> {
  const deciders = [...(await withRole(ctx, 'manager', 5)), ...(await withRole(ctx, 'finance', 5))].filter(
    ({ memberId }) => memberId !== of.memberId && memberId !== by.memberId,
  );
  const names = [...new Map(deciders.map(({ memberId, name }) => [memberId, strong(name)])).values()];
  return refused('substitute', t('not-decider', { name: strong(by.name), people: listed(names) }));
}

interface Wanted {
  of: MemberFacts;
  by: MemberFacts;
  days: Span;
}

/** One substitute at a time, who is there: so that there are no chains, and no circles either. */
async function requireFree(ctx: Ctx, { of, by, days }: Wanted): Promise<void> {
  const known = await substituteBetween(ctx, of.memberId, days);
  const away = await substituteBetween(ctx, by.memberId, days);
  if (!known && !away) return;
  const row = (known ?? away) as SubstituteRow;
  const names = await memberNames(ctx, [row.substituteId]);
  const values = {
    of: strong(of.name),
    by: strong(by.name),
    other: strong(names.get(row.substituteId) ?? '?'),
    days: daysText({ from: row.fromOn, until: row.untilOn }),
  };
  if (known) throw new AppError('rule', t('sub-overlap', { ...values, line: command(offLine(ctx, of)) }));
  const isCircle = row.substituteId === of.memberId;
  throw new AppError('rule', t(isCircle ? 'sub-circle' : 'sub-away', values));
}

function offLine(ctx: Ctx, { memberId, name }: MemberFacts): string {
  return memberId === memberOf(ctx).memberId ? 'substitute off' : `substitute off for:"${name}"`;
}

/** Ends those of now and takes away those to come; with `from` only the one that begins on that day. */
export async function endSubstitutes(
  ctx: Ctx,
  { of: ref, from }: { of?: Ref | undefined; from?: string | undefined },
): Promise<SubstitutesEnded> {
  const of = await whose(ctx, ref);
  const rows = await substitutesFrom(ctx, today(ctx), { memberId: of.memberId });
  const ended = rows.filter(({ fromOn }) => from === undefined || fromOn === from);
  const names = await memberNames(ctx, [of.memberId, ...ended.map(({ substituteId }) => substituteId)]);
  for (const row of ended) await changeRecord(ctx, substituteRecord, row, { archivedAt: ctx.now });
  if (ended.length > 0) ctx.emit(substitutesChanged, {});
  return {
    of: { memberId: of.memberId, name: of.name },
    ended: ended.map((row) => viewOf(ctx, row, names)),
  };
}

/** Everybody's, whose days are not over. */
export async function substitutesShown(ctx: Ctx): Promise<SubstituteList> {
  const rows = await substitutesFrom(ctx, today(ctx), { limit: shown + 1 });
  const names = await memberNames(
    ctx,
    rows.flatMap(({ memberId, substituteId }) => [memberId, substituteId]),
  );
  return {
    substitutes: rows.slice(0, shown).map((row) => viewOf(ctx, row, names)),
    hasMore: rows.length > shown,
  };
}

function viewOf(ctx: Ctx, row: SubstituteRow, names: ReadonlyMap<string, string>): SubstituteView {
  const { memberId, substituteId, fromOn, untilOn } = row;
  const person = (id: string) => ({ memberId: id, name: names.get(id) ?? '?' });
  const isNow = fromOn <= today(ctx) && today(ctx) <= untilOn;
  return { of: person(memberId), by: person(substituteId), from: fromOn, until: untilOn, isNow };
}

function refused(field: string, message: Inline): AppError {
  return new AppError('rule', message, { fields: [{ field, message }] });
}

/** At once for what waits; days that begin and end by themselves are noticed by the watch. */
export const substituteSubscriptions = [
  on(substitutesChanged, 'approvals.substitutes-changed', (ctx) => reviewAll(ctx)),
  on(changesUndone, 'approvals.substitutes-undone', async (ctx, { records }) => {
    if (records.some(({ kind }) => kind === substituteRecord.kind)) await reviewAll(ctx);
  }),
];
