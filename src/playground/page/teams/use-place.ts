import { useState } from 'react';
import type { TeamsConversation, TeamsScreen } from '../../teams/screen-model.ts';
import { keep, kept } from '../remembered.ts';

/** Stands for the app's tab among the ids of conversations. */
export const tabPlace = 'tab';

interface ChosenPlace {
  /** Id of the open conversation, or `tab`. */
  place: string;
  conversation: TeamsConversation | undefined;
  /** Whether somebody has gone anywhere since the page was opened. */
  hasChosen: boolean;
  go(place: string): void;
}

/** Which conversation is open. Everybody's own one with the app has another id, so it is remembered by its kind. */
export function usePlace(screen: TeamsScreen | null): ChosenPlace {
  const [wanted, setWanted] = useState(() => kept('teams.place'));
  const [hasChosen, setHasChosen] = useState(false);
  const conversations = screen?.conversations ?? [];
  const personal = conversations.find((one) => one.kind === 'personal');
  const conversation =
    wanted === tabPlace ? undefined : (conversations.find((one) => one.id === wanted) ?? personal);
  return {
    place: conversation?.id ?? tabPlace,
    conversation,
    hasChosen,
    go(next) {
      const remembered = next === personal?.id ? 'personal' : next;
      keep('teams.place', remembered);
      setWanted(remembered);
      setHasChosen(true);
    },
  };
}
