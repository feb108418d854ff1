import type { Reply } from './interaction.ts';
import { engineMessages } from './messages.ts';

/** Whether the engine answers with nothing but this text of its own. */
export function says({ outcome }: Reply, key: 'duplicate' | 'unavailable' | 'too-many'): boolean {
  if (outcome.kind !== 'card') return false;
  const { title } = outcome.card;
  return typeof title === 'object' && title.t === 'msg' && title.key === `${engineMessages.namespace}.${key}`;
}
