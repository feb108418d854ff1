import { useSyncExternalStore } from 'react';
import type { ScreenBlock } from '../../view/screen.ts';
import { Scrolling } from '../frame/scrolling.tsx';
import { keyed } from './keyed.ts';
import { plainWords } from './plain-words.ts';
import { WordsView } from './words-view.tsx';

type Table = Extract<ScreenBlock, { t: 'table' }>;

/** As many columns as a phone shows side by side. */
const mostBeside = 3;
const narrow = matchMedia('(max-width: 640px)');

function subscribe(changed: () => void): () => void {
  narrow.addEventListener('change', changed);
  return () => narrow.removeEventListener('change', changed);
}

/** Rows and columns; where there is no room for them, a card per row that names each of its values. */
export function TableView({
  table,
  labelledBy,
}: {
  table: Pick<Table, 'columns' | 'cells'>;
  labelledBy?: string | undefined;
}) {
  const isNarrow = useSyncExternalStore(subscribe, () => narrow.matches);
  const columns = keyed(table.columns, ({ label }) => plainWords(label));
  const rows = keyed(table.cells, (cells) => cells.map(plainWords).join(' '));
  if (isNarrow && columns.length > mostBeside) {
    return (
      <ul className="rows" aria-labelledby={labelledBy}>
        {rows.map(({ key: line, item: cells }) => (
          <li key={line} className="row stacked">
            <p>
              <WordsView of={cells[0] ?? []} />
            </p>
            <dl>
              {columns.slice(1).map(({ key, item: { label } }, index) => (
                <div key={key}>
                  <dt>
                    <WordsView of={label} />
                  </dt>
                  <dd>
                    <WordsView of={cells[index + 1] ?? []} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Scrolling labelledBy={labelledBy}>
      <table>
        <thead>
          <tr>
            {columns.map(({ key, item: { label, align } }) => (
              <th key={key} scope="col" className={`align-${align}`}>
                <WordsView of={label} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key: line, item: cells }) => (
            <tr key={line}>
              {columns.map(({ key, item: { align } }, index) => (
                <td key={key} className={`align-${align}`}>
                  <WordsView of={cells[index] ?? []} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}
