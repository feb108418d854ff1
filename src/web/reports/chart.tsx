import { type ReactNode, useId } from 'react';
import { useReader } from '../words/reader.tsx';
import { TableView } from '../work/table-view.tsx';

interface Props {
  title: string;
  about: string;
  /** The figures again for who cannot see the picture. */
  table: { columns: string[]; rows: string[][] };
  controls?: ReactNode;
  children: ReactNode;
}

/** A picture with its words: what it shows, and the same as a table one click away. */
export function Chart({ title, about, table, controls, children }: Props) {
  const { words } = useReader();
  const id = useId();
  return (
    <section className="panel chart" aria-labelledby={id}>
      <header className="chart-head">
        <div>
          <h2 className="panel-title" id={id}>
            {title}
          </h2>
          <p className="small">{about}</p>
        </div>
        {controls}
      </header>
      {children}
      {table.rows.length > 0 && (
        <details className="chart-table">
          <summary>{words.table}</summary>{' '}
          <TableView
            table={{
              columns: table.columns.map((label, index) => ({
                label: [{ text: label }],
                align: index === 0 ? 'left' : 'right',
              })),
              cells: table.rows.map((cells) => cells.map((text) => [{ text }])),
            }}
            labelledBy={id}
          />
        </details>
      )}
    </section>
  );
}

export function Choice<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: V;
  options: readonly { value: V; label: string }[];
  onChange: (value: V) => void;
}) {
  return (
    <label className="choice">
      <span className="unseen">{label}</span>
      <select
        className="control"
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
