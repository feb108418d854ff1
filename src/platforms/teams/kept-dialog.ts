import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import type { AdaptiveCard, SubmitAction } from './adaptive-card.ts';
import { decodePress } from './decode.ts';
import { jsonBytes, limits } from './limits.ts';
import { teamsMessages as t } from './messages.ts';
import { fieldPrefixes } from './render/values.ts';

/**
 * A card in place of a form, with a button that submits the same once more: what somebody typed is not lost although
 * nothing is there to show it. `undefined`: no form of ours, or too much.
 */
export function keptDialog(
  card: AdaptiveCard,
  submitted: Readonly<Record<string, unknown>>,
  reader: Reader,
): { title: string; card: AdaptiveCard } | undefined {
  const press = decodePress(submitted.press);
  if (!press) return undefined;
  const prefixes: readonly string[] = Object.values(fieldPrefixes);
  const inputs = Object.entries(submitted).filter(([id]) => prefixes.includes(id.slice(0, 2)));
  const again: SubmitAction = {
    type: 'Action.Submit',
    title: plain(t('try-again'), reader),
    style: 'positive',
    data: { ...Object.fromEntries(inputs), press },
    associatedInputs: 'none',
  };
  const kept = { ...card, actions: [again] };
  return jsonBytes(kept) > limits.cardBytes
    ? undefined
    : { title: plain(t('title-form'), reader), card: kept };
}
