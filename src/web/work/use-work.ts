import { createContext, useContext } from 'react';
import type { SealedPress } from '../../view/press.ts';
import type { ScreenOutcome } from '../../view/screen.ts';
import type { WebInteraction } from '../client/call.ts';

/** What every button and form of the page goes through. */
export interface Work {
  /** Does what the button does and shows what comes of it. */
  press(press: SealedPress): Promise<void>;
  /** The same with the outcome in the caller's hands. `undefined`: it did not reach the service, and that was said. */
  send(interaction: WebInteraction): Promise<ScreenOutcome | undefined>;
  show(outcome: ScreenOutcome): void;
  /** Said to those who do not see the page. */
  announce(text: string): void;
  /** The press that is under way, as JSON. */
  pressing: string | undefined;
}

/** Parts of a page may answer some presses by themselves. */
export const WorkContext = createContext<Work | undefined>(undefined);

export function useWork(): Work {
  const work = useContext(WorkContext);
  if (!work) throw new Error('nobody works here yet');
  return work;
}

/** A screen over the page. */
export type Shown = Extract<ScreenOutcome, { kind: 'card' | 'form' }> & { id: number };
