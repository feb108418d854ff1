import type { ScreenBlock } from '../../view/screen.ts';
import { keyed } from './keyed.ts';
import { plainWords } from './plain-words.ts';
import { WordsView } from './words-view.tsx';

/** Bars one below the other; the figure stands beside each, so the lengths are only for the eye. */
export function BarsView({ title, bars }: Pick<Extract<ScreenBlock, { t: 'bars' }>, 'title' | 'bars'>) {
  const longest = Math.max(0, ...bars.map(({ value }) => (Number.isFinite(value) ? value : 0)));
  return (
    <figure className="bars">
      <figcaption className="block-heading">
        <WordsView of={title} />
      </figcaption>
      <dl>
        {keyed(bars, ({ label }) => plainWords(label)).map(({ key, item: { label, value, text } }) => (
          <div key={key} className="bar-line">
            <dt>
              <WordsView of={label} />
            </dt>
            <dd>
              <svg className="bar-track" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect className="bar-fill" width={longest > 0 ? lengthOf(value, longest) : 0} height="10" />
              </svg>
              <span>
                <WordsView of={text} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}

/** What there is at all is seen. */
function lengthOf(value: number, longest: number): number {
  return value > 0 ? Math.max(1.5, (100 * value) / longest) : 0;
}
