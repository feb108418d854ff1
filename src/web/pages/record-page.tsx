import type { Press } from '../../view/press.ts';
import type { ScreenButton } from '../../view/screen.ts';
import { Problem } from '../frame/problem.tsx';
import { Skeleton } from '../frame/skeleton.tsx';
import type { Words } from '../words/english.ts';
import { useReader } from '../words/reader.tsx';
import { Blocks, PressButton } from '../work/card-view.tsx';
import { plainWords } from '../work/plain-words.ts';
import { SectionView } from '../work/section-view.tsx';
import { keyedSections, partsOf, sectionsOf } from '../work/sections.ts';
import { useCard } from '../work/use-card.ts';
import { NotHere } from './not-here.tsx';
import { PageTitle } from './page-title.tsx';
import { StagePath } from './stage-path.tsx';

interface Props {
  kind: 'deal' | 'account';
  number: string;
}

/** One record with all that is known of it, its timeline, and what can be done. */
export function RecordPage({ kind, number }: Props) {
  const { words, isSelling } = useReader();
  const record = useCard({ kind: 'press', press: { a: `${kind}s.show`, i: { [kind]: number } } });
  if (!record.data) {
    return record.error ? (
      <Problem error={record.error} words={words} onRetry={() => void record.refetch()} />
    ) : (
      <Skeleton label={words.loading} rows={6} />
    );
  }
  const { card, refused } = record.data;
  if (refused) return <NotHere number={number} card={card} />;
  const { blocks, buttons } = partsOf(card);
  const [head, ...rest] = sectionsOf(blocks);
  const quick = isSelling ? quickButtons(kind, number, words) : [];
  return (
    <>
      <PageTitle title={card.title ? plainWords(card.title) : number}>
        <div className="buttons page-actions">
          {withoutTwins(buttons, quick).map((button) => (
            <PressButton key={`${button.label} ${JSON.stringify(button.press)}`} button={button} />
          ))}
        </div>
      </PageTitle>
      {kind === 'deal' && <StagePath number={number} canMove={isSelling} />}
      <div className="record">
        {head && (
          <section className="panel record-head" aria-label={number}>
            <Blocks
              blocks={head.heading ? [{ t: 'heading', of: head.heading }, ...head.blocks] : head.blocks}
            />
          </section>
        )}
        {keyedSections(rest).map(({ key, item }) => (
          <SectionView key={key} section={item} />
        ))}
      </div>
    </>
  );
}

function quickButtons(kind: Props['kind'], number: string, words: Words): ScreenButton[] {
  const press = (a: string, i: Press['i']): Press => ({ a, i, form: true });
  const ofBoth = [
    { label: words.log, press: press('activities.log', { subject: number }) },
    { label: words.nextStep, press: press('next-steps.set', { subject: number }) },
  ];
  const own =
    kind === 'deal' ? [] : [{ label: words.newDeal, press: press('deals.create', { account: number }) }];
  return [...ofBoth, ...own, { label: words.edit, press: press(`${kind}s.set`, { [kind]: number }) }];
}

/** What the card offers already is not offered twice. */
function withoutTwins(own: ScreenButton[], quick: ScreenButton[]): ScreenButton[] {
  const taken = new Set(own.map(({ press }) => ('a' in press ? press.a : '')));
  return [...own, ...quick.filter(({ press }) => 'a' in press && !taken.has(press.a))];
}
