import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { TeamsResult } from '../../teams/outcome.ts';
import type { Command } from '../model.ts';
import { useClickAway } from '../use-click-away.ts';
import { useTeams } from './around.ts';
import { ask } from './client.ts';

interface Props {
  commands: Command[];
  conversation: string;
  onClose(): void;
}

/** Looks something up in the app and puts its card into the conversation. */
export function ExtensionSearch({ commands, conversation, onClose }: Props) {
  const { words, acts, tenant } = useTeams();
  const [commandId, setCommandId] = useState(commands[0]?.id ?? '');
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const command = commands.find((one) => one.id === commandId);
  const { results, note } = useResults(command, conversation, text);
  const box = useRef<HTMLDivElement>(null);
  useClickAway(box, onClose);

  const pick = (result: TeamsResult | undefined) => {
    if (!result) return;
    onClose();
    void acts.run('extension-select', { conversation, index: result.index });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((active + step + results.length) % Math.max(1, results.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      pick(results[active]);
    }
  };
  return (
    <div className="popover extension" ref={box} role="dialog" aria-label={words.searchApp(tenant.appName)}>
      <div className="extension-tabs" role="tablist">
        {commands.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            aria-selected={id === commandId}
            className="tab"
            onClick={() => {
              setCommandId(id);
              setActive(0);
            }}
          >
            {title}
          </button>
        ))}
      </div>
      <input
        // biome-ignore lint/a11y/noAutofocus: it opens on the person's own click, and typing goes on there
        autoFocus
        className="field-control"
        role="combobox"
        aria-expanded="true"
        aria-controls="extension-results"
        aria-activedescendant={results[active] ? `extension-result-${active}` : undefined}
        aria-label={words.search}
        placeholder={words.search}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="extension-results" id="extension-results" role="listbox">
        {note && (
          <p className="select-note" role="status">
            {note}
          </p>
        )}
        {results.map((result, index) => (
          <button
            key={result.index}
            type="button"
            role="option"
            tabIndex={-1}
            id={`extension-result-${index}`}
            aria-selected={index === active}
            className={index === active ? 'extension-result is-active' : 'extension-result'}
            // Not on entering: a list that opens under the pointer would choose by itself.
            onMouseMove={() => setActive(index)}
            onClick={() => pick(result)}
          >
            <span className="extension-title">{result.title}</span>
            {(result.subtitle || result.text) && (
              <small className="extension-detail">
                {[result.subtitle, result.text].filter(Boolean).join(' · ')}
              </small>
            )}
          </button>
        ))}
      </div>
    </div>
  );
}

interface Found {
  results: TeamsResult[];
  note: string;
}

const pauseMs = 220;

/** What the app finds; before anything is typed, what it shows then. */
function useResults(command: Command | undefined, conversation: string, typed: string): Found {
  const { words, who } = useTeams();
  const [found, setFound] = useState<Found>({ results: [], note: words.searching });
  const text = typed.trim();
  const { user, tenant } = who;
  const commandId = command?.id;
  const parameter = command?.parameters?.[0]?.name;

  useEffect(() => {
    if (!commandId) return;
    let isCurrent = true;
    setFound({ results: [], note: words.searching });
    const timer = setTimeout(
      async () => {
        const query = text === '' ? {} : { text, ...(parameter ? { parameter } : {}) };
        const {
          results = [],
          error,
          toast,
        } = await ask('extension-query', { user, tenant, conversation, commandId, ...query });
        const nothing = results.length === 0 ? words.nothingFound : '';
        if (isCurrent) setFound({ results, note: error ?? toast ?? nothing });
      },
      text === '' ? 0 : pauseMs,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [user, tenant, commandId, parameter, conversation, text, words]);

  return found;
}
