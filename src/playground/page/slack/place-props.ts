import type { Example, Message, Shortcut } from '../model.ts';
import type { Gestures } from './use-gestures.ts';

/** What every conversation is drawn from. */
export interface PlaceProps {
  who: { user: string; team: string };
  gestures: Gestures;
  /** Of this conversation, oldest first. */
  messages: Message[];
  shortcuts: Shortcut[];
  examples: Example[];
  onThread(message: Message): void;
}
