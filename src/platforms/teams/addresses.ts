import type { PlaceAddress } from '../../runtime/ports.ts';
import type { ConversationAddress } from './connector.ts';

/** Of a person: their own conversation with the bot. `undefined`: none is known. */
export function addressOf(place: PlaceAddress | undefined): ConversationAddress | undefined {
  const { serviceUrl, conversationId } = place ?? {};
  if (serviceUrl === undefined || conversationId === undefined) return undefined;
  return { serviceUrl, conversationId };
}
