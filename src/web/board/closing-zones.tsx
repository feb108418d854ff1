import { useRef } from 'react';
import { useReader } from '../words/reader.tsx';
import { useDropTarget } from './drag.ts';
import type { Closing } from './use-moves.ts';

/** Where a dragged deal is dropped to close it; the form asks why. */
export function ClosingZones({
  isShown,
  onDrop,
}: {
  isShown: boolean;
  onDrop: Record<Closing, (number: string) => void>;
}) {
  return (
    <div className={`zones ${isShown ? 'is-shown' : ''}`} aria-hidden="true">
      <Zone as="won" onDrop={onDrop.won} />
      <Zone as="lost" onDrop={onDrop.lost} />
    </div>
  );
}

function Zone({ as, onDrop }: { as: Closing; onDrop: (number: string) => void }) {
  const { words } = useReader();
  const box = useRef<HTMLDivElement>(null);
  const isOver = useDropTarget(box, onDrop);
  return (
    <div ref={box} className={`zone zone-${as} ${isOver ? 'is-over' : ''}`}>
      {as === 'won' ? words.dropWon : words.dropLost}
    </div>
  );
}
