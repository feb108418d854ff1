import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { asJson, asList, asText } from '../../json.ts';
import { fieldOf } from '../../slack/values.ts';
import { Icon } from '../icons.tsx';
import type { Json } from '../model.ts';
import { nameOfUser, type Surroundings, useSurroundings } from '../surroundings.ts';
import { opensUp, useClickAway } from '../use-click-away.ts';
import { type ElementProps, type Surface, stateIn, useChoice, useSurface } from './surface.ts';
import { wordsOf } from './text.tsx';

interface Entry {
  value: string;
  label: string;
  detail?: string;
  group?: string;
  /** What the state carries: the option, or just the id. */
  state: unknown;
}

/** Every list to choose from, with type-ahead: fixed options, the service's own, people and channels. */
export function Select({ block, element }: ElementProps) {
  const surface = useSurface();
  const around = useSurroundings();
  const choose = useChoice({ block, element });
  const [isOpen, setIsOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useClickAway(box, () => setIsOpen(false));
  const field = fieldOf(element);
  const isMany = asText(element.type).startsWith('multi_');
  const chosen = chosenOf(stateIn(surface, block, element)[field], element, around);

  const pick = (entries: Entry[]) => {
    const states = entries.map((entry) => entry.state);
    const next = isMany ? states : (states[0] ?? null);
    choose({ type: element.type, [field]: next }, isMany ? entries.map((entry) => entry.state) : next);
  };
  const onPick = (entry: Entry) => {
    if (!isMany) {
      setIsOpen(false);
      return pick([entry]);
    }
    const isOn = chosen.some((one) => one.value === entry.value);
    pick(isOn ? chosen.filter((one) => one.value !== entry.value) : [...chosen, entry]);
  };
  const placeholder = wordsOf(element.placeholder) || around.words.choose;
  return (
    <div className={`select ${block.type === 'input' ? 'select-wide' : ''}`} ref={box}>
      <button
        type="button"
        id={block.type === 'input' ? `input-${asText(block.block_id)}` : undefined}
        className="field-control select-button"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className={chosen.length > 0 ? 'select-value' : 'select-value is-empty'}>
          {chosen.map((entry) => entry.label).join(', ') || placeholder}
        </span>
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <Options
          block={block}
          element={element}
          chosen={chosen}
          isUp={surface.kind !== 'modal' && opensUp(box.current, 340)}
          canClear={block.optional === true && chosen.length > 0}
          onPick={onPick}
          onClear={() => pick([])}
          onClose={() => setIsOpen(false)}
        />
      )}
    </div>
  );
}

interface OptionsProps extends ElementProps {
  chosen: Entry[];
  isUp: boolean;
  canClear: boolean;
  onPick(entry: Entry): void;
  onClear(): void;
  onClose(): void;
}

function Options({ block, element, chosen, isUp, canClear, onPick, onClear, onClose }: OptionsProps) {
  const around = useSurroundings();
  const { words } = around;
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const found = useEntries(block, element, query);
  const entries = found.entries;
  const listId = `options-${asText(block.block_id)}-${asText(element.action_id)}`;

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((active + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = entries[active];
      if (entry) onPick(entry);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Tab') onClose();
  };

  return (
    <div className={`popover select-popover ${isUp ? 'opens-up' : ''}`}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it opens on the person's own click, and typing goes on there
        autoFocus
        className="field-control select-search"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={entries[active] ? `${listId}-${active}` : undefined}
        placeholder={words.search}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="select-list" role="listbox" id={listId}>
        {found.note && <p className="select-note">{found.note}</p>}
        {entries.map((entry, index) => (
          <div key={`${entry.group ?? ''}.${entry.value}`}>
            {entry.group && entry.group !== entries[index - 1]?.group && (
              <p className="select-group">{entry.group}</p>
            )}
            <button
              type="button"
              role="option"
              tabIndex={-1}
              id={`${listId}-${index}`}
              aria-selected={chosen.some((one) => one.value === entry.value)}
              className={index === active ? 'select-option is-active' : 'select-option'}
              onMouseEnter={() => setActive(index)}
              onClick={() => onPick(entry)}
            >
              <span>
                {entry.label}
                {entry.detail && <small>{entry.detail}</small>}
              </span>
              {chosen.some((one) => one.value === entry.value) && <Icon name="check" />}
            </button>
          </div>
        ))}
        {canClear && (
          <button type="button" className="select-option select-clear" onClick={onClear}>
            {words.remove}
          </button>
        )}
      </div>
    </div>
  );
}

/** What is on offer for this query; the service's own lists are asked for after a short pause in typing. */
function useEntries(block: Json, element: Json, query: string): { entries: Entry[]; note: string } {
  const surface = useSurface();
  const around = useSurroundings();
  const { words } = around;
  const isExternal = asText(element.type).endsWith('external_select');
  const [answer, setAnswer] = useState<{ entries: Entry[]; note: string }>({
    entries: [],
    note: words.typeToSearch,
  });
  // The lookup must not start again because the surface around it was drawn again.
  const latest = useRef<Surface>(surface);
  latest.current = surface;

  useEffect(() => {
    if (!isExternal) return;
    const least = typeof element.min_query_length === 'number' ? element.min_query_length : 3;
    if (query.length < least) return setAnswer({ entries: [], note: words.typeToSearch });
    let isCurrent = true;
    setAnswer((before) => ({ ...before, note: words.searching }));
    const timer = setTimeout(async () => {
      const found = await latest.current.search(block, element, query);
      if (!isCurrent) return;
      const grouped = found.groups.flatMap((group) =>
        group.options.map((option) => entryOf(option, group.label)),
      );
      const entries = grouped.length > 0 ? grouped : found.options.map((option) => entryOf(option));
      setAnswer({ entries, note: found.error ?? (entries.length === 0 ? words.nothingFound : '') });
    }, 120);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [isExternal, block, element, query, words]);

  if (isExternal) return answer;
  const all = fixedEntries(element, around);
  const wanted = query.trim().toLowerCase();
  const entries = all.filter((entry) =>
    `${entry.label} ${entry.detail ?? ''}`.toLowerCase().includes(wanted),
  );
  return { entries, note: entries.length === 0 ? words.nothingFound : '' };
}

function fixedEntries(element: Json, around: Surroundings): Entry[] {
  const type = asText(element.type);
  if (type.endsWith('users_select')) {
    return around.users
      .filter((user) => !user.deleted && !user.isBot)
      .map((user) => ({ value: user.id, label: user.realName, detail: user.note ?? '', state: user.id }));
  }
  if (type.endsWith('conversations_select') || type.endsWith('channels_select')) {
    return around.channels
      .filter((channel) => !channel.isArchived)
      .map((channel) => ({ value: channel.id, label: `#${channel.name}`, state: channel.id }));
  }
  const groups = asList(element.option_groups);
  if (groups.length > 0) {
    return groups.flatMap((group) =>
      asList(group.options).map((option) => entryOf(option, wordsOf(group.label))),
    );
  }
  return asList(element.options).map((option) => entryOf(option));
}

function entryOf(option: Json, group?: string): Entry {
  const detail = wordsOf(option.description);
  return {
    value: asText(option.value),
    label: wordsOf(option.text),
    state: option,
    ...(detail ? { detail } : {}),
    ...(group ? { group } : {}),
  };
}

function chosenOf(state: unknown, element: Json, around: Surroundings): Entry[] {
  const many = Array.isArray(state) ? state : state ? [state] : [];
  return many.map((one): Entry => {
    if (typeof one !== 'string') return entryOf(asJson(one));
    const isUser = asText(element.type).includes('users_select');
    const channel = around.channels.find((entry) => entry.id === one);
    return {
      value: one,
      label: isUser ? nameOfUser(around, one) : channel ? `#${channel.name}` : one,
      state: one,
    };
  });
}
