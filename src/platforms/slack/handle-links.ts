import { z } from 'zod';
import type { Inline } from '../../kernel/text.ts';
import type { Press } from '../../view/press.ts';
import type { Reader } from '../../view/reader.ts';
import type { SlackBlock } from './block-kit.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { slackErrorOf } from './errors.ts';
import { limits } from './limits.ts';
import { slackMessages as t } from './messages.ts';
import type { EventPayload, LinkShared } from './payloads.ts';
import { ButtonRenderer, plainText } from './render/button.ts';
import { plainWords } from './render/inline.ts';

/** Addresses of records on our own pages. */
export interface Links {
  /** `undefined`: not one of ours. */
  read(url: string): { kind: string; key: string } | undefined;
  /** What shows the record to whoever presses it. */
  show(link: { kind: string; key: string }): Press;
  /** What a kind of record is called. */
  titleOf(kind: string): Inline;
}

/** A message with more links than this is a list already. */
const unfurledAtMost = 5;
const labelMax = 150;

interface Unfurled {
  url: string;
  label: Inline;
  kind: Inline;
  press: Press;
  reader: Reader;
}

/**
 * Links to our records, posted by somebody: what they are called, and a button that answers each reader with what
 * that reader may see. The whole channel reads it, so it holds neither figures nor people; in channels shared with
 * another company, and for links of somebody who may not look the record up, there is nothing.
 */
export async function handleLinks(
  around: Surroundings,
  delivery: Delivery<EventPayload>,
  shared: LinkShared,
): Promise<void> {
  const { requestId, orgId } = delivery;
  // What is still being written comes again once it is posted, and only then is it known who reads it.
  if (shared.source === 'composer' || !(await isInternal(delivery, shared.channel))) return;
  const asked = await Promise.all(urlsOf(shared).map((url) => lookUp(around, delivery, url)));
  const found = asked.filter((one) => one !== undefined);
  delivery.answer();
  const [first] = found;
  if (!first) return;
  // One for all: button ids must differ within the message.
  const buttons = new ButtonRenderer(first.reader);
  const unfurls = Object.fromEntries(found.map((one) => [one.url, { blocks: blocksOf(one, buttons) }]));
  try {
    await delivery.call('chat.unfurl', { channel: shared.channel, ts: shared.message_ts, unfurls });
  } catch (error) {
    around.log.warn({ requestId, orgId, reason: slackErrorOf(error) ?? 'unknown' }, 'link not unfurled');
  }
}

const channelSchema = z.object({
  channel: z.looseObject({ is_ext_shared: z.boolean().optional(), is_im: z.boolean().optional() }),
});

/** Slack says it with most events. Where it does not, and cannot be asked, the channel may be anybody's. */
async function isInternal(delivery: Delivery<EventPayload>, channel: string): Promise<boolean> {
  const isShared = delivery.payload.is_ext_shared_channel;
  if (typeof isShared === 'boolean') return !isShared;
  try {
    const read = channelSchema.parse(await delivery.call('conversations.info', { channel }));
    const { is_ext_shared: isExternal, is_im: isDirect } = read.channel;
    // A direct message may be one with somebody of another company.
    return isExternal === undefined ? isDirect === true : !isExternal;
  } catch {
    return false;
  }
}

function urlsOf({ links }: LinkShared): string[] {
  return [...new Set(links.map(({ url }) => url))].slice(0, unfurledAtMost);
}

async function lookUp(
  { dispatch, links }: Surroundings,
  { visitor, requestId }: Delivery<EventPayload>,
  url: string,
): Promise<Unfurled | undefined> {
  const link = links?.read(url);
  if (!links || !link) return undefined;
  const { kind, key } = link;
  const interaction = { kind: 'lookup', lookups: [kind], query: key } as const;
  const { outcome, reader } = await dispatch(visitor, interaction, requestId);
  const options = outcome.kind === 'options' ? outcome.options : [];
  const option = options.find(({ value }) => value === key);
  if (!option) return undefined;
  return { url, label: nameOf(option.label), kind: links.titleOf(kind), press: links.show(link), reader };
}

/** Without what tells it apart in a list: an owner, a company. */
function nameOf(label: Inline): Inline {
  return typeof label === 'object' && label.t === 'seq' ? (label.of[0] ?? '') : label;
}

function blocksOf({ label, kind, press, reader }: Unfurled, buttons: ButtonRenderer): SlackBlock[] {
  const text = plainText(plainWords(label, reader, labelMax), labelMax);
  const accessory = buttons.render({ label: t('show'), press });
  return [
    { type: 'section', text, ...(accessory ? { accessory } : {}) },
    { type: 'context', elements: [plainText(plainWords(kind, reader, labelMax), limits.text)] },
  ];
}
