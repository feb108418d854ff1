import type { AdaptiveCard } from './adaptive-card.ts';

/** What Teams understands as answers to invokes. */

const adaptive = 'application/vnd.microsoft.card.adaptive';

/** Replaces the card whose button was pressed, for whoever pressed it. */
export function cardAnswer(card: AdaptiveCard): object {
  return { statusCode: 200, type: adaptive, value: card };
}

/** A short line over the card, which stays. */
export function toastAnswer(text: string): object {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

/** The card stays as it was and says so only where somebody asked for it. */
export function errorAnswer(code: string, message: string): object {
  return { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code, message } };
}

/** Opens a dialog, or changes what is in the one that is open. */
export function dialogAnswer({ title, card }: { title: string; card: AdaptiveCard }): object {
  const value = { title, width: 'medium', height: 'medium', card: { contentType: adaptive, content: card } };
  return { task: { type: 'continue', value } };
}

/** A short line in place of the dialog. */
export function dialogMessage(text: string): object {
  return { task: { type: 'message', value: text } };
}

export function choicesAnswer(results: readonly { title: string; value: string }[]): object {
  return { type: 'application/vnd.microsoft.search.searchResponse', value: { results } };
}

/** A card of the message extension; `tap` is what Teams sends when it is chosen from the list. */
export interface Result {
  card: AdaptiveCard;
  title: string;
  text?: string;
  tap?: object;
}

export function resultsAnswer(results: readonly Result[]): object {
  const attachments = results.map(({ card, title, text, tap }) => ({
    contentType: adaptive,
    content: card,
    preview: {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: {
        title,
        ...(text === undefined ? {} : { text }),
        ...(tap === undefined ? {} : { tap: { type: 'invoke', value: tap } }),
      },
    },
  }));
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } };
}

export function extensionMessage(text: string): object {
  return { composeExtension: { type: 'message', text } };
}
