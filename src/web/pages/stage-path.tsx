import { useQuery } from '@tanstack/react-query';
import { call } from '../client/call.ts';
import { useReader } from '../words/reader.tsx';
import { useWork } from '../work/use-work.ts';

/** Where a deal stands on its way, each stage a button that moves it there. */
export function StagePath({ number, canMove }: { number: string; canMove: boolean }) {
  const { words, named } = useReader();
  const { press } = useWork();
  const deal = useQuery({ queryKey: ['deal', number], queryFn: () => call('deals.show', { deal: number }) });
  const stages = useQuery({ queryKey: ['stages'], queryFn: () => call('stages.list', {}) });
  if (!deal.data || !stages.data) {
    return deal.error || stages.error ? null : <div className="stage-path" />;
  }
  const all = stages.data.stages;
  const at = all.findIndex(({ key }) => key === deal.data.stage.key);
  const isOpen = deal.data.status === 'open' && deal.data.archivedAt === null && !deal.data.restricted;
  const hasButtons = canMove && isOpen;
  return (
    // Scrolled by keyboard even where nothing in it can be focused.
    <ol className="stage-path" aria-label={words.stageOf} tabIndex={hasButtons ? undefined : 0}>
      {all.map((stage, index) => (
        <li
          key={stage.key}
          className={index < at ? 'is-behind' : index === at ? 'is-here' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          {hasButtons && index !== at ? (
            <button
              type="button"
              title={words.moveTo(number)}
              onClick={() => void press({ a: 'deals.move', i: { deal: number, stage: stage.key } })}
            >
              {named(stage)}
            </button>
          ) : (
            <span>{named(stage)}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
