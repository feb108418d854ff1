import { useRef, useState } from 'react';
import type { Json, Outcome } from './model.ts';

export interface Acts<Gesture extends string, Result extends Outcome> {
  run(gesture: Gesture, body: Json): Promise<Result | null>;
  /** Gestures that wait for their answer. */
  running: number;
  /** How long the last answer took. */
  lastMs: number | null;
  problem: string;
  dismiss(): void;
}

interface Wiring<Gesture extends string, Result extends Outcome> {
  send(gesture: Gesture, body: Json): Promise<Result>;
  /** What is wrong with an outcome and said nowhere else. */
  problemOf(gesture: Gesture, outcome: Result): string | undefined;
  refresh(): Promise<void>;
}

/** Sends what the person does, and keeps what there is to say about it. */
export function useActs<Gesture extends string, Result extends Outcome>(
  wiring: Wiring<Gesture, Result>,
): Acts<Gesture, Result> {
  const [running, setRunning] = useState(0);
  const [lastMs, setLastMs] = useState<number | null>(null);
  const [problem, setProblem] = useState('');
  const latest = useRef(wiring);
  latest.current = wiring;

  const run = async (gesture: Gesture, body: Json): Promise<Result | null> => {
    setRunning((count) => count + 1);
    setProblem('');
    try {
      const { send, problemOf, refresh } = latest.current;
      const outcome = await send(gesture, body);
      if (outcome.status > 0) setLastMs(outcome.ms);
      setProblem(problemOf(gesture, outcome) ?? '');
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
