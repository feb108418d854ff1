import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Icon } from '../icons.tsx';
import { Menu } from '../menu.tsx';
import { keep, keptList } from '../remembered.ts';
import { useSurroundings } from '../surroundings.ts';
import type { PlaceProps } from './place-props.ts';
import { suggestionsFor } from './suggestions.ts';

type Props = Pick<PlaceProps, 'who' | 'gestures' | 'shortcuts' | 'examples'> & {
  place: string;
  placeName: string;
  threadTs?: string;
};

const fillEvent = 'playground:fill';

/** Puts a line into the main composer, for the person to look at and send. */
export function fillComposer(text: string): void {
  window.dispatchEvent(new CustomEvent(fillEvent, { detail: text }));
}

export function Composer({ who, gestures, shortcuts, examples, place, placeName, threadTs }: Props) {
  const around = useSurroundings();
  const { words, app } = around;
  const [text, setText] = useState('');
  const [active, setActive] = useState(-1);
  const [isHinting, setIsHinting] = useState(false);
  const [recalled, setRecalled] = useState(-1);
  const field = useRef<HTMLTextAreaElement>(null);
  const isMain = threadTs === undefined;
  const suggestions = isHinting ? suggestionsFor(text, examples, around) : [];
  const historyName = `history.${who.user}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: every place starts with the cursor in its composer
  useEffect(() => {
    field.current?.focus();
  }, [place, who.user]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field grows with what is in it
  useEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, 180)}px`;
  }, [text]);
  useEffect(() => {
    if (!isMain) return;
    const onFill = (event: Event) => {
      setText(String((event as CustomEvent).detail));
      field.current?.focus();
    };
    window.addEventListener(fillEvent, onFill);
    return () => window.removeEventListener(fillEvent, onFill);
  }, [isMain]);

  const send = async () => {
    const line = text.trim();
    if (!line) return;
    setText('');
    setRecalled(-1);
    setIsHinting(false);
    keep(
      historyName,
      JSON.stringify([line, ...keptList(historyName).filter((old) => old !== line)].slice(0, 50)),
    );
    const [, command, rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(line) ?? [];
    const where = { channel: place, ...(threadTs ? { threadTs } : {}) };
    if (command) await gestures.run('command', { command, text: rest, ...where });
    else await gestures.run('say', { text: line, ...where });
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
    const history = keptList(historyName);
    const next = Math.max(-1, Math.min(history.length - 1, recalled + step));
    setRecalled(next);
    setIsHinting(false);
    setText(next < 0 ? '' : (history[next] ?? ''));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isOpen = suggestions.length > 0;
    if (step && isOpen && recalled < 0) {
      event.preventDefault();
      setActive((active + step + suggestions.length + (active < 0 && step < 0 ? 1 : 0)) % suggestions.length);
    } else if (step && (text === '' || recalled >= 0)) {
      event.preventDefault();
      recall(-step);
    } else if (event.key === 'Tab' && isOpen && !event.shiftKey) {
      event.preventDefault();
      take(Math.max(0, active));
    } else if (event.key === 'Escape') setIsHinting(false);
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (isOpen && active >= 0) take(active);
      else void send();
    }
  };

  const globals = shortcuts.filter((shortcut) => shortcut.type === 'global');
  const listId = `hints-${isMain ? 'main' : 'thread'}`;
  return (
    <div className="composer" id={isMain ? 'composer' : undefined}>
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
        {isMain && globals.length > 0 && (
          <Menu
            label={words.shortcuts}
            className="icon-button"
            icon={<Icon name="bolt" />}
            items={globals.map((shortcut) => ({ key: shortcut.callbackId, label: shortcut.name }))}
            onPick={(callbackId) => void gestures.run('shortcut', { callbackId })}
          />
        )}
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={isMain ? words.placeholder(placeName) : words.threadPlaceholder}
          aria-label={isMain ? words.placeholder(placeName) : words.threadPlaceholder}
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
        <button
          type="button"
          className="send"
          aria-label={words.send}
          disabled={text.trim() === ''}
          onClick={() => void send()}
        >
          <Icon name="send" />
        </button>
      </div>
      <p className="composer-foot" role="status">
        {gestures.running > 0 ? (
          <span className="working">
            {words.working(app.name)}
            <i />
            <i />
            <i />
          </span>
        ) : gestures.lastMs !== null ? (
          words.answeredIn(gestures.lastMs)
        ) : (
          ' '
        )}
      </p>
    </div>
  );
}
