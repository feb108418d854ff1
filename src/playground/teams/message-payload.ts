import type { Json } from '../json.ts';
import { appNameOf } from './places.ts';
import type { Tenant } from './tenant.ts';
import type { StoredMessage } from './world.ts';

/** A message as message actions hand it over: in the words of Microsoft Graph, its text as HTML. */
export function messagePayload(tenant: Tenant, message: StoredMessage, botId: string): Json {
  const author = tenant.users.find(({ id }) => id === message.from.id);
  return {
    id: message.id,
    replyToId: message.replyTo ?? null,
    createdDateTime: new Date(message.at).toISOString(),
    lastModifiedDateTime: message.editedAt ? new Date(message.editedAt).toISOString() : null,
    deleted: false,
    subject: null,
    summary: message.summary ?? null,
    importance: 'normal',
    locale: author?.locale ?? 'en-us',
    linkToMessage: `https://teams.microsoft.com/l/message/${message.conversation}/${message.id}`,
    from: {
      device: null,
      conversation: null,
      user: author ? { userIdentityType: 'aadUser', id: author.aadObjectId, displayName: author.name } : null,
      application: author
        ? null
        : { applicationIdentityType: 'bot', id: botId.slice(3), displayName: appNameOf(tenant) },
    },
    body: { contentType: 'html', content: asHtml(message.text ?? '') },
    attachmentLayout: null,
    attachments: message.cards.map((card, index) => ({
      id: String(index),
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: JSON.stringify(card),
    })),
    mentions: (message.mentions ?? []).map(({ id, name }, index) => ({
      id: index,
      mentionText: name,
      mentioned: { user: { id, displayName: name } },
    })),
    reactions: [],
  };
}

function asHtml(text: string): string {
  const escaped = text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<div>\n<div>${escaped}</div>\n</div>`;
}
