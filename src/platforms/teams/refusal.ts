import type { Inline } from '../../kernel/text.ts';
import type { Reader } from '../../view/reader.ts';
import { taskSchema } from './activities.ts';
import {
  choicesAnswer,
  dialogAnswer,
  dialogMessage,
  extensionMessage,
  resultsAnswer,
  toastAnswer,
} from './answers.ts';
import type { Delivery } from './delivery.ts';
import { keptDialog } from './kept-dialog.ts';
import { limits } from './limits.ts';
import { renderCard } from './render/card.ts';
import { plainWords } from './render/inline.ts';

/** Says why nothing happens, in the way the invoke has for words. Dialogs keep what was typed. */
export function refusal({ activity, reader }: Pick<Delivery, 'activity' | 'reader'>, words: Inline): object {
  const text = plainWords(words, reader, limits.text);
  switch (activity.name) {
    case 'adaptiveCard/action':
      return toastAnswer(text);
    case 'task/submit':
    case 'composeExtension/submitAction':
      return keptWords(activity.value, words, reader) ?? dialogMessage(text);
    case 'task/fetch':
    case 'composeExtension/fetchTask':
      return dialogMessage(text);
    case 'application/search':
      return choicesAnswer([]);
    case 'composeExtension/queryLink':
      return resultsAnswer([]);
    case 'composeExtension/query':
    case 'composeExtension/selectItem':
      return extensionMessage(text);
    default:
      return {};
  }
}

function keptWords(value: unknown, words: Inline, reader: Reader): object | undefined {
  const read = taskSchema.safeParse(value);
  if (!read.success) return undefined;
  const { card } = renderCard({ tone: 'warn', blocks: [{ t: 'text', of: words }] }, reader);
  const kept = keptDialog(card, read.data.data, reader);
  return kept && dialogAnswer(kept);
}
