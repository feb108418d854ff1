import { says } from '../../runtime/says.ts';
import type { SaidMention } from './activities.ts';
import { decodeLine, decodePress, isConversation, mentionsIn } from './decode.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { withoutThread } from './origin.ts';
import { reasonOf, reply } from './show.ts';

/** Each costs a call of the service; nobody names more people in a line that means something to us. */
const mostAsked = 10;

/** A line said to the app. Answered to the person alone; Teams hears of it when the work is committed. */
export async function handleMessage(around: Surroundings, delivery: Delivery): Promise<void> {
  const { visitor, place, requestId, key } = delivery;
  const press = pressOf(delivery.activity.value);
  await whileTyping(around, delivery, async () => {
    const interaction =
      press === undefined
        ? ({ kind: 'command', line: await lineOf(around, delivery), place } as const)
        : ({ kind: 'press', press, place } as const);
    const answer = await around.dispatch(visitor, interaction, requestId, key);
    // The copy of a message: its answer stands there already.
    if (!says(answer, 'duplicate')) await reply(around, delivery, answer);
  });
}

/** Clients that know nothing of dialogs or of executes send a button as a message with a value. */
function pressOf(value: unknown) {
  if (typeof value !== 'object' || value === null || !('press' in value)) return undefined;
  return decodePress(value.press);
}

export async function lineOf(around: Surroundings, delivery: Delivery): Promise<string> {
  const { activity } = delivery;
  const people = new Map<string, SaidMention>();
  for (const mention of mentionsIn(activity)) {
    const { id } = mention.mentioned;
    if (id === activity.recipient.id || isConversation(mention)) continue;
    if (people.size < mostAsked) people.set(id, mention);
  }
  const ids = new Map<string, string | undefined>();
  await Promise.all(
    [...people].map(async ([id, mention]) => ids.set(id, await objectIdOf(around, delivery, mention))),
  );
  return decodeLine(activity, ({ mentioned }) => ids.get(mentioned.id));
}

/** Mentions carry the bot's own name for a person; the roster knows whose it is. */
async function objectIdOf(
  { connector, log }: Surroundings,
  { at, requestId }: Delivery,
  { mentioned }: SaidMention,
): Promise<string | undefined> {
  if (mentioned.aadObjectId) return mentioned.aadObjectId;
  try {
    const { aadObjectId, objectId } = await connector.member(
      { ...at, conversationId: withoutThread(at.conversationId) },
      mentioned.id,
    );
    return aadObjectId ?? objectId;
  } catch (error) {
    log.warn({ requestId, reason: reasonOf(error) }, 'mentioned person not found');
    return undefined;
  }
}

async function whileTyping(
  { connector, log, typingAfterMs }: Surroundings,
  { at, requestId }: Delivery,
  work: () => Promise<void>,
): Promise<void> {
  const timer = setTimeout(() => {
    connector.typing(at).catch((error: unknown) => {
      log.debug({ requestId, reason: reasonOf(error) }, 'typing not shown');
    });
  }, typingAfterMs);
  try {
    await work();
  } finally {
    clearTimeout(timer);
  }
}
