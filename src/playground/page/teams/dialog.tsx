import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { TeamsDialog } from '../../teams/screen-model.ts';
import { AppAvatar } from '../avatar.tsx';
import { Icon } from '../icons.tsx';
import { keepFocusIn } from '../keep-focus.ts';
import { useTeams } from './around.ts';
import type { CardParts } from './cards/draw-card.ts';
import { ask } from './client.ts';
import { isWebAddress } from './inline-text.ts';

const CardView = lazy(async () => ({ default: (await import('./cards/card-view.tsx')).CardView }));

/** The three widths that Teams has names for, in pixels. */
const widths = { small: 380, medium: 520, large: 680 } as const;

/** The form in front. It covers this pane only, so that the rest of the page stays in reach. */
export function Dialog({ dialog }: { dialog: TeamsDialog }) {
  const { words, who, acts } = useTeams();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const press: CardParts['onPress'] = async ({ type, action, values }) => {
    setIsBusy(true);
    setProblem('');
    const gesture = type === 'Action.Execute' ? 'dialog-execute' : 'dialog-submit';
    const outcome = await acts.run(gesture, { dialog: dialog.id, action, values });
    setIsBusy(false);
    if (!outcome?.ok) setProblem(outcome?.error ?? words.offline);
  };
  const search: CardParts['search'] = async (input, text, values) => {
    const { choices = [], error } = await ask('search', { ...who, dialog: dialog.id, input, text, values });
    return { choices, ...(error ? { error } : {}) };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') void acts.run('dialog-close', { dialog: dialog.id });
    keepFocusIn(box.current, event);
  };
  const width = typeof dialog.width === 'number' ? dialog.width : widths[dialog.width ?? 'medium'];

  return (
    <div className="modal-back">
      <div
        ref={box}
        className="modal"
        style={{ width: `min(${width}px, 100%)` }}
        role="dialog"
        aria-modal="true"
        aria-labelledby="dialog-title"
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <header className="modal-head">
          <AppAvatar size={24} />
          <h2 id="dialog-title">{dialog.title}</h2>
          <button
            type="button"
            className="icon-button"
            aria-label={words.close}
            onClick={() => void acts.run('dialog-close', { dialog: dialog.id })}
          >
            <Icon name="close" />
          </button>
        </header>
        <div className="modal-body">
          {dialog.card && (
            <Suspense fallback={<p className="quiet">{words.loading}</p>}>
              <CardView
                card={dialog.card}
                isBusy={isBusy}
                isDialog
                onPress={(one) => void press(one)}
                search={search}
              />
            </Suspense>
          )}
          {isWebAddress(dialog.url) && (
            <a href={dialog.url} target="_blank" rel="noopener noreferrer">
              {dialog.title}
            </a>
          )}
          {problem && (
            <p className="input-error" role="alert">
              {problem}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
