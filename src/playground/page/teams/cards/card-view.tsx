import { useEffect, useRef } from 'react';
import { asJson } from '../../../json.ts';
import type { Json } from '../../model.ts';
import { useTeams } from '../around.ts';
import { type CardParts, drawCard } from './draw-card.ts';

interface Props {
  card: Json;
  isBusy: boolean;
  /** A form of its own: the first field gets the cursor. */
  isDialog?: boolean;
  onPress: CardParts['onPress'];
  search: CardParts['search'];
}

/** An Adaptive Card; drawn again only when it changes, so that what has been entered stays. */
export function CardView({ card, isBusy, isDialog = false, onPress, search }: Props) {
  const { words } = useTeams();
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef({ onPress, search });
  latest.current = { onPress, search };
  const written = JSON.stringify(card);

  useEffect(() => {
    const around = box.current;
    if (!around) return;
    const hadFocus = around.contains(document.activeElement);
    const drawn = drawCard(JSON.parse(written) as Json, {
      words,
      isBare: isDialog,
      onPress: (press) => latest.current.onPress(press),
      search: (...asked) => latest.current.search(...asked),
    });
    around.replaceChildren(...(drawn ? [drawn] : []));
    // Whoever pressed a button that is gone goes on from the card that came instead.
    const first = around.querySelector<HTMLElement>(isDialog ? 'input, textarea, select, button' : 'button');
    if (isDialog || hadFocus) (first ?? around).focus();
  }, [written, words, isDialog]);

  const isWide = asJson(card.msteams).width === 'Full';
  const look = ['card-box', isWide && 'is-wide', isBusy && 'is-busy-card'].filter(Boolean).join(' ');
  return <div ref={box} className={look} tabIndex={-1} aria-busy={isBusy} />;
}
