export const periodNames = ['thisMonth', 'lastMonth', 'thisQuarter', 'lastQuarter', 'thisYear'] as const;
export type PeriodName = (typeof periodNames)[number];

/** First and last day of a period that lies around or before a day, all `YYYY-MM-DD`. */
export function periodAt(name: PeriodName, on: string): { from: string; to: string } {
  const year = Number(on.slice(0, 4));
  const month = Number(on.slice(5, 7)) - 1;
  const quarter = month - (month % 3);
  switch (name) {
    case 'thisMonth':
      return months(year, month, 1);
    case 'lastMonth':
      return months(year, month - 1, 1);
    case 'thisQuarter':
      return months(year, quarter, 3);
    case 'lastQuarter':
      return months(year, quarter - 3, 3);
    case 'thisYear':
      return months(year, 0, 12);
    default:
      return name satisfies never;
  }
}

function months(year: number, first: number, count: number): { from: string; to: string } {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(Date.UTC(year, first, 1)), to: day(Date.UTC(year, first + count, 0)) };
}
