import { useRef, useState } from 'react';
import { act, type Gesture } from '../client.ts';
import type { Json, Outcome } from '../model.ts';

export interface Gestures {
  run(gesture: Gesture, body: Json): Promise<Outcome | null>;
  /** Gestures that wait for their answer. */
  running: number;
  /** How long the last answer took. */
  lastMs: number | null;
  problem: string;
  dismiss(): void;
}

/** Sends what the person does, and keeps what there is to say about it. */
export function useGestures(who: { user: string; team: string }, refresh: () => Promise<void>): Gestures {
  const [running, setRunning] = useState(0);
  const [lastMs, setLastMs] = useState<number | null>(null);
  const [problem, setProblem] = useState('');
  const latest = useRef(who);
  latest.current = who;

  const run = async (gesture: Gesture, body: Json): Promise<Outcome | null> => {
    setRunning((count) => count + 1);
    setProblem('');
    try {
      const outcome = await act(gesture, { ...latest.current, ...body });
      if (outcome.status > 0) setLastMs(outcome.ms);
      // A command's failure is a message of its own, and field errors stand under their fields.
      if (outcome.error && gesture !== 'command' && !outcome.errors) setProblem(outcome.error);
      await refresh().catch(() => undefined);
      return outcome;
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause));
      return null;
    } finally {
      setRunning((count) => count - 1);
    }
  };

  return { run, running, lastMs, problem, dismiss: () => setProblem('') };
}
