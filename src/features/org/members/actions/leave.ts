import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { command, type Inline, listed, strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { changeRecord, requireRecord } from '../../../../store/records.ts';
import { endSessions } from '../account-queries.ts';
import { leftCard } from '../cards.ts';
import { type OwnedWork, openWorkOf } from '../handover-queries.ts';
import { t } from '../messages.ts';
import { departure } from '../model.ts';
import { type MemberRow, memberRecord } from '../record.ts';
import { handleOf } from '../rules.ts';
import { keepOneAdmin, leaveUnits } from './role.ts';

export const leave = defineAction({
  name: 'members.leave',
  title: t('leave-title'),
  summary: t('leave-summary'),
  effect: 'write',
  input: z.strictObject({ person: f.person(t('member'), { placeholder: '@wang' }) }),
  output: departure,
  roles: ['admin'],
  command: {
    verb: 'deactivate',
    aliases: ['停用', '离职', 'offboard'],
    args: ['person'],
    group: 'setup',
    examples: { en: ['deactivate @noah'], 'zh-CN': ['停用 @noah'] },
  },
  example: { as: 'admin', input: { person: '@noah.patel' } },

  async run(ctx, { person }) {
    const row = await requireRecord(ctx, memberRecord, person.id);
    await keepOneAdmin(ctx, row, []);
    await refuseWithOpenWork(ctx, row);
    await changeRecord(ctx, memberRecord, row, { status: 'left' });
    await endSessions(ctx, row.id);
    return { person: { memberId: row.id, name: row.name }, unmanaged: await leaveUnits(ctx, row.id) };
  },
  present: leftCard,
});

/** No customer, deal, lead or step may stay with somebody who is gone. Throws AppError `rule` naming what is. */
async function refuseWithOpenWork(ctx: Ctx, row: MemberRow): Promise<void> {
  const work: OwnedWork[] = [];
  for (const kind of ctx.catalog.recordKinds()) {
    const owned = await openWorkOf(ctx, kind, row.id);
    if (owned && owned.count > 0) work.push(owned);
  }
  if (work.length === 0) return;
  const [first] = work.flatMap(({ examples }) => examples);
  const who = handleOf(row.name) ?? row.name;
  throw new AppError(
    'rule',
    t('owns-work', {
      name: strong(row.name),
      work: listed(work.map((owned) => workText(ctx, owned))),
      assign: command(`assign ${first ?? 'D-142'} @…`),
      find: command(`find owner:${who}`),
    }),
  );
}

/** `3 × Deal (D-1, D-2, …)`. */
function workText(ctx: Ctx, { kind, count, examples }: OwnedWork): Inline {
  return t('owns-some', {
    n: count,
    kind: ctx.catalog.lookup(kind)?.label ?? (kind === 'next-step' ? t('next-step') : kind),
    examples: listed([...examples, ...(count > examples.length ? ['…'] : [])]),
  });
}
