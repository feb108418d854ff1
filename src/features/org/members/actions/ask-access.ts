import { z } from 'zod';
import { dayIn } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { accessCard } from '../cards.ts';
import { t } from '../messages.ts';
import { accessRequest } from '../model.ts';
import { accessAsked } from '../notifications.ts';
import { hasDone, withRole } from '../queries.ts';
import { requirePerson } from '../views.ts';

const name = 'members.ask-access';
const dayMs = 86_400_000;

export const askAccess = defineAction({
  name,
  title: t('ask-title'),
  summary: t('ask-summary'),
  effect: 'write',
  input: z.strictObject({}),
  output: accessRequest,
  roles: 'anyone',
  noUndo: t('ask-no-undo'),
  command: {
    verb: 'ask-access',
    aliases: ['申请权限'],
    args: [],
    group: 'setup',
    examples: { en: ['ask-access'], 'zh-CN': ['申请权限'] },
  },
  example: { as: 'rep', input: {} },

  async run(ctx) {
    const { memberId, roles } = memberOf(ctx);
    if (roles.length > 0) return { sentTo: [], roles: [...roles] };
    const admins = await withRole(ctx, 'admin', 5);
    if (admins.length === 0) throw new AppError('rule', t('no-admin-yet'));
    if (await hasDone(ctx, memberId, name, new Date(ctx.now.getTime() - dayMs))) {
      throw new AppError('rate_limited', t('asked-already'));
    }
    const person = await requirePerson(ctx, memberId);
    ctx.notify(accessAsked, {
      name: person.name,
      email: person.email,
      key: `@${memberId}`,
      memberId,
      askedOn: dayIn(ctx.now, ctx.org.timeZone),
    });
    return { sentTo: admins.map((admin) => admin.name), roles: [] };
  },
  present: accessCard,
});
