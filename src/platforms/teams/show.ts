import type { Reply } from '../../runtime/interaction.ts';
import type { Card } from '../../view/card.ts';
import { type FormButton, formCard, problemsCard } from '../../view/form-card.ts';
import type { Outcome } from '../../view/outcome.ts';
import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import { messageOf } from './client.ts';
import type { ConversationAddress, OutgoingActivity } from './connector.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { ConnectorError } from './errors.ts';
import { limits } from './limits.ts';
import { teamsMessages as t } from './messages.ts';
import { withRetries } from './retry.ts';

export const formButton: FormButton = { label: t('open-form'), pressMax: limits.pressBytes };

/** Whatever something led to, as a card: a message cannot open a form, it takes one more click. */
export function cardOf(outcome: Outcome): Card {
  switch (outcome.kind) {
    case 'card':
    case 'later':
      return outcome.card;
    case 'form': {
      const { form } = outcome;
      const card: Card = { tone: 'info', title: form.title, blocks: [{ t: 'text', of: t('form-button') }] };
      return formCard(form, card, formButton);
    }
    case 'form-errors':
      return problemsCard(outcome, formButton);
    case 'options':
      return { tone: 'plain', blocks: outcome.options.map(({ label }) => ({ t: 'text', of: label })) };
    default:
      return outcome satisfies never;
  }
}

/** Where a private answer has landed. */
export type Landed = 'here' | 'direct' | 'nowhere';

/** The answer to a message: seen by whoever wrote it alone, and pointed at if it stands elsewhere. */
export async function reply(
  around: Surroundings,
  delivery: Delivery,
  { outcome, reader }: Reply,
): Promise<void> {
  const landed = await showPrivately(around, delivery, cardOf(outcome), reader);
  if (landed === 'here' || delivery.scope === 'personal') return;
  await point(around, delivery, reader, landed);
}

/** Words that tell nothing about anybody: to the person alone if that is possible, else in the open. */
export async function showNotice(around: Surroundings, delivery: Delivery, card: Card): Promise<void> {
  const { at, scope, visitor, requestId, reader } = delivery;
  const landed = await showPrivately(around, delivery, card, reader);
  if (landed !== 'nowhere' || scope === 'personal') return;
  try {
    const message = messageOf(await around.present.message(visitor.installation, card, reader));
    await withRetries(() => around.connector.send(at, message));
  } catch (error) {
    around.log.warn({ requestId, reason: reasonOf(error) }, 'notice not shown');
  }
}

/** Says in the open, without a word of what it is, where the answer is. */
async function point(
  { connector, log }: Surroundings,
  { at, requestId }: Delivery,
  reader: Reader,
  landed: 'direct' | 'nowhere',
): Promise<void> {
  const text = plain(t(landed === 'direct' ? 'answered-directly' : 'cannot-reach'), reader);
  try {
    await withRetries(() => connector.send(at, { type: 'message', text, textFormat: 'plain' }));
  } catch (error) {
    log.warn({ requestId, reason: reasonOf(error) }, 'pointer not shown');
  }
}

/**
 * Shows a card to the person alone: where they are if the service can do that, else in their own conversation with
 * the bot.
 */
export async function showPrivately(
  around: Surroundings,
  delivery: Delivery,
  card: Card,
  reader: Reader,
): Promise<Landed> {
  const { connector, present, untargeted, log } = around;
  const { at, activity, scope, visitor, requestId } = delivery;
  const message = messageOf(await present.message(visitor.installation, card, reader));
  const ways: [Landed, () => Promise<unknown>][] = [];
  if (scope === 'personal') {
    ways.push(['here', () => connector.send(at, message)]);
  } else {
    if (!untargeted.has(visitor.installation)) {
      ways.push(['here', () => connector.send(at, message, { targeted: activity.from.id })]);
    }
    ways.push(['direct', () => sendDirectly(around, delivery, message)]);
  }
  for (const [landed, send] of ways) {
    try {
      await withRetries(send);
      return landed;
    } catch (error) {
      if (landed === 'here' && scope !== 'personal' && isUnsupported(error)) {
        untargeted.add(visitor.installation);
      }
      log.warn({ requestId, orgId: delivery.orgId, reason: reasonOf(error) }, 'result not shown here');
    }
  }
  return 'nowhere';
}

/** Changes the message whose button was pressed, for everybody who sees it. */
export async function updateForAll(
  { connector, log }: Surroundings,
  { at, activity, scope, requestId }: Delivery,
  message: OutgoingActivity,
): Promise<void> {
  const { replyToId } = activity;
  if (!replyToId) return;
  try {
    await connector.update(at, replyToId, message).catch((error: unknown) => {
      // A message that only one person sees has an address of its own; nothing in the press tells which it is.
      if (scope === 'personal' || !(error instanceof ConnectorError) || error.status !== 404) throw error;
      return connector.update(at, replyToId, message, { isTargeted: true });
    });
  } catch (error) {
    // One that somebody sent with the message extension is not ours to change; who pressed has the answer.
    log.debug({ requestId, reason: reasonOf(error) }, 'card not changed for others');
  }
}

async function sendDirectly(
  { connector, seen, log }: Surroundings,
  { orgId, visitor, activity, requestId }: Delivery,
  message: OutgoingActivity,
): Promise<void> {
  const { installation, userId } = visitor;
  const { serviceUrl } = activity;
  const place =
    orgId === undefined
      ? undefined
      : // Without the database they are reached all the same, by asking Teams.
        await seen.person(orgId, installation, userId).catch(() => undefined);
  const conversationId = place?.conversationId;
  if (conversationId !== undefined) {
    await connector.send({ serviceUrl: place?.serviceUrl ?? serviceUrl, conversationId }, message);
    return;
  }
  const opened = await connector.createDirect(serviceUrl, {
    userId: activity.from.id,
    tenantId: installation,
  });
  const at: ConversationAddress = { serviceUrl, ...opened };
  await connector.send(at, message);
  if (orgId === undefined) return;
  await seen.opened(orgId, installation, userId, at).catch((error: unknown) => {
    log.warn({ requestId, orgId, reason: reasonOf(error) }, 'address not kept');
  });
}

/** Refusals that have to do with this conversation or person, and say nothing about the tenant. */
const notAboutTargeting = new Set([
  'BotNotInConversationRoster',
  'ConversationNotFound',
  'ForbiddenOperationException',
  'MessageWritesBlocked',
  'MessageSizeTooBig',
  'BadArgument',
  'BadSyntax',
]);

function isUnsupported(error: unknown): boolean {
  if (!(error instanceof ConnectorError)) return false;
  const { status, code } = error;
  const isRefused = status === 400 || status === 403 || status === 405 || status === 501;
  return isRefused && !notAboutTargeting.has(code);
}

export function reasonOf(error: unknown): string {
  if (error instanceof ConnectorError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
