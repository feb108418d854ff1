import { createContext, useContext } from 'react';
import { type Dictionary, dictionaryFor } from './dictionary.ts';
import type { Channel, User } from './model.ts';

/** What every part of a pane may need: the reader's words and zone, and who and what the ids stand for. */
export interface Surroundings {
  words: Dictionary;
  locale: string;
  timeZone: string;
  users: User[];
  channels: Channel[];
  app: { name: string; botUserId: string };
}

export const SurroundingsContext = createContext<Surroundings>({
  words: dictionaryFor('en-US'),
  locale: 'en-US',
  timeZone: 'UTC',
  users: [],
  channels: [],
  app: { name: 'Parley', botUserId: '' },
});

export function useSurroundings(): Surroundings {
  return useContext(SurroundingsContext);
}

export function nameOfUser({ users, app }: Surroundings, id: string): string {
  if (id === app.botUserId) return app.name;
  if (id === 'USLACKBOT') return 'Workspace';
  return users.find((user) => user.id === id)?.realName ?? id;
}
