import { command } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { defineFeature } from '../../../runtime/feature.ts';
import { rolesAllow } from '../../../runtime/registry.ts';
import type { Button } from '../../../view/card.ts';
import { show } from './actions/show.ts';
import { t } from './messages.ts';
import { welcome } from './welcome.ts';

/** Where to look on a day on which nothing waits, for whom the action behind it is. */
function lookButtons({ actor, catalog }: Ctx): Button[] {
  const roles = actor.kind === 'member' ? actor.roles : [];
  const all: Button[] = [
    { label: t('look-pipeline'), press: { a: 'deals.pipeline', i: {} } },
    { label: t('look-today'), press: { a: 'next-steps.today', i: {} } },
    { label: t('look-approvals'), press: { a: 'approvals.list', i: {} } },
    { label: t('look-lead'), press: { a: 'leads.create', i: {}, form: true } },
  ];
  return all.filter(({ press }) => {
    const action = 'a' in press ? catalog.action(press.a) : undefined;
    return action !== undefined && rolesAllow(action, roles);
  });
}

export const help = defineFeature({
  name: 'org/help',
  messages: t,
  actions: [show],
  notifications: [welcome],
  home: [
    {
      order: 90,
      title: t('home-title'),
      blocks: async (ctx) =>
        ctx.platform === 'web' ? [] : [{ t: 'context', of: t('home-line', { line: command('help') }) }],
    },
    {
      order: 85,
      title: t('home-look'),
      blocks: async (ctx) => (ctx.platform === 'web' ? [{ t: 'buttons', buttons: lookButtons(ctx) }] : []),
    },
  ],
});
