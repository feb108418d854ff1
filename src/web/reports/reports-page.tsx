import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { Problem } from '../frame/problem.tsx';
import { Skeleton } from '../frame/skeleton.tsx';
import { PageTitle } from '../pages/page-title.tsx';
import { useReader } from '../words/reader.tsx';
import { ConversionChart } from './conversion-chart.tsx';
import { FunnelChart } from './funnel-chart.tsx';
import { TargetsChart } from './targets-chart.tsx';

/** The figures as pictures; each says itself as a table, too. */
export function ReportsPage() {
  const { words, sums } = useReader();
  const funnel = useQuery({ queryKey: ['funnel'], queryFn: () => call('deals.pipeline', {}) });
  const { data } = funnel;
  return (
    <>
      <PageTitle title={words.reports}>
        {data && data.weighted.length > 0 && (
          <p className="small page-about">{words.weightedIs(sums(data.weighted))}</p>
        )}
      </PageTitle>
      {data ? (
        <div className="charts">
          <FunnelChart stages={data.openByStage} />
          <TargetsChart />
          <ConversionChart on={data.period.from} />
        </div>
      ) : funnel.error ? (
        <Problem error={funnel.error} words={words} onRetry={() => void funnel.refetch()} />
      ) : (
        <Skeleton label={words.loading} rows={6} />
      )}
    </>
  );
}
