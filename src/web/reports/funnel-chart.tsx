import type { Actions } from '../client/actions.ts';
import { useReader } from '../words/reader.tsx';
import { Chart } from './chart.tsx';

type Stages = Actions['deals.pipeline']['output']['openByStage'];

const width = 320;
const step = 44;
const gap = 4;

/** The funnel drawn as one: each stage as wide as it has deals, narrowing into the next. */
export function FunnelChart({ stages }: { stages: Stages }) {
  const { words, named, sums, count } = useReader();
  const most = Math.max(0, ...stages.map((stage) => stage.count));
  const widths = stages.map((stage) => (most === 0 ? 0 : Math.max(14, (width * stage.count) / most)));
  const rows = stages.map((stage) => ({
    key: stage.stage.key,
    cells: [named(stage.stage), count(stage.count), sums(stage.amounts), sums(stage.weighted)],
  }));
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
        <p className="empty">{words.noneOpen}</p>
      ) : (
        <div className="funnel">
          <svg
            className="funnel-picture"
            viewBox={`0 0 ${width} ${stages.length * step}`}
            role="img"
            aria-label={`${words.funnel}: ${said}`}
          >
            <title>{words.funnel}</title>
            <desc>{said}</desc>
            {stages.map(({ stage, count: deals }, index) => (
              <g key={stage.key}>
                <path
                  className={`funnel-part part-${index % 6}`}
                  d={trapezoid(
                    widths[index] ?? 0,
                    widths[index + 1] ?? (widths[index] ?? 0) * 0.8,
                    index * step,
                  )}
                />
                <text x={width / 2} y={index * step + (step - gap) / 2} className="funnel-count">
                  {count(deals)}
                </text>
              </g>
            ))}
          </svg>
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

function trapezoid(upper: number, lower: number, top: number): string {
  const middle = width / 2;
  const bottom = top + step - gap;
  // Never wider below than the next stage, never a needle.
  const end = Math.max(8, Math.min(upper, (upper + lower) / 2));
  return `M${middle - upper / 2} ${top}H${middle + upper / 2}L${middle + end / 2} ${bottom}H${middle - end / 2}Z`;
}
