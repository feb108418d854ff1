import { command } from '../../../kernel/text.ts';
import { defineFeature } from '../../../runtime/feature.ts';
import { show } from './actions/show.ts';
import { t } from './messages.ts';
import { welcome } from './welcome.ts';

export const help = defineFeature({
  name: 'org/help',
  messages: t,
  actions: [show],
  notifications: [welcome],
  home: [
    {
      order: 90,
      title: t('home-title'),
      blocks: async () => [{ t: 'context', of: t('home-line', { line: command('help') }) }],
    },
  ],
});
