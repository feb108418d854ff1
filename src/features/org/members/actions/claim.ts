import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import { strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { changeRecord, requireRecord } from '../../../../store/records.ts';
import { claimedCard, confirmClaimCard } from '../cards.ts';
import { moveIdentities, moveRecords } from '../handover-queries.ts';
import { t } from '../messages.ts';
import { claim as claimOutput } from '../model.ts';
import { subtreeOf } from '../queries.ts';
import { type MemberRow, memberRecord } from '../record.ts';
import { asRoleSet } from '../rules.ts';
import { requirePerson } from '../views.ts';

export const claim = defineAction({
  name: 'members.claim',
  title: t('claim-title'),
  summary: t('claim-summary'),
  effect: 'write',
  input: z.strictObject({
    member: f.ref('unlinked-member', t('unlinked'), { placeholder: '"Anna Snelling"' }),
    person: f.person(t('claimer'), { placeholder: '@anna' }),
  }),
  output: claimOutput,
  roles: ['admin'],
  noUndo: t('claim-no-undo'),
  command: {
    verb: 'claim-member',
    aliases: ['认领成员'],
    args: ['member', 'person'],
    group: 'setup',
    examples: { en: ['claim-member "Anna Snelling" @noah'], 'zh-CN': ['认领成员 "Anna Snelling" @noah'] },
  },
  example: { as: 'admin', input: { member: 'Anna Snelling', person: '@noah.patel' } },

  async confirm(ctx, input) {
    const { known, claimer } = await bothSides(ctx, input);
    return confirmClaimCard({ known: known.name, claimer: claimer.name });
  },

  /** The imported person stays, since history and totals hang on it; the chat account and later records move there. */
  async run(ctx, input) {
    const { known, claimer } = await bothSides(ctx, input);
    const moved = await moveRecords(ctx, claimer.id, known.id);
    const platforms = await moveIdentities(ctx, claimer.id, known.id);
    await changeRecord(ctx, memberRecord, claimer, { status: 'left', roles: [], email: null });
    // Read again: where one of the two reported to the other, the move has changed it.
    const joined = await requireRecord(ctx, memberRecord, known.id);
    await changeRecord(ctx, memberRecord, joined, {
      status: 'active',
      roles: asRoleSet([...known.roles, ...claimer.roles]),
      email: claimer.email ?? known.email,
      locale: claimer.locale,
      timeZone: claimer.timeZone,
      unitId: known.unitId ?? claimer.unitId,
      reportsTo: await managerAfter(ctx, joined, claimer),
    });
    return { person: await requirePerson(ctx, known.id), joined: claimer.name, platforms, moved };
  },
  present: claimedCard,
});

/** Whom the joined person reports to: nobody who works below them. */
async function managerAfter(ctx: Ctx, joined: MemberRow, claimer: MemberRow): Promise<string | null> {
  const below = await subtreeOf(ctx, joined.id);
  const managers = [joined.reportsTo, claimer.reportsTo];
  return managers.find((one) => one !== null && !below.includes(one)) ?? null;
}

/** The imported person and the one with a chat account. Throws AppError `rule` when either is something else. */
async function bothSides(
  ctx: Ctx,
  { member, person }: { member: Ref; person: Ref },
): Promise<{ known: MemberRow; claimer: MemberRow }> {
  const [known, claimer] = await Promise.all([
    requireRecord(ctx, memberRecord, member.id),
    requireRecord(ctx, memberRecord, person.id),
  ]);
  if (claimer.status !== 'active')
    throw new AppError('rule', t('no-account', { name: strong(claimer.name) }));
  return { known, claimer };
}
