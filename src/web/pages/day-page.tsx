import { Problem } from '../frame/problem.tsx';
import { Skeleton } from '../frame/skeleton.tsx';
import { useReader } from '../words/reader.tsx';
import { SectionView } from '../work/section-view.tsx';
import { keyedSections, sectionsOf } from '../work/sections.ts';
import { useCard } from '../work/use-card.ts';
import { PageTitle } from './page-title.tsx';

/** What waits for the reader: the same home as in chat, in the room a page has. */
export function DayPage() {
  const { words } = useReader();
  const home = useCard({ kind: 'home' });
  return (
    <>
      <PageTitle title={words.day} />
      {home.data ? (
        <div className="panels">
          {keyedSections(sectionsOf(home.data.card.blocks)).map(({ key, item }) => (
            <SectionView key={key} section={item} />
          ))}
        </div>
      ) : home.error ? (
        <Problem error={home.error} words={words} onRetry={() => void home.refetch()} />
      ) : (
        <Skeleton label={words.loading} />
      )}
    </>
  );
}
