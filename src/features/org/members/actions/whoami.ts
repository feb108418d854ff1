import { z } from 'zod';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { profileCard } from '../cards.ts';
import { accountViews } from '../linking.ts';
import { t } from '../messages.ts';
import { ownProfile } from '../model.ts';
import { requirePerson } from '../views.ts';

export const whoami = defineAction({
  name: 'members.whoami',
  title: t('whoami-title'),
  summary: t('whoami-summary'),
  effect: 'read',
  input: z.strictObject({}),
  output: ownProfile,
  roles: 'anyone',
  command: {
    verb: 'whoami',
    aliases: ['我是谁'],
    args: [],
    group: 'setup',
    examples: { en: ['whoami'], 'zh-CN': ['我是谁'] },
  },
  example: { as: 'rep', input: {} },
  async run(ctx) {
    const { memberId } = memberOf(ctx);
    const [person, accounts] = await Promise.all([requirePerson(ctx, memberId), accountViews(ctx, memberId)]);
    return { ...person, accounts, now: ctx.now.toISOString(), isChanged: false };
  },
  present: profileCard,
});
