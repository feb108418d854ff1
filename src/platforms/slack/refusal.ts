import type { Inline } from '../../kernel/text.ts';
import type { Translate } from '../../view/translator.ts';
import { ephemeral } from './encode.ts';
import type { Routed } from './inbound.ts';
import { limits } from './limits.ts';
import { renderCard, renderNotice } from './render/card.ts';
import { fieldPrefix } from './render/form.ts';
import { plainWords } from './render/inline.ts';
import type { Respond } from './respond.ts';
import { everyLanguage, unknownReader } from './words.ts';

/**
 * Says why nothing happens, before anybody knows who asks: the answer's body. Dialogs stay open with what was
 * typed; clicks are answered by their response URL because Slack shows nothing of the HTTP answer.
 */
export function refusal(
  routed: Routed | undefined,
  words: Inline,
  translate: Translate,
  respond: Respond,
): { body: object | undefined; background: Promise<void> | undefined } {
  const card = everyLanguage(words, translate);
  const reader = unknownReader(translate);
  const said = () => ephemeral(renderCard(card, reader));
  if (routed === undefined || routed.kind === 'command') return { body: said(), background: undefined };
  if (routed.kind === 'event') return { body: undefined, background: undefined };
  const { payload } = routed;
  switch (payload.type) {
    case 'block_actions':
    case 'message_action': {
      const body = said();
      const url = payload.response_url;
      return { body, background: url === undefined ? undefined : respond(url, body) };
    }
    case 'shortcut':
      return { body: said(), background: undefined };
    case 'view_submission': {
      const blocks = Object.keys(payload.view.state?.values ?? {});
      const first = blocks.find((blockId) => blockId.startsWith(fieldPrefix));
      if (first === undefined) {
        return {
          body: { response_action: 'update', view: renderNotice(card, reader) },
          background: undefined,
        };
      }
      const text = card.blocks.map((block) =>
        block.t === 'text' ? plainWords(block.of, reader, limits.text) : '',
      );
      return {
        body: { response_action: 'errors', errors: { [first]: text.join(' ') } },
        background: undefined,
      };
    }
    case 'block_suggestion':
      return { body: { options: [] }, background: undefined };
    case 'view_closed':
      return { body: undefined, background: undefined };
    default:
      return payload satisfies never;
  }
}
