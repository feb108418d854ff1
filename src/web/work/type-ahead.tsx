import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useDeferredValue, useState } from 'react';
import { interact } from '../client/call.ts';
import { problemText } from '../frame/problem.tsx';
import { useReader } from '../words/reader.tsx';

interface Props {
  id: string;
  lookups: readonly string[];
  /** What people type for the record that is chosen, or the text they typed so far. */
  value: string;
  /** What the chosen one is called. */
  label: string | undefined;
  placeholder: string | undefined;
  onChoose(value: string): void;
  onType?(text: string): void;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string | undefined;
  'aria-required'?: true | undefined;
  'aria-label'?: string;
}

/** A record by part of its name. What is typed without choosing is sent as it is: the service reads it, too. */
export function TypeAhead({ lookups, value, label, onChoose, onType, ...about }: Props) {
  const { words } = useReader();
  const [text, setText] = useState(label ?? value);
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const query = useDeferredValue(text);
  const {
    data: options = [],
    error,
    isFetched,
  } = useQuery({
    queryKey: ['lookup', ...lookups, query],
    queryFn: async () => {
      const outcome = await interact({ kind: 'lookup', lookups, query });
      return outcome.kind === 'options' ? outcome.options : [];
    },
    enabled: isOpen,
    placeholderData: (before) => before,
  });
  const listId = `${about.id}-list`;

  const choose = (option: { value: string; label: string }) => {
    setText(option.label);
    setIsOpen(false);
    onChoose(option.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setIsOpen(true);
      setActive((at) => (at + step + options.length) % Math.max(1, options.length));
    } else if (event.key === 'Enter' && isOpen) {
      const option = options[active];
      if (!option) return;
      event.preventDefault();
      choose(option);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setIsOpen(false);
    }
  };
  return (
    <div className="type-ahead">
      <input
        {...about}
        className="control"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && options[active] ? `${listId}-${active}` : undefined}
        value={text}
        onFocus={(event) => event.target.select()}
        onBlur={() => setIsOpen(false)}
        onClick={() => setIsOpen(true)}
        onChange={(event) => {
          setText(event.target.value);
          setActive(-1);
          setIsOpen(true);
          onType?.(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div
          className="options"
          id={listId}
          role="listbox"
          aria-label={about['aria-label'] ?? words.found(options.length)}
        >
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the input that owns the list
            <div
              key={option.value}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="option"
              // The input must not lose the focus before the click is heard.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              {option.label}
            </div>
          ))}
          {options.length === 0 && isFetched && (
            <div
              className="option option-none"
              role="option"
              aria-selected="false"
              aria-disabled="true"
              tabIndex={-1}
            >
              {error ? problemText(error, words) : words.nothingFound}
            </div>
          )}
        </div>
      )}
    </div>
  );
}
