import { useEffect, useRef } from 'react';
import { Icon } from '../frame/icon.tsx';
import { useReader } from '../words/reader.tsx';
import { Blocks, CardTitle } from './card-view.tsx';
import { FormView } from './form-view.tsx';
import type { Shown } from './use-work.ts';

interface Props {
  open: readonly Shown[];
  onBack(): void;
  onClose(): void;
}

/** Cards and forms over the page, the last on top; the browser keeps the focus inside and gives it back. */
export function Dialogs({ open, onBack, onClose }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const top = open.at(-1);
  const isOpen = top !== undefined;
  useEffect(() => {
    const dialog = box.current;
    if (!isOpen || !dialog) return;
    if (!dialog.open) dialog.showModal();
    return () => dialog.close();
  }, [isOpen]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is read from its top
  useEffect(() => {
    void box.current?.querySelector('.dialog-body')?.scrollTo({ top: 0 });
    if (top?.kind === 'card') box.current?.querySelector<HTMLElement>('.dialog-title')?.focus();
  }, [top?.id]);
  if (!top) return null;
  return (
    <dialog
      ref={box}
      className="dialog"
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        onBack();
      }}
    >
      <DialogHead top={top} canGoBack={open.length > 1} onBack={onBack} onClose={onClose} />
      {top.kind === 'form' ? (
        <FormView key={top.id} form={top.form} message={top.message} onCancel={onBack} />
      ) : (
        <div className={`dialog-body card tone-${top.card.tone}`}>
          <Blocks blocks={top.card.blocks} />
        </div>
      )}
    </dialog>
  );
}

function DialogHead({
  top,
  canGoBack,
  onBack,
  onClose,
}: {
  top: Shown;
  canGoBack: boolean;
  onBack(): void;
  onClose(): void;
}) {
  const { words } = useReader();
  return (
    <header className="dialog-head">
      {canGoBack && (
        <button type="button" className="button button-icon" aria-label={words.back} onClick={onBack}>
          <Icon name="back" />
        </button>
      )}
      <div className="dialog-title" id="dialog-title" tabIndex={-1}>
        {top.kind === 'form' ? (
          <h2 className="card-title">{top.form.title}</h2>
        ) : (
          <CardTitle card={top.card} level={2} />
        )}
      </div>
      <button type="button" className="button button-icon" aria-label={words.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  );
}
