import { useEffect, useState } from 'react';
import type { Outcome } from '../../teams/outcome.ts';
import { type Acts, useActs } from '../use-acts.ts';
import { actInTeams, type TeamsGesture, type TeamsWho } from './client.ts';

export interface TeamsActs extends Acts<TeamsGesture, Outcome> {
  /** A short line that the app asked to show; goes by itself. */
  toast: string;
  say(toast: string): void;
}

const shownMs = 6_000;

/** What this person does in this tenant. */
export function useTeamsActs(who: TeamsWho, refresh: () => Promise<void>): TeamsActs {
  const [toast, setToast] = useState('');
  const acts = useActs<TeamsGesture, Outcome>({
    send: async (gesture, body) => {
      setToast('');
      const outcome = await actInTeams(gesture, { ...who, ...body });
      if (outcome.toast) setToast(outcome.toast);
      return outcome;
    },
    problemOf: (_gesture, { error }) => error,
    refresh,
  });
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => setToast(''), shownMs);
    return () => clearTimeout(timer);
  }, [toast]);
  return { ...acts, toast, say: setToast };
}
