import {
  AdaptiveCard,
  type CardElement,
  CardObjectRegistry,
  GlobalRegistry,
  NumberInput,
  OpenUrlAction,
  SerializationContext,
  Table,
  Version,
} from 'adaptivecards';
import type { Json } from '../../../json.ts';
import type { TeamsChoice } from '../../../teams/outcome.ts';
import { isWebAddress } from '../inline-text.ts';
import type { ComboboxWords } from './combobox.ts';
import { hostConfig } from './host-config.ts';
import { mentionMarks, prepareCard } from './prepare-card.ts';
import { textBlockWith } from './text-block.ts';
import { typeAheadWith } from './type-ahead.ts';

export interface CardPress {
  type: 'Action.Execute' | 'Action.Submit';
  /** JSON pointer of the button. */
  action: string;
  /** Everything in the card's fields, by id; empty ones as empty text. */
  values: Json;
}

export interface CardParts {
  /** In a dialog, which is frame enough. */
  isBare: boolean;
  words: ComboboxWords;
  onPress(press: CardPress): void;
  search(inputId: string, text: string, values: Json): Promise<{ choices: TeamsChoice[]; error?: string }>;
}

// Text never becomes HTML, whichever element it stands in.
AdaptiveCard.onProcessMarkdown = (_text, result) => {
  result.didProcess = false;
};

/** The library takes an empty field for a number that is none, and that for one below the least. */
class EmptyableNumber extends NumberInput {
  override get value(): number | undefined {
    const value: unknown = super.value;
    return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
  }
}

/** An Adaptive Card as Teams would show it. `undefined` if nothing can be drawn. */
export function drawCard(source: Json, parts: CardParts): HTMLElement | undefined {
  const card = new AdaptiveCard();
  card.hostConfig = hostConfig(parts.isBare);
  const values = (): Json =>
    Object.fromEntries(card.getAllInputs().map((input) => [input.id ?? '', String(input.value ?? '')]));
  card.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction) return openLink(action.url);
    const type = action.getJsonTypeName();
    if (type !== 'Action.Execute' && type !== 'Action.Submit') return;
    parts.onPress({ type, action: action.id ?? '', values: values() });
  };
  const elements = new CardObjectRegistry<CardElement>();
  GlobalRegistry.populateWithDefaultElements(elements);
  elements.register('Input.Number', EmptyableNumber);
  // Registers itself only where the library is built in as a whole.
  elements.register('Table', Table);
  elements.register('TextBlock', textBlockWith(mentionMarks(source)));
  elements.register(
    'Input.TypeAhead',
    typeAheadWith({ words: parts.words, search: (id, text) => parts.search(id, text, values()) }),
  );
  const context = new SerializationContext(new Version(1, 5));
  context.setElementRegistry(elements);
  card.parse(prepareCard(source), context);
  const drawn = card.render();
  if (drawn) secureLinks(drawn);
  return drawn;
}

function openLink(url: string | undefined): void {
  if (isWebAddress(url)) window.open(url, '_blank', 'noopener,noreferrer');
}

/** Links open elsewhere and tell nothing of this page; other addresses than the web's are none. */
function secureLinks(drawn: HTMLElement): void {
  for (const link of drawn.querySelectorAll('a')) {
    if (!isWebAddress(link.href)) link.removeAttribute('href');
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
}
