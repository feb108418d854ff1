import { useId } from 'react';
import { Blocks } from './card-view.tsx';
import type { Section } from './sections.ts';
import { WordsView } from './words-view.tsx';

export function SectionView({ section: { heading, blocks } }: { section: Section }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={heading ? id : undefined}>
      {heading && (
        <h2 className="panel-title" id={id}>
          <WordsView of={heading} />
        </h2>
      )}
      <Blocks blocks={blocks} />
    </section>
  );
}
