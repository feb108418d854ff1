import { asJson, asList, asText, isJson, type Json } from '../json.ts';
import { checkEntities } from './check-entities.ts';
import { badSyntax, ConnectorError } from './connector-error.ts';
import type { Place } from './places.ts';
import type { TeamsMention, TeamsMessage, TeamsPreview } from './screen-model.ts';
import { problemLine, validateCard } from './validate.ts';
import { findUser } from './world.ts';

const adaptive = 'application/vnd.microsoft.card.adaptive';
const older = ['application/vnd.microsoft.card.thumbnail', 'application/vnd.microsoft.card.hero'];
const messageBytes = 100 * 1024;

export type Content = Pick<TeamsMessage, 'cards'> &
  Partial<Pick<TeamsMessage, 'text' | 'textFormat' | 'summary' | 'preview' | 'mentions'>>;

/** What a message activity shows. @throws ConnectorError for whatever Teams would refuse */
export function readMessage(activity: Json, place: Place, botId: string): Content {
  if (Buffer.byteLength(JSON.stringify(activity)) > messageBytes) {
    throw new ConnectorError(413, 'MessageSizeTooBig', 'The message is larger than 100 KB.');
  }
  const text = textOf(activity, 'text');
  const summary = textOf(activity, 'summary');
  if (activity.attachments !== undefined && !Array.isArray(activity.attachments)) {
    throw badSyntax('attachments is no list.');
  }
  const attachments = asList(activity.attachments);
  if (!text && attachments.length === 0) throw badSyntax('The message has neither text nor attachments.');
  const { cards, preview } = readAttachments(attachments);
  const format = activity.textFormat;
  if (format !== undefined && format !== 'plain' && format !== 'markdown' && format !== 'xml') {
    throw badSyntax(`textFormat "${String(format)}" is not plain, markdown or xml.`);
  }
  const mentions = readMentions(activity, place, botId, text);
  return {
    cards,
    ...(text ? { text, textFormat: format ?? 'markdown' } : {}),
    ...(summary ? { summary } : {}),
    ...(preview ? { preview } : {}),
    ...(mentions.length > 0 ? { mentions } : {}),
  };
}

function textOf(activity: Json, name: string): string {
  const value = activity[name];
  if (value !== undefined && value !== null && typeof value !== 'string')
    throw badSyntax(`${name} is no text.`);
  return value ?? '';
}

/** The cards of a message or of a message extension's answer. */
export function readAttachments(attachments: readonly Json[]): { cards: Json[]; preview?: TeamsPreview } {
  const cards: Json[] = [];
  let preview: TeamsPreview | undefined;
  for (const { contentType, content } of attachments) {
    if (contentType === adaptive) cards.push(readCard(content));
    else if (typeof contentType === 'string' && older.includes(contentType))
      preview = previewOf(asJson(content));
    else throw badSyntax(`Attachments of type "${String(contentType)}" are not supported.`);
  }
  return preview ? { cards, preview } : { cards };
}

/** @throws ConnectorError with every problem of the card */
export function readCard(content: unknown): Json {
  const problems = validateCard(content);
  if (problems.some(({ message }) => message.includes('bytes'))) {
    throw new ConnectorError(413, 'MessageSizeTooBig', problems.map(problemLine).join('; '));
  }
  if (problems.length > 0) throw badSyntax(`The card is invalid: ${problems.map(problemLine).join('; ')}`);
  return asJson(content);
}

/** Title, text and picture of a hero or thumbnail card. */
export function previewOf(content: Json): TeamsPreview {
  const image = asText(asList(content.images)[0]?.url);
  return {
    title: asText(content.title),
    ...(content.subtitle ? { subtitle: asText(content.subtitle) } : {}),
    ...(content.text ? { text: asText(content.text) } : {}),
    ...(image ? { image } : {}),
  };
}

function readMentions(activity: Json, { tenant }: Place, botId: string, text: string): TeamsMention[] {
  const problems = checkEntities(activity.entities, [text], '/entities');
  if (problems.length > 0) throw badSyntax(problems.map(problemLine).join('; '));
  return asList(activity.entities)
    .filter((entity) => entity.type === 'mention' && isJson(entity.mentioned))
    .map((entity) => {
      const { id, name } = asJson(entity.mentioned);
      if (id !== botId && !findUser(tenant, asText(id))) {
        throw badSyntax(`Nobody has the id "${String(id)}" that is mentioned.`);
      }
      return { id: asText(id), name: asText(name), text: asText(entity.text) };
    });
}
