import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { AppAvatar } from '../avatar.tsx';
import { Blocks } from '../block-kit/blocks.tsx';
import { SurfaceContext } from '../block-kit/surface.ts';
import { wordsOf } from '../block-kit/text.tsx';
import { Icon } from '../icons.tsx';
import { keepFocusIn } from '../keep-focus.ts';
import type { View } from '../model.ts';
import { useSurroundings } from '../surroundings.ts';
import type { Gestures } from './use-gestures.ts';
import { useSurfaceFor } from './use-surface.ts';

interface Props {
  view: View;
  /** How many forms lie on top of each other. */
  depth: number;
  who: { user: string; team: string };
  gestures: Gestures;
}

/** The form on top. It covers this pane only, so that the rest of the page stays in reach. */
export function Modal({ view, depth, who, gestures }: Props) {
  const { words } = useSurroundings();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState('');
  const box = useRef<HTMLFormElement>(null);
  const surface = useSurfaceFor({
    kind: 'modal',
    ...who,
    at: { viewId: view.id },
    gestures,
    initial: view.values,
    errors,
  });

  useEffect(() => {
    const first = box.current?.querySelector<HTMLElement>('[data-focus=first], .modal-body .field-control');
    (first ?? box.current)?.focus();
  }, []);
  useEffect(() => {
    if (Object.keys(errors).length > 0)
      box.current?.querySelector<HTMLElement>('.has-error .field-control')?.focus();
  }, [errors]);

  const submit = async () => {
    setIsSending(true);
    setErrors({});
    setProblem('');
    const outcome = await gestures.run('submit', { values: surface.entered });
    setIsSending(false);
    if (outcome?.errors) setErrors(outcome.errors);
    else if (!outcome?.ok) setProblem(outcome?.error ?? gestures.problem);
  };
  const close = (all: boolean) => void gestures.run('close', { all });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close(false);
    keepFocusIn(box.current, event);
  };

  return (
    <div className="modal-back">
      <form
        ref={box}
        className={`modal ${depth > 1 ? 'is-stacked' : ''}`}
        role="dialog"
        aria-modal="true"
        aria-labelledby="modal-title"
        tabIndex={-1}
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          if (view.submit) void submit();
        }}
      >
        <header className="modal-head">
          <AppAvatar size={28} />
          <h2 id="modal-title">{wordsOf(view.title)}</h2>
          <button type="button" className="icon-button" aria-label={words.close} onClick={() => close(true)}>
            <Icon name="close" />
          </button>
        </header>
        <div className="modal-body">
          <SurfaceContext value={surface}>
            <Blocks blocks={view.blocks} />
          </SurfaceContext>
        </div>
        <footer className="modal-foot">
          {problem && (
            <p className="input-error" role="alert">
              {problem}
            </p>
          )}
          <span className="spring" />
          <button type="button" className="button" onClick={() => close(false)}>
            {wordsOf(view.close) || words.cancel}
          </button>
          {view.submit && (
            <button
              type="submit"
              className={`button button-primary ${isSending ? 'is-busy' : ''}`}
              disabled={isSending}
            >
              {wordsOf(view.submit) || words.submit}
            </button>
          )}
        </footer>
      </form>
    </div>
  );
}
