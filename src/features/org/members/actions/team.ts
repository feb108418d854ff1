import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { teamCard } from '../cards.ts';
import { t } from '../messages.ts';
import { teamList } from '../model.ts';
import { peopleViews, unitsBelow, unitViews } from '../queries.ts';

const pageSize = 25;

export const team = defineAction({
  name: 'members.team',
  title: t('team-title'),
  summary: t('team-summary'),
  effect: 'read',
  input: z.strictObject({
    unit: f.ref('unit', t('unit'), { placeholder: 'East' }).optional(),
    page: f.number(t('page'), { max: 1000 }).optional(),
  }),
  output: teamList,
  roles: internalRoles,
  hidden: ['page'],
  command: {
    verb: 'team',
    aliases: ['团队', 'people'],
    args: ['unit'],
    keys: { group: 'unit', branch: 'unit', region: 'unit', 分公司: 'unit', page: 'page' },
    group: 'manager',
    examples: { en: ['team', 'team East'], 'zh-CN': ['团队', '团队 East'] },
  },
  example: { as: 'rep', input: {} },

  async run(ctx, { unit, page = 0 }) {
    const unitIds = unit && (await unitsBelow(ctx, unit.id));
    const [units, people] = await Promise.all([
      page === 0 && !unit ? unitViews(ctx, 30) : [],
      peopleViews(ctx, { ...(unitIds ? { unitIds } : {}), offset: page * pageSize, limit: pageSize + 1 }),
    ]);
    return {
      units,
      people: people.slice(0, pageSize),
      unit: unit?.label ?? null,
      page,
      hasMore: people.length > pageSize,
    };
  },
  present: teamCard,
});
