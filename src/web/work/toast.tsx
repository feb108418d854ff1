import { useEffect, useState } from 'react';
import type { ScreenCard } from '../../view/screen.ts';
import { Icon } from '../frame/icon.tsx';
import { useReader } from '../words/reader.tsx';
import { Blocks, CardTitle } from './card-view.tsx';

type Props = { onClose(): void } & (
  | { card: ScreenCard; isProblem?: never }
  | { text: string; isProblem: true }
);

/** Reading takes a while, and undoing takes thought. */
const shownMs = 15_000;

/** What was just done, with Undo within reach. Stays while somebody is at it. */
export function Toast({ onClose, ...what }: Props) {
  const { words } = useReader();
  const [isHeld, setIsHeld] = useState(false);
  const key = 'card' in what ? what.card : what.text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another result starts the time again
  useEffect(() => {
    if (isHeld || 'text' in what) return;
    const timer = setTimeout(onClose, shownMs);
    return () => clearTimeout(timer);
  }, [isHeld, key]);
  return (
    <section
      className={`toast ${'text' in what ? 'tone-stop' : `tone-${what.card.tone}`}`}
      aria-label={'text' in what ? words.failed : undefined}
      role={'text' in what ? 'alert' : undefined}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <div className="toast-words">
        {'text' in what ? (
          <p>{what.text}</p>
        ) : (
          <>
            <CardTitle card={what.card} level={2} />
            <Blocks blocks={what.card.blocks} />
          </>
        )}
      </div>
      <button type="button" className="button button-icon" aria-label={words.dismiss} onClick={onClose}>
        <Icon name="close" />
      </button>
    </section>
  );
}
