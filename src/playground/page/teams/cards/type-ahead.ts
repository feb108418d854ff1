import { Input, type SerializationContext } from 'adaptivecards';
import { asList, asText, type Json } from '../../../json.ts';
import type { TeamsChoice } from '../../../teams/outcome.ts';
import { type Combobox, type ComboboxWords, makeCombobox } from './combobox.ts';

interface TypeAheadParts {
  words: ComboboxWords;
  search(inputId: string, text: string): Promise<{ choices: TeamsChoice[]; error?: string }>;
}

/**
 * `Input.ChoiceSet` with `Data.Query`. The library has one for cards of version 1.6 only, which keeps what was typed
 * as the value.
 */
export function typeAheadWith({ words, search }: TypeAheadParts): new () => Input {
  return class TypeAheadInput extends Input {
    private source: Json = {};
    private box: Combobox | undefined;

    override getJsonTypeName(): string {
      return 'Input.TypeAhead';
    }

    protected override internalParse(source: Json, context: SerializationContext): void {
      super.internalParse(source, context);
      this.source = source;
      if (!this.errorMessage) this.errorMessage = words.chooseOne;
    }

    protected override internalRender(): HTMLElement {
      const input = document.createElement('input');
      input.type = 'text';
      input.className = 'ac-input ac-textInput type-ahead';
      input.placeholder = asText(this.source.placeholder) || words.typeToSearch;
      return input;
    }

    protected override overrideInternalRender(): HTMLElement | undefined {
      const element = super.overrideInternalRender();
      const { renderedInputControlElement: input, inputControlContainerElement: around } = this;
      if (!(input instanceof HTMLInputElement)) return element;
      const fixed = asList(this.source.choices).map((one) => ({
        title: asText(one.title),
        value: asText(one.value),
      }));
      const value = asText(this.source.value);
      around.classList.add('type-ahead-around');
      this.box = makeCombobox({
        input,
        around,
        fixed,
        words,
        chosen: fixed.find((one) => one.value === value && value !== ''),
        search: (text) => search(this.id ?? '', text),
        onChange: () => this.valueChanged(),
      });
      return element;
    }

    override get value(): string {
      return this.box?.value() ?? asText(this.source.value);
    }

    override isSet(): boolean {
      return this.value !== '';
    }

    override isValid(): boolean {
      return this.box?.isSettled() ?? true;
    }
  };
}
