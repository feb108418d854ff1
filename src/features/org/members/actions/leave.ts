import { z } from 'zod';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { requireRecord } from '../../../../store/records.ts';
import { leftCard } from '../cards.ts';
import { depart, openWork } from '../departure.ts';
import { t } from '../messages.ts';
import { departure } from '../model.ts';
import { type MemberRow, memberRecord } from '../record.ts';
import { keepOneAdmin } from './role.ts';

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
    return { person: { memberId: row.id, name: row.name }, unmanaged: await depart(ctx, row) };
  },
  present: leftCard,
});

/** No customer, deal, lead or step may stay with somebody who is gone. Throws AppError `rule` naming what is. */
async function refuseWithOpenWork(ctx: Ctx, row: MemberRow): Promise<void> {
  const open = await openWork(ctx, row);
  if (open) throw new AppError('rule', t('owns-work', { name: strong(row.name), ...open }));
}
