import { asJson, asList, asText } from '../../json.ts';
import { inOrder } from '../in-order.ts';
import type { Json } from '../model.ts';

interface Series {
  name: string;
  values: number[];
}

/** A data visualization block, drawn from the same figures as its text alternative says. */
export function Chart({ block }: { block: Json }) {
  const chart = asJson(block.chart);
  const title = asText(block.title);
  if (chart.type === 'pie') return <Pie title={title} segments={asList(chart.segments)} />;
  const axis = asJson(chart.axis_config);
  const labels = (Array.isArray(axis.categories) ? axis.categories : []).map(String);
  const series = asList(chart.series).map((entry) => ({
    name: asText(entry.name),
    values: asList(entry.data).map((point) => Number(point.value)),
  }));
  const summary = series.map(
    (one) => `${one.name}: ${labels.map((label, i) => `${label} ${one.values[i] ?? ''}`).join(', ')}`,
  );
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height + 26}`} role="img" aria-label={`${title}. ${summary.join('. ')}`}>
        <Grid top={niceTop(series)} />
        {chart.type === 'bar' ? (
          <Bars series={series} />
        ) : (
          <Lines series={series} isFilled={chart.type === 'area'} />
        )}
        {labels.map((label, index) => (
          <text
            key={label}
            x={slotCentre(index, labels.length)}
            y={height + 17}
            className="chart-label"
            textAnchor="middle"
          >
            {label}
          </text>
        ))}
      </svg>
      {series.length > 1 && <Legend names={series.map((one) => one.name)} />}
    </figure>
  );
}

const width = 460;
const height = 170;
const left = 44;

function slotCentre(index: number, count: number): number {
  return left + ((index + 0.5) * (width - left)) / Math.max(1, count);
}

function niceTop(series: Series[]): number {
  const most = Math.max(1, ...series.flatMap((one) => one.values));
  const unit = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((multiple) => multiple * unit >= most) ?? 10;
  return step * unit;
}

function yOf(value: number, top: number): number {
  return height - (Math.max(0, value) / top) * (height - 16);
}

function Grid({ top }: { top: number }) {
  return [0, 0.5, 1].map((share) => (
    <g key={share}>
      <line
        className="chart-grid"
        x1={left}
        x2={width}
        y1={yOf(top * share, top)}
        y2={yOf(top * share, top)}
      />
      <text className="chart-label" x={left - 8} y={yOf(top * share, top) + 4} textAnchor="end">
        {(top * share).toLocaleString('en', { notation: 'compact' })}
      </text>
    </g>
  ));
}

function Bars({ series }: { series: Series[] }) {
  const top = niceTop(series);
  const count = series[0]?.values.length ?? 0;
  const slot = (width - left) / Math.max(1, count);
  const bar = Math.min(54, (slot * 0.62) / series.length);
  return inOrder(series, (one, which) =>
    inOrder(one.values, (value, index) => {
      const x = slotCentre(index, count) + (which - series.length / 2) * bar;
      const y = yOf(value, top);
      return (
        <g>
          <rect className={`chart-fill-${which}`} x={x + 1} y={y} width={bar - 2} height={height - y} rx="3">
            <title>{`${one.name} ${value}`}</title>
          </rect>
          {series.length === 1 && (
            <text className="chart-value" x={x + bar / 2} y={y - 5} textAnchor="middle">
              {value.toLocaleString('en')}
            </text>
          )}
        </g>
      );
    }),
  );
}

function Lines({ series, isFilled }: { series: Series[]; isFilled: boolean }) {
  const top = niceTop(series);
  return series.map((one, which) => {
    const points = one.values.map(
      (value, index) => [slotCentre(index, one.values.length), yOf(value, top)] as const,
    );
    const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
    const [first, last] = [points[0]?.[0] ?? left, points.at(-1)?.[0] ?? left];
    return (
      <g key={one.name}>
        {isFilled && (
          <path
            className={`chart-area chart-fill-${which}`}
            d={`${path}L${last} ${height}L${first} ${height}Z`}
          />
        )}
        <path className={`chart-line chart-stroke-${which}`} d={path} />
        {points.map(([x, y]) => (
          <circle key={x} className={`chart-fill-${which}`} cx={x} cy={y} r="3.5" />
        ))}
      </g>
    );
  });
}

function Pie({ title, segments }: { title: string; segments: Json[] }) {
  const parts = segments.map((part) => ({ label: asText(part.label), value: Number(part.value) }));
  const total = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  const around = 2 * Math.PI * 52;
  let turned = 0;
  return (
    <figure className="chart chart-pie">
      <figcaption>{title}</figcaption>
      <svg
        viewBox="0 0 160 160"
        role="img"
        aria-label={`${title}. ${parts.map((part) => `${part.label} ${part.value}`).join(', ')}`}
      >
        {parts.map((part, which) => {
          const share = part.value / total;
          const offset = turned;
          turned += share;
          return (
            <circle
              key={part.label}
              className={`chart-ring chart-stroke-${which}`}
              cx="80"
              cy="80"
              r="52"
              strokeDasharray={`${Math.max(0, share * around - 2)} ${around}`}
              transform={`rotate(${offset * 360 - 90} 80 80)`}
            />
          );
        })}
      </svg>
      <Legend names={parts.map((part) => `${part.label} · ${Math.round((part.value / total) * 100)} %`)} />
    </figure>
  );
}

function Legend({ names }: { names: string[] }) {
  return (
    <ul className="legend">
      {names.map((name, which) => (
        <li key={name}>
          <span className={`legend-mark chart-back-${which}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}
