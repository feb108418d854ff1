import type { ScreenCard } from '../../view/screen.ts';
import { Link, pathOf } from '../route.tsx';
import { useReader } from '../words/reader.tsx';
import { Blocks } from '../work/card-view.tsx';
import { WordsView } from '../work/words-view.tsx';
import { PageTitle } from './page-title.tsx';

/** A record that is not there, or not for the reader: why, and the ways back. */
export function NotHere({ number, card }: { number: string; card: ScreenCard }) {
  const { words } = useReader();
  return (
    <>
      <PageTitle title={number} />
      <section className="panel" aria-label={number}>
        {card.title && (
          <p className="block-text">
            <WordsView of={card.title} />
          </p>
        )}
        <Blocks blocks={card.blocks} />
        <div className="buttons">
          <Link className="button" href={pathOf({ name: 'day' })}>
            {words.day}
          </Link>
          <Link className="button" href={pathOf({ name: 'pipeline' })}>
            {words.pipeline}
          </Link>
          <Link className="button" href={pathOf({ name: 'approvals' })}>
            {words.approvals}
          </Link>
        </div>
      </section>
    </>
  );
}
