import type { Locale } from './kernel/text.ts';
import {
  logCommandId,
  newLeadCommandId,
  searchCommandId,
  searchParameter,
} from './platforms/teams/extension-ids.ts';
import type { ManifestTexts } from './platforms/teams/manifest.ts';
import { teamsMessages as t } from './platforms/teams/messages.ts';
import type { ActionCatalog } from './runtime/registry.ts';
import { plain } from './view/spans.ts';
import type { Translate } from './view/translator.ts';

/** Kinds of record the message extension searches, in the order of its tabs. */
export const searchedKinds = ['account', 'contact', 'deal', 'lead'] as const;

/** Teams lists no more commands of a bot than this. */
const mostCommands = 10;

/** What the app offers before anybody has typed anything: the manifest says it to Teams, the playground shows it. */
export function teamsOffer(registry: ActionCatalog, translate: Translate, locale: Locale): ManifestTexts {
  const reader = { locale, timeZone: 'UTC', translate, commandLine: (line: string) => line } as const;
  const words = (inline: Parameters<typeof plain>[0]) => plain(inline, reader);
  const top = registry
    .actions()
    .flatMap((action) => (action.command?.top ? [{ ...action, command: action.command }] : []))
    .sort((a, b) => (a.command.top ?? 0) - (b.command.top ?? 0))
    .slice(0, mostCommands);
  return {
    summary: words(t('app-summary')),
    description: words(t('app-description')),
    commands: top.map(({ command: { verb, aliases = [] }, summary }) => ({
      line: (locale === 'zh-CN' ? aliases.find((alias) => /\p{Script=Han}/u.test(alias)) : undefined) ?? verb,
      summary: words(summary),
    })),
    searches: searchedKinds.flatMap((kind) => {
      const lookup = registry.lookup(kind);
      if (!lookup) return [];
      return [
        {
          kind,
          title: words(t('search-title', { kind: lookup.label })),
          description: words(t('search-description')),
          hint: words(t('search-hint')),
        },
      ];
    }),
    newLead: { title: words(t('new-lead-title')), description: words(t('new-lead-description')) },
    logMessage: { title: words(t('log-title')), description: words(t('log-description')) },
    tab: words(t('tab-name')),
  };
}

/** Commands of the message extension as the manifest names them, for the playground. */
export function extensionCommands({ searches, newLead, logMessage }: ManifestTexts) {
  return [
    ...searches.map(({ kind, title }) => ({
      id: searchCommandId(kind),
      type: 'query' as const,
      title,
      parameters: [{ name: searchParameter }],
    })),
    { id: newLeadCommandId, type: 'action' as const, title: newLead.title },
    { id: logCommandId, type: 'action' as const, title: logMessage.title, context: ['message' as const] },
  ];
}
