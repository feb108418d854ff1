import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Dictionary } from './dictionary.ts';
import { Icon } from './icons.tsx';
import { keep, keptList } from './remembered.ts';

export interface Suggestion {
  /** What the composer holds once it is taken. */
  text: string;
  label: string;
  detail: string;
}

interface Props {
  /** Tells the composers of a page apart, and is the address of lines that are filled in from elsewhere. */
  name: string;
  label: string;
  words: Dictionary;
  /** Whose earlier lines come back. */
  history: string;
  /** Changes with the conversation; the cursor goes here then. */
  place: string;
  takesFocus?: boolean;
  /** What every line begins with, unless the person removes it. */
  lead?: string;
  suggest(text: string): Suggestion[];
  /** Beside the text. */
  before?: ReactNode;
  /** Above everything. */
  top?: ReactNode;
  foot: ReactNode;
  onSend(line: string): void;
}

const fillEvent = 'playground:fill';

/** Puts a line into a composer, for the person to look at and send. */
export function fillComposer(name: string, text: string): void {
  window.dispatchEvent(new CustomEvent(fillEvent, { detail: { name, text } }));
}

/** Where one types: suggestions for what has been typed so far, and what was typed before. */
export function ComposerField(props: Props) {
  const {
    name,
    label,
    words,
    history,
    place,
    takesFocus = true,
    lead = '',
    suggest,
    before,
    top,
    foot,
  } = props;
  const [text, setText] = useState(lead);
  const [active, setActive] = useState(-1);
  const [isHinting, setIsHinting] = useState(false);
  const [recalled, setRecalled] = useState(-1);
  const field = useRef<HTMLTextAreaElement>(null);
  const suggestions = isHinting ? suggest(text) : [];
  const isEmpty = text.trim() === '' || text.trim() === lead.trim();

  // biome-ignore lint/correctness/useExhaustiveDependencies: every place starts with the cursor in its composer
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [place, history]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field grows with what is in it
  useEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 180)}px`;
  }, [text]);
  useEffect(() => {
    const onFill = (event: Event) => {
      const { detail } = event as CustomEvent<{ name: string; text: string }>;
      if (detail.name !== name) return;
      setText(detail.text);
      field.current?.focus();
    };
    window.addEventListener(fillEvent, onFill);
    return () => window.removeEventListener(fillEvent, onFill);
  }, [name]);

  const send = () => {
    const line = text.trim();
    if (isEmpty) return;
    setText(lead);
    setRecalled(-1);
    setIsHinting(false);
    keep(history, JSON.stringify([line, ...keptList(history).filter((old) => old !== line)].slice(0, 50)));
    props.onSend(line);
  };

  const take = (index: number) => {
    const suggestion = suggestions[index];
    if (!suggestion) return;
    setText(suggestion.text);
    setActive(-1);
    setIsHinting(/\s$/.test(suggestion.text));
    field.current?.focus();
  };

  const recall = (step: number) => {
    const lines = keptList(history);
    const next = Math.max(-1, Math.min(lines.length - 1, recalled + step));
    setRecalled(next);
    setIsHinting(false);
    setText(next < 0 ? lead : (lines[next] ?? ''));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isOpen = suggestions.length > 0;
    if (step && isOpen && recalled < 0) {
      event.preventDefault();
      setActive((active + step + suggestions.length + (active < 0 && step < 0 ? 1 : 0)) % suggestions.length);
    } else if (step && (isEmpty || recalled >= 0)) {
      event.preventDefault();
      recall(-step);
    } else if (event.key === 'Tab' && isOpen && !event.shiftKey) {
      event.preventDefault();
      take(Math.max(0, active));
    } else if (event.key === 'Escape') setIsHinting(false);
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (isOpen && active >= 0) take(active);
      else send();
    }
  };

  const listId = `hints-${name}`;
  return (
    <div className="composer" id={name === 'main' ? 'composer' : `composer-${name}`}>
      {top}
      {suggestions.length > 0 && (
        <div className="popover hints" role="listbox" id={listId} aria-label={words.examples}>
          {suggestions.map((suggestion, index) => (
            <button
              key={suggestion.text}
              type="button"
              role="option"
              tabIndex={-1}
              id={`${listId}-${index}`}
              aria-selected={index === active}
              className={index === active ? 'hint is-active' : 'hint'}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(index)}
            >
              <code>{suggestion.label}</code>
              <span>{suggestion.detail}</span>
            </button>
          ))}
          <p className="hints-foot">{words.keys}</p>
        </div>
      )}
      <div className="composer-box">
        {before}
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={label}
          aria-label={label}
          aria-controls={suggestions.length > 0 ? listId : undefined}
          aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setRecalled(-1);
            setActive(-1);
            setIsHinting(true);
          }}
          onFocus={() => setIsHinting(true)}
          onBlur={() => setIsHinting(false)}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="send" aria-label={words.send} disabled={isEmpty} onClick={send}>
          <Icon name="send" />
        </button>
      </div>
      <p className="composer-foot" role="status">
        {foot}
      </p>
    </div>
  );
}

/** Under a composer: that the app works, or how fast it was. */
export function Waiting({
  acts,
  appName,
  words,
}: {
  acts: { running: number; lastMs: number | null };
  appName: string;
  words: Dictionary;
}) {
  if (acts.running > 0) {
    return (
      <span className="working">
        {words.working(appName)}
        <i />
        <i />
        <i />
      </span>
    );
  }
  return <>{acts.lastMs === null ? ' ' : words.answeredIn(acts.lastMs)}</>;
}
