import { useState } from 'react';
import { asJson, asList, asText, isJson } from '../../json.ts';
import { fieldOf } from '../../slack/values.ts';
import { Confirm } from '../confirm.tsx';
import { Icon } from '../icons.tsx';
import { Menu } from '../menu.tsx';
import { useSurroundings } from '../surroundings.ts';
import { Choices } from './choices.tsx';
import { Select } from './select.tsx';
import { type ElementProps, isPending, stateIn, useChoice, useSurface } from './surface.ts';
import { wordsOf } from './text.tsx';
import { TextInput } from './text-input.tsx';

/** Any interactive element. A kind that isn't known says so instead of vanishing. */
export function Element({ block, element }: ElementProps) {
  const { words } = useSurroundings();
  switch (element.type) {
    case 'button':
      return <PressButton block={block} element={element} />;
    case 'overflow':
      return <Overflow block={block} element={element} />;
    case 'static_select':
    case 'external_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
    case 'multi_static_select':
    case 'multi_external_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return <Select block={block} element={element} />;
    case 'datepicker':
      return <Moment block={block} element={element} kind="date" />;
    case 'timepicker':
      return <Moment block={block} element={element} kind="time" />;
    case 'datetimepicker':
      return <Moment block={block} element={element} kind="datetime-local" />;
    case 'checkboxes':
    case 'radio_buttons':
      return <Choices block={block} element={element} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
    case 'rich_text_input':
      return <TextInput block={block} element={element} />;
    default:
      return <span className="unsupported">{words.unsupported(asText(element.type))}</span>;
  }
}

function PressButton({ block, element }: ElementProps) {
  const surface = useSurface();
  const [asks, setAsks] = useState(false);
  const style = asText(element.style);
  const isBusy = isPending(surface, block, element);
  const url = asText(element.url);
  const press = () => {
    surface.press(block, element);
    if (/^https?:/.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
  };
  return (
    <>
      <button
        type="button"
        className={`button ${style ? `button-${style}` : ''} ${isBusy ? 'is-busy' : ''}`}
        aria-label={asText(element.accessibility_label) || undefined}
        aria-busy={isBusy}
        disabled={isBusy}
        onClick={() => (isJson(element.confirm) ? setAsks(true) : press())}
      >
        {wordsOf(element.text)}
      </button>
      {asks && (
        <Confirm
          of={asJson(element.confirm)}
          onDone={(isSure) => {
            setAsks(false);
            if (isSure) press();
          }}
        />
      )}
    </>
  );
}

function Overflow({ block, element }: ElementProps) {
  const surface = useSurface();
  const { words } = useSurroundings();
  const items = asList(element.options).map((option) => ({
    key: asText(option.value),
    label: wordsOf(option.text),
  }));
  return (
    <Menu
      label={words.moreActions}
      className="button button-icon"
      icon={<Icon name="more" />}
      items={items}
      onPick={(value) => surface.press(block, element, value)}
    />
  );
}

/** Days and times use the browser's own fields: they work with every keyboard and screen reader. */
function Moment({ block, element, kind }: ElementProps & { kind: 'date' | 'time' | 'datetime-local' }) {
  const surface = useSurface();
  const choose = useChoice({ block, element });
  const field = fieldOf(element);
  const value = stateIn(surface, block, element)[field];
  const shown =
    kind === 'datetime-local' && typeof value === 'number'
      ? localMinute(new Date(value * 1000))
      : asText(value);
  return (
    <input
      id={block.type === 'input' ? `input-${asText(block.block_id)}` : undefined}
      className="field-control field-moment"
      type={kind}
      value={shown}
      aria-label={wordsOf(element.placeholder) || undefined}
      onChange={(event) => {
        const text = event.target.value;
        const next =
          text === '' ? null : kind === 'datetime-local' ? Math.floor(Date.parse(text) / 1000) : text;
        choose({ type: element.type, [field]: next }, next);
      }}
    />
  );
}

function localMinute(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
