import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Actions } from '../client/actions.ts';
import { call } from '../client/call.ts';
import { Empty } from '../frame/empty.tsx';
import { Problem } from '../frame/problem.tsx';
import { Skeleton } from '../frame/skeleton.tsx';
import { useReader } from '../words/reader.tsx';
import { PressButton } from '../work/card-view.tsx';
import { Chart, Choice } from './chart.tsx';

type Line = Actions['targets.show']['output']['total'][number];
type By = 'person' | 'group';

interface Row {
  key: string;
  name: string;
  line: Line;
  isTotal: boolean;
}

/** What was won of the month's targets; unlike currencies in lines of their own. */
export function TargetsChart() {
  const { words, session, money, percent } = useReader();
  const [by, setBy] = useState<By>('person');
  const figures = useQuery({
    queryKey: ['targets', by],
    queryFn: () => call('targets.show', { by }),
    placeholderData: (before) => before,
  });
  const rows = figures.data ? rowsOf(figures.data, words) : [];
  const sum = (minor: string | null, { currency }: Line) =>
    minor === null ? '–' : money({ amountMinor: minor, currency });
  return (
    <Chart
      title={words.targets}
      about={words.targetsAbout}
      controls={
        <Choice<By>
          label={words.by}
          value={by}
          options={[
            { value: 'person', label: words.byPerson },
            { value: 'group', label: words.byGroup },
          ]}
          onChange={setBy}
        />
      }
      table={{
        columns: [words.name, words.target, words.wonColumn, words.gap, words.reached],
        rows: rows.map(({ name, line }) => [
          name,
          sum(line.targetMinor, line),
          sum(line.wonMinor, line),
          sum(line.gapMinor, line),
          line.reachedBasisPoints === null ? '–' : percent(line.reachedBasisPoints),
        ]),
      }}
    >
      {!figures.data ? (
        figures.error ? (
          <Problem error={figures.error} words={words} onRetry={() => void figures.refetch()} />
        ) : (
          <Skeleton label={words.loading} />
        )
      ) : rows.length === 0 ? (
        <Empty text={words.noTargets}>
          {session.roles.some((role) => role === 'manager' || role === 'admin') && (
            <PressButton
              button={{ label: words.setTarget, press: { a: 'targets.set', i: {}, form: true } }}
            />
          )}
        </Empty>
      ) : (
        <>
          <ul className="lines">
            {rows.map((row) => (
              <TargetLine key={row.key} row={row} />
            ))}
          </ul>
          {figures.data.withoutTarget > 0 && (
            <p className="small">{words.withoutTarget(figures.data.withoutTarget)}</p>
          )}
        </>
      )}
    </Chart>
  );
}

function rowsOf(
  { rows, total }: Actions['targets.show']['output'],
  words: { nobody: string; noTeam: string; allTogether: string },
): Row[] {
  const all = rows.flatMap(({ person, unit, lines }, index) =>
    lines.map((line) => ({
      key: `${index} ${line.currency}`,
      name: person?.name ?? unit ?? words.noTeam,
      line,
      isTotal: false,
    })),
  );
  if (all.length < 2) return all;
  const sums = total.map((line) => ({
    key: `total ${line.currency}`,
    name: words.allTogether,
    line,
    isTotal: true,
  }));
  return [...sums, ...all];
}

function TargetLine({ row: { name, line, isTotal } }: { row: Row }) {
  const { words, money, percent } = useReader();
  const { reachedBasisPoints: reached, currency } = line;
  const won = money({ amountMinor: line.wonMinor, currency });
  const target = line.targetMinor === null ? undefined : money({ amountMinor: line.targetMinor, currency });
  const share = reached === null ? words.noTarget : words.ofTarget(percent(reached));
  // Beyond the target the bar is full, and the mark of the target moves left.
  const scale = Math.max(10_000, reached ?? 10_000);
  return (
    <li className={`line ${isTotal ? 'is-total' : ''}`}>
      <p className="line-head">
        <strong>{name}</strong>
        <span>{share}</span>
      </p>
      <svg
        className="line-picture"
        viewBox="0 0 100 10"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: ${won}, ${share}`}
      >
        <title>{`${name}: ${won}, ${share}`}</title>
        <rect className="fill-track" width="100" height="10" />
        {reached !== null && (
          <>
            <rect
              className={reached >= 10_000 ? 'fill-won' : 'fill-part'}
              width={(100 * Math.max(0, reached)) / scale}
              height="10"
            />
            <rect className="fill-mark" x={Math.min(99.4, (100 * 10_000) / scale)} width="0.6" height="10" />
          </>
        )}
      </svg>
      <p className="small">{target === undefined ? won : `${won} / ${target}`}</p>
    </li>
  );
}
