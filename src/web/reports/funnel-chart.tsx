import type { Actions } from '../client/actions.ts';
import { Empty } from '../frame/empty.tsx';
import { useReader } from '../words/reader.tsx';
import { NewDeal } from '../work/new-deal.tsx';
import { Chart } from './chart.tsx';

type Stages = Actions['deals.pipeline']['output']['openByStage'];

const width = 320;
const step = 44;
const gap = 4;

/** The funnel drawn as one: each stage as wide as it has deals, narrowing to the width of the next. */
export function FunnelChart({ stages }: { stages: Stages }) {
  const { words, named, sums, count } = useReader();
  const most = Math.max(0, ...stages.map((stage) => stage.count));
  const widths = stages.map((stage) => (most === 0 ? 0 : Math.max(30, (width * stage.count) / most)));
  const rows = stages.map((stage) => [
    named(stage.stage),
    count(stage.count),
    sums(stage.amounts) || '–',
    sums(stage.weighted) || '–',
  ]);
  const said = stages.map((stage) => `${named(stage.stage)} ${count(stage.count)}`).join(', ');
  return (
    <Chart
      title={words.funnel}
      about={words.funnelAbout}
      table={{
        columns: [words.stage, words.dealsColumn, words.amount, words.weighted],
        rows: most > 0 ? rows : [],
      }}
    >
      {most === 0 ? (
        <Empty text={words.noneOpen}>
          <NewDeal />
        </Empty>
      ) : (
        <div className="funnel">
          <div className="funnel-picture">
            <svg
              viewBox={`0 0 ${width} ${stages.length * step}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`${words.funnel}: ${said}`}
            >
              <title>{words.funnel}</title>
              <desc>{said}</desc>
              {stages.map(({ stage, count: deals }, index) => (
                <path
                  key={stage.key}
                  className={deals === 0 ? 'part-none' : `part-${index % 6}`}
                  d={trapezoid(widths[index] ?? 0, widths[index + 1] ?? widths[index] ?? 0, index * step)}
                />
              ))}
            </svg>
            <ol className="funnel-counts" aria-hidden="true">
              {stages.map(({ stage, count: deals }) => (
                <li key={stage.key} className={deals === 0 ? 'is-none' : ''}>
                  {count(deals)}
                </li>
              ))}
            </ol>
          </div>
          <ol className="funnel-words" aria-hidden="true">
            {stages.map((stage) => (
              <li key={stage.stage.key}>
                <strong>{named(stage.stage)}</strong>
                <span className="small">{sums(stage.amounts) || '–'}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Chart>
  );
}

/** A stage with more deals than the one before it stands out straight: nothing narrows there. */
function trapezoid(upper: number, next: number, top: number): string {
  const middle = width / 2;
  const bottom = top + step - gap;
  const lower = Math.min(upper, next);
  return `M${middle - upper / 2} ${top}H${middle + upper / 2}L${middle + lower / 2} ${bottom}H${middle - lower / 2}Z`;
}
