import { useEffect, useRef, useState } from 'react';
import type { ScreenCard } from '../../view/screen.ts';
import { Problem } from '../frame/problem.tsx';
import { Skeleton } from '../frame/skeleton.tsx';
import { NotHere } from '../pages/not-here.tsx';
import { PageTitle } from '../pages/page-title.tsx';
import { useReader } from '../words/reader.tsx';
import { Blocks, ButtonsView, ToneSign } from '../work/card-view.tsx';
import { plainWords } from '../work/plain-words.ts';
import { SectionView } from '../work/section-view.tsx';
import { keyedSections, partsOf, sectionsOf } from '../work/sections.ts';
import { useCard } from '../work/use-card.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { freshMs } from './use-waiting.ts';

/** One request with everything an answer rests on, what can be answered, and what was said so far. */
export function ApprovalPage({ number }: { number: string }) {
  const { words } = useReader();
  const press = { a: 'approvals.show', i: { approval: number } };
  const request = useCard({ kind: 'press', press }, { everyMs: freshMs });
  const focus = useKeptFocus(request.data);
  const changed = useChanged(request.data?.card);
  if (!request.data) {
    return request.error ? (
      <Problem error={request.error} words={words} onRetry={() => void request.refetch()} />
    ) : (
      <Skeleton label={words.loading} rows={4} />
    );
  }
  const { card, refused } = request.data;
  if (refused) return <NotHere number={number} card={card} />;
  const { blocks, buttons } = partsOf(card);
  const [head = { heading: undefined, blocks: [] }, ...rest] = sectionsOf(blocks);
  return (
    <div {...focus}>
      <PageTitle title={card.title ? plainWords(card.title) : number}>
        <ToneSign tone={card.tone} />
      </PageTitle>
      <p className="unseen" role="status">
        {changed && words.changedMeanwhile(number)}
      </p>
      <div className="panels">
        <section className="panel" aria-label={number}>
          <Blocks
            blocks={head.heading ? [{ t: 'heading', of: head.heading }, ...head.blocks] : head.blocks}
          />
          <ButtonsView buttons={buttons} />
        </section>
        {keyedSections(rest).map(({ key, item }) => (
          <SectionView key={key} section={item} />
        ))}
      </div>
    </div>
  );
}

/** Whether the card says something else than when the page was opened: told to those who do not see it change. */
function useChanged(card: ScreenCard | undefined): boolean {
  const first = useRef<string>(undefined);
  const [isChanged, setIsChanged] = useState(false);
  const text = card?.text;
  useEffect(() => {
    if (text === undefined) return;
    first.current ??= text;
    setIsChanged(text !== first.current);
  }, [text]);
  return isChanged;
}
