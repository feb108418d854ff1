import { command } from '../../../kernel/text.ts';
import { defineFeature } from '../../../runtime/feature.ts';
import { show } from './actions/show.ts';
import { t } from './messages.ts';

export const help = defineFeature({
  name: 'org/help',
  messages: t,
  actions: [show],
  home: [
    {
      order: 90,
      title: t('home-title'),
      blocks: async () => [{ t: 'context', of: t('home-line', { line: command('help') }) }],
    },
  ],
});
