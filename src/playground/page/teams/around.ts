import { createContext, useContext } from 'react';
import type { TeamsScreen } from '../../teams/screen-model.ts';
import { type Dictionary, dictionaryFor } from '../dictionary.ts';
import type { Command } from '../model.ts';
import type { TeamsActs } from './use-teams-acts.ts';

/** What every part of the pane may need. */
export interface TeamsAround {
  words: Dictionary;
  locale: string;
  timeZone: string;
  who: { user: string; tenant: string };
  /** `29:…` of whoever looks. */
  me: string;
  acts: TeamsActs;
  tenant: TeamsScreen['tenant'];
  commands: Command[];
}

export const TeamsContext = createContext<TeamsAround>({
  words: dictionaryFor('en-US'),
  locale: 'en-US',
  timeZone: 'UTC',
  who: { user: '', tenant: '' },
  me: '',
  acts: {
    run: () => Promise.resolve(null),
    running: 0,
    lastMs: null,
    problem: '',
    dismiss: () => undefined,
    toast: '',
    say: () => undefined,
  },
  tenant: { id: '', name: '', appName: 'CRM', botId: '' },
  commands: [],
});

export function useTeams(): TeamsAround {
  return useContext(TeamsContext);
}
