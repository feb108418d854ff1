import { useId, useMemo, useState } from 'react';
import type { Press } from '../../view/press.ts';
import { Problem } from '../frame/problem.tsx';
import { Skeleton } from '../frame/skeleton.tsx';
import { useReader } from '../words/reader.tsx';
import { Blocks } from '../work/card-view.tsx';
import { useCard } from '../work/use-card.ts';
import { useWork, WorkContext } from '../work/use-work.ts';
import { WordsView } from '../work/words-view.tsx';

/** A card of the service as a part of a page. Its own paging stays within it. */
export function CardPanel({ press: first, title }: { press: Press; title: string }) {
  const { words } = useReader();
  const [press, setPress] = useState(first);
  const query = useCard({ kind: 'press', press });
  const id = useId();
  const outer = useWork();
  const work = useMemo<typeof outer>(
    () => ({
      ...outer,
      press: async (pressed) => {
        if (!('p' in pressed) && pressed.a === first.a && !pressed.form) setPress(pressed);
        else await outer.press(pressed);
      },
    }),
    [outer, first.a],
  );
  const card = query.data?.card;
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 className="panel-title" id={id}>
        {title}
      </h2>
      {card?.title && (
        <p className="panel-about">
          <WordsView of={card.title} />
        </p>
      )}
      {card ? (
        <WorkContext value={work}>
          <Blocks blocks={card.blocks} />
        </WorkContext>
      ) : query.error ? (
        <Problem error={query.error} words={words} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton label={words.loading} />
      )}
    </section>
  );
}
