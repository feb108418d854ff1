import { type Button, isLinkButton, type LinkButton } from '../../../view/card.ts';
import type { Reader } from '../../../view/reader.ts';
import type { PlainText, SlackButton } from '../block-kit.ts';
import { cut, limits } from '../limits.ts';
import { isLinkable, plainWords } from './inline.ts';

/** What pressing a button of ours is called; anything else was not made here. */
export const pressPrefix = 'press:';
export const linkPrefix = 'link:';

/** Numbers the buttons of one message, so that every `action_id` is unique in it. */
export class ButtonRenderer {
  private next = 0;
  private readonly reader: Reader;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  /** `undefined`: Slack would refuse it (an address that is none, a value past the limit). */
  render(button: Button | LinkButton): SlackButton | undefined {
    const text = plainText(plainWords(button.label, this.reader, limits.buttonText), limits.buttonText);
    if (isLinkButton(button)) {
      if (!isLinkable(button.url)) return undefined;
      return { type: 'button', action_id: `${linkPrefix}${this.next++}`, text, url: button.url };
    }
    const value = JSON.stringify(button.press);
    if (value.length > limits.buttonValue) return undefined;
    const rendered: SlackButton = {
      type: 'button',
      action_id: `${pressPrefix}${this.next++}`,
      text,
      value,
    };
    if (button.style) rendered.style = button.style;
    return rendered;
  }
}

/** Literal text: no emoji codes are read, and Slack refuses empty ones. */
export function plainText(text: string, max: number): PlainText {
  const words = cut(text, max);
  return { type: 'plain_text', text: words.trim() === '' ? '–' : words, emoji: false };
}
