import { z } from 'zod';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { profileCard } from '../cards.ts';
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
    const person = await requirePerson(ctx, memberOf(ctx).memberId);
    return { ...person, now: ctx.now.toISOString(), isChanged: false };
  },
  present: profileCard,
});
