import { Problem } from '../frame/problem.tsx';
import { Skeleton } from '../frame/skeleton.tsx';
import { PageTitle } from '../pages/page-title.tsx';
import { useReader } from '../words/reader.tsx';
import { Blocks, CardTitle, PressButton } from '../work/card-view.tsx';
import { SectionView } from '../work/section-view.tsx';
import { keyedSections, sectionsOf } from '../work/sections.ts';
import { useCard } from '../work/use-card.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { freshMs } from './use-waiting.ts';

/** What waits for the reader's answer, oldest first, and what they asked for: the same list as in chat. */
export function ApprovalsPage() {
  const { words, isSelling } = useReader();
  const list = useCard({ kind: 'press', press: { a: 'approvals.list', i: {} } }, { everyMs: freshMs });
  const focus = useKeptFocus(list.data);
  const { card, refused } = list.data ?? {};
  return (
    <div {...focus}>
      <PageTitle title={words.approvals}>
        {isSelling && (
          <div className="buttons page-actions">
            <PressButton
              button={{ label: words.askDiscount, press: { a: 'discounts.ask', i: {}, form: true } }}
            />
          </div>
        )}
      </PageTitle>
      {card ? (
        <div className="panels">
          {refused && (
            <section className="panel" aria-label={words.approvals}>
              <CardTitle card={card} level={2} />
              <Blocks blocks={card.blocks} />
            </section>
          )}
          {!refused &&
            keyedSections(sectionsOf(card.blocks)).map(({ key, item }) => (
              <SectionView key={key} section={item} />
            ))}
        </div>
      ) : list.error ? (
        <Problem error={list.error} words={words} onRetry={() => void list.refetch()} />
      ) : (
        <Skeleton label={words.loading} />
      )}
    </div>
  );
}
