import { asJson, asList, asText, type Json } from '../../json.ts';
import { type ElementProps, stateIn, useSurface } from './surface.ts';
import { wordsOf } from './text.tsx';

const types: Record<string, string> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
};

/** Every field that is typed into. */
export function TextInput({ block, element }: ElementProps) {
  const surface = useSurface();
  const type = asText(element.type);
  const isRich = type === 'rich_text_input';
  const state = stateIn(surface, block, element);
  const value = isRich ? richWords(asJson(state.rich_text_value)) : asText(state.value);
  const blockId = asText(block.block_id);
  const enter = (text: string) => {
    const next: Json = isRich
      ? { rich_text_value: text === '' ? null : richBlock(text) }
      : { value: text === '' ? null : text };
    surface.enter(block, element, { type, ...next });
  };
  const common = {
    id: `input-${blockId}`,
    className: 'field-control',
    value,
    placeholder: wordsOf(element.placeholder),
    'aria-invalid': blockId in surface.errors,
    maxLength: typeof element.max_length === 'number' ? element.max_length : 3_000,
    'data-focus': element.focus_on_load === true ? 'first' : undefined,
  };
  if (element.multiline === true || isRich) {
    return <textarea {...common} rows={4} onChange={(event) => enter(event.target.value)} />;
  }
  return (
    <input
      {...common}
      type={types[type] ?? 'text'}
      inputMode={type === 'number_input' ? 'decimal' : undefined}
      autoComplete="off"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || block.dispatch_action !== true) return;
        event.preventDefault();
        surface.press(block, element, value);
      }}
      onChange={(event) => enter(event.target.value)}
    />
  );
}

function richBlock(text: string): Json {
  const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }];
  return { type: 'rich_text', elements };
}

function richWords(block: Json): string {
  return asList(block.elements)
    .map((part) =>
      asList(part.elements)
        .map((piece) => asText(piece.text))
        .join(''),
    )
    .join('\n');
}
