import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { Icon } from '../frame/icon.tsx';
import { useReader } from '../words/reader.tsx';
import { Blocks, CardTitle } from './card-view.tsx';
import { FormView } from './form-view.tsx';
import type { Shown } from './use-work.ts';

interface Props {
  open: readonly Shown[];
  onBack(): void;
  onClose(): void;
  /** What is said meanwhile: outside an open dialog nobody would see or hear it. */
  children: ReactNode;
}

/** Cards and forms over the page, the last on top; the browser keeps the focus inside. */
export function Dialogs({ open, onBack, onClose, children }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const opener = useRef<Element>(null);
  const top = open.at(-1);
  const isOpen = top !== undefined;
  // Before the effects of what stands in it: a form gives its first field the focus, and nothing closed can have it.
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!isOpen || !dialog) return;
    opener.current = document.activeElement;
    if (!dialog.open) dialog.showModal();
    return () => dialog.close();
  }, [isOpen]);
  // After the page has been drawn: until then it hears of no focus.
  useEffect(() => (isOpen ? () => giveBack(opener.current) : undefined), [isOpen]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is read from its top
  useEffect(() => {
    void box.current?.querySelector('.dialog-body')?.scrollTo({ top: 0 });
    if (top?.kind === 'card') box.current?.querySelector<HTMLElement>('.dialog-title')?.focus();
  }, [top?.id]);
  if (!top) return children;
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
      {children}
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

/**
 * The focus, to what opened the dialog, or to the page's title where that is gone. A browser does it for a dialog that
 * is closed, but not for one that is removed.
 */
function giveBack(opener: Element | null): void {
  if (document.activeElement !== document.body) return;
  const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
  const to = isThere ? opener : document.querySelector<HTMLElement>('.page-title');
  to?.focus({ preventScroll: true });
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
