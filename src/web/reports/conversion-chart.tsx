import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Actions } from '../client/actions.ts';
import { call } from '../client/call.ts';
import { Empty } from '../frame/empty.tsx';
import { Problem } from '../frame/problem.tsx';
import { Skeleton } from '../frame/skeleton.tsx';
import { Link, pathOf } from '../route.tsx';
import { useReader } from '../words/reader.tsx';
import { Chart, Choice } from './chart.tsx';
import { type PeriodName, periodAt, periodNames } from './periods.ts';

type Group = Actions['deals.pipeline']['output']['groups'][number];
type By = 'owner' | 'group';

const mostRows = 15;

/** Won against lost in a period, by person or team. `on` is a day of the service's current month. */
export function ConversionChart({ on }: { on: string }) {
  const { words, day, sums, count, percent } = useReader();
  const [period, setPeriod] = useState<PeriodName>('thisQuarter');
  const [by, setBy] = useState<By>('owner');
  const span = periodAt(period, on);
  const figures = useQuery({
    queryKey: ['conversion', span, by],
    queryFn: () => call('deals.pipeline', { span, by }),
    placeholderData: (before) => before,
  });
  const groups = (figures.data?.groups ?? [])
    .filter(({ wonCount, lostCount }) => wonCount + lostCount > 0)
    .sort((a, b) => b.wonCount + b.lostCount - (a.wonCount + a.lostCount))
    .slice(0, mostRows);
  const nameOf = ({ name }: Group) => name ?? (by === 'owner' ? words.nobody : words.noTeam);
  const rows = groups.map((group) => [
    nameOf(group),
    count(group.wonCount),
    sums(group.won) || '–',
    count(group.lostCount),
    percent(rateOf(group)),
  ]);
  return (
    <Chart
      title={words.conversion}
      about={`${words.conversionAbout} ${day(span.from)} – ${day(span.to)}`}
      controls={
        <div className="choices">
          <Choice<PeriodName>
            label={words.period}
            value={period}
            options={periodNames.map((value) => ({ value, label: words[value] }))}
            onChange={setPeriod}
          />
          <Choice<By>
            label={words.by}
            value={by}
            options={[
              { value: 'owner', label: words.byOwner },
              { value: 'group', label: words.byGroup },
            ]}
            onChange={setBy}
          />
        </div>
      }
      table={{ columns: [words.name, words.wonColumn, words.amount, words.lostColumn, words.winRate], rows }}
    >
      {!figures.data ? (
        figures.error ? (
          <Problem error={figures.error} words={words} onRetry={() => void figures.refetch()} />
        ) : (
          <Skeleton label={words.loading} />
        )
      ) : groups.length === 0 ? (
        <Empty text={words.noneDecided}>
          <Link className="button" href={pathOf({ name: 'pipeline' })}>
            {words.pipeline}
          </Link>
        </Empty>
      ) : (
        <ConversionBars groups={groups} nameOf={nameOf} />
      )}
    </Chart>
  );
}

function rateOf({ wonCount, lostCount }: Group): number {
  return Math.round((10_000 * wonCount) / Math.max(1, wonCount + lostCount));
}

function ConversionBars({ groups, nameOf }: { groups: readonly Group[]; nameOf(group: Group): string }) {
  const { words, sums, count, percent } = useReader();
  const most = Math.max(...groups.map(({ wonCount, lostCount }) => wonCount + lostCount));
  return (
    <>
      <p className="legend" aria-hidden="true">
        <span className="legend-won">{words.wonColumn}</span>
        <span className="legend-lost">{words.lostColumn}</span>
      </p>
      <ul className="lines">
        {groups.map((group) => {
          const { wonCount, lostCount, won } = group;
          const scale = 100 / most;
          const said = `${nameOf(group)}: ${words.wonColumn} ${count(wonCount)}, ${words.lostColumn} ${count(lostCount)}`;
          return (
            <li key={group.key ?? ''} className="line">
              <p className="line-head">
                <strong>{nameOf(group)}</strong>
                <span>{words.winRateIs(percent(rateOf(group)))}</span>
              </p>
              <svg
                className="line-picture"
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                role="img"
                aria-label={said}
              >
                <title>{said}</title>
                <rect className="fill-won" width={wonCount * scale} height="10" />
                <rect className="fill-lost" x={wonCount * scale} width={lostCount * scale} height="10" />
              </svg>
              <p className="small">
                {[
                  `${words.wonColumn} ${count(wonCount)}`,
                  sums(won),
                  `${words.lostColumn} ${count(lostCount)}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
}
