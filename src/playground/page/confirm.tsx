import { useEffect, useRef } from 'react';
import { Text, wordsOf } from './block-kit/text.tsx';
import type { Json } from './model.ts';
import { useSurroundings } from './surroundings.ts';

/** The question a button may ask before it acts. */
export function Confirm({ of, onDone }: { of: Json; onDone(isSure: boolean): void }) {
  const { words } = useSurroundings();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const title = wordsOf(of.title);
  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-label={title || undefined}
      onCancel={(event) => {
        event.preventDefault();
        onDone(false);
      }}
    >
      {title && <h3>{title}</h3>}
      <Text of={of.text} />
      <div className="confirm-buttons">
        <button type="button" className="button" onClick={() => onDone(false)}>
          {wordsOf(of.deny) || words.confirmNo}
        </button>
        <button
          type="button"
          className={of.style === 'danger' ? 'button button-danger-solid' : 'button button-primary'}
          onClick={() => onDone(true)}
        >
          {wordsOf(of.confirm) || words.confirmYes}
        </button>
      </div>
    </dialog>
  );
}
