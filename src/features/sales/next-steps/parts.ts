import { type MemberActor, sellingRoles } from '../../../kernel/context.ts';
import { dayIn } from '../../../kernel/dates.ts';
import type { Inline } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { HomeSection, RecordMerge, RecordSection } from '../../../runtime/feature.ts';
import type { Block } from '../../../view/card.ts';
import { visibleOwners } from '../../org/members/api.ts';
import { type AgendaPart, clocks, steps, unplanned } from './agenda.ts';
import { moveStep } from './api.ts';
import { lateRow, stepRow, todayLine } from './cards.ts';
import { t } from './messages.ts';
import { type SubjectKind, subjectKinds } from './model.ts';
import { lateStepsBeside, openStep, readSubject } from './queries.ts';
import { needsStep } from './subjects.ts';

/** The open next step on the cards of leads, deals and customers, or that there is none. */
export const stepSections: readonly RecordSection[] = subjectKinds.map((kind) => ({
  kind,
  order: 10,
  blocks: (ctx, id) => stepBlocks(ctx, kind, id),
}));

async function stepBlocks(ctx: Ctx, kind: SubjectKind, id: string): Promise<Block[]> {
  const [step, subject] = await Promise.all([openStep(ctx, id), readSubject(ctx, { kind, id })]);
  const canChange = isSelling(ctx);
  if (step) return [{ t: 'rows', rows: [stepRow(step, presenting(ctx), canChange)] }];
  // A lead's own card says that its plan is owed.
  return kind === 'deal' && subject && needsStep(subject) ? [{ t: 'text', of: t('none-yet') }] : [];
}

/** The open step of a customer follows it into the one that stays, unless that has one. */
export const stepMerge: RecordMerge = {
  kind: 'account',
  async move(ctx, fromId, intoId) {
    return (await moveStep(ctx, fromId, { kind: 'account', id: intoId })) ? t('step-moved') : undefined;
  },
};

/** What is due, plans owed, and deals that nobody has planned for: each a part of the home screen. */
export const homeSections: readonly HomeSection[] = [
  section(10, t('home-due'), steps, 10),
  section(20, t('group-clock'), clocks, 5),
  section(30, t('group-unplanned'), unplanned, 5),
  { order: 35, title: t('home-team'), blocks: teamBlocks },
];

const mostOfTeam = 5;

/** A manager's people and what they are late with: the figure of the team's digest, step by step. */
async function teamBlocks(ctx: Ctx): Promise<Block[]> {
  if (ctx.actor.kind !== 'member' || !ctx.actor.roles.includes('manager')) return [];
  const at = presenting(ctx);
  const owners = await visibleOwners(ctx);
  const day = { on: at.today, now: ctx.now };
  const late = await lateStepsBeside(ctx, ctx.actor.memberId, owners, day, mostOfTeam + 1);
  if (late.length === 0) return [];
  const rows = late.slice(0, mostOfTeam).map((step) => lateRow(step, at));
  return [{ t: 'rows', rows }, ...moreOf(late, mostOfTeam)];
}

/** Says that there is more than what is shown of it. */
function moreOf(all: readonly unknown[], shown: number): Block[] {
  return all.length > shown ? [{ t: 'context', of: t('more') }] : [];
}

function section(order: number, title: Inline, read: AgendaPart, limit: number): HomeSection {
  return {
    order,
    title,
    async blocks(ctx) {
      if (ctx.actor.kind !== 'member') return [];
      const at = presenting(ctx);
      const entries = await read(ctx, ctx.actor.memberId, at.today, limit + 1);
      if (entries.length === 0) return [];
      const rows = entries.slice(0, limit).map(({ shown }) => todayLine(shown, at));
      return [{ t: 'rows', rows }, ...moreOf(entries, limit)];
    },
  };
}

function presenting(ctx: Ctx): PresentContext {
  const { org, actor, readOn: platform, now } = ctx;
  return { org, actor, platform, now, today: dayIn(now, ctx.read.timeZone) };
}

function isSelling({ actor }: Pick<Ctx, 'actor'>): boolean {
  return (
    actor.kind === 'member' &&
    (actor as MemberActor).roles.some((role) => (sellingRoles as readonly string[]).includes(role))
  );
}
