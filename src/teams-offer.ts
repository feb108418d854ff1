import {
  logCommandId,
  newLeadCommandId,
  searchCommandId,
  searchParameter,
} from './platforms/teams/extension-ids.ts';
import { teamsWords } from './platforms/teams/words.ts';
import type { ActionCatalog } from './runtime/registry.ts';
import { plain } from './view/spans.ts';
import type { Translate } from './view/translator.ts';

/** Kinds of record the message extension searches, in the order of its tabs. */
export const searchedKinds = ['account', 'contact', 'deal', 'lead'] as const;

/** Teams lists no more commands of a bot than this. */
const mostCommands = 10;

/** What the app offers before anybody has typed anything: the manifest says it to Teams, the playground shows it. */
export interface TeamsOffer {
  /** Of the bot, the commonest first. */
  commands: { title: string; description: string }[];
  searches: { id: string; title: string; description: string; parameterTitle: string }[];
  newLead: { title: string; description: string };
  logToCrm: { title: string; description: string };
}

export function teamsOffer(registry: ActionCatalog, translate: Translate): TeamsOffer {
  const reader = { locale: 'en', timeZone: 'UTC', translate, commandLine: teamsWords.commandLine } as const;
  const top = registry
    .actions()
    .flatMap((action) =>
      action.command?.top ? [{ action, ...action.command, top: action.command.top }] : [],
    )
    .sort((a, b) => a.top - b.top)
    .slice(0, mostCommands);
  return {
    commands: top.map(({ action, verb }) => ({ title: verb, description: plain(action.summary, reader) })),
    searches: searchedKinds.flatMap((kind) => {
      const lookup = registry.lookup(kind);
      if (!lookup) return [];
      const label = plain(lookup.label, reader);
      return [
        {
          id: searchCommandId(kind),
          title: `${label}s`,
          description: `Find a ${label.toLowerCase()} by number or name`,
          parameterTitle: 'Number or name',
        },
      ];
    }),
    newLead: { title: 'New lead', description: 'Save somebody who might buy' },
    logToCrm: { title: 'Log to CRM', description: 'Save this message with a customer, lead or deal' },
  };
}

/** A command of the message extension as the manifest names it, for the playground. */
export function extensionCommands({ searches, newLead, logToCrm }: TeamsOffer) {
  return [
    ...searches.map(({ id, title }) => ({
      id,
      type: 'query' as const,
      title,
      parameters: [{ name: searchParameter }],
    })),
    { id: newLeadCommandId, type: 'action' as const, title: newLead.title },
    { id: logCommandId, type: 'action' as const, title: logToCrm.title, context: ['message' as const] },
  ];
}
