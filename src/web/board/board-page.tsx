import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../client/call.ts';
import { Empty } from '../frame/empty.tsx';
import { Problem } from '../frame/problem.tsx';
import { Skeleton } from '../frame/skeleton.tsx';
import { PageTitle } from '../pages/page-title.tsx';
import { useLocation } from '../route.tsx';
import { useReader } from '../words/reader.tsx';
import { NewDeal } from '../work/new-deal.tsx';
import { type BoardDeal, type BoardInput, type BoardStage, withMoves, withPages } from './board-model.ts';
import { ClosingZones } from './closing-zones.tsx';
import { Column } from './column.tsx';
import type { CardActions } from './deal-card.tsx';
import { Filters, filtersIn } from './filters.tsx';
import { useMoves } from './use-moves.ts';

/** Open deals side by side by stage: to look at, to narrow down, to move. */
export function BoardPage() {
  const { words } = useReader();
  const { search } = useLocation();
  const input = useMemo(() => filtersIn(search), [search]);
  const { board, stages, more } = useBoard(input);
  const { data } = board;
  return (
    <>
      <PageTitle title={words.board}>
        {data && <p className="small page-about">{words.deals(data.count)}</p>}
      </PageTitle>
      <Filters input={input} board={data} />
      {data ? (
        <Columns stages={stages} onMore={more} isEmpty={data.count === 0} isNarrowed={search !== ''} />
      ) : board.error ? (
        <Problem error={board.error} words={words} onRetry={() => void board.refetch()} />
      ) : (
        <Skeleton label={words.loading} rows={6} />
      )}
    </>
  );
}

/** The first page of every stage, and the further ones somebody asked for. */
function useBoard(input: BoardInput) {
  const [pages, setPages] = useState<Record<string, number>>({});
  // Other filters begin at the first page again.
  const asked = JSON.stringify(input);
  const [askedBefore, setAskedBefore] = useState(asked);
  if (asked !== askedBefore) {
    setAskedBefore(asked);
    setPages({});
  }
  const board = useQuery({
    queryKey: ['board', input],
    queryFn: () => call('deals.board', input),
    placeholderData: (before) => before,
  });
  const further = Object.entries(pages).flatMap(([stage, last]) =>
    Array.from({ length: last - 1 }, (_, index) => ({ ...input, stage, page: index + 2 })),
  );
  const loaded = useQueries({
    queries: further.map((one) => ({ queryKey: ['board', one], queryFn: () => call('deals.board', one) })),
    combine: (results) => results.flatMap(({ data }) => (data ? [data] : [])),
  });
  const stages = useMemo(() => withPages(board.data?.stages ?? [], loaded), [board.data, loaded]);
  const more = useCallback(
    (stage: string) => setPages((before) => ({ ...before, [stage]: (before[stage] ?? 1) + 1 })),
    [],
  );
  return { board, stages, more };
}

interface ColumnsProps {
  stages: readonly BoardStage[];
  isEmpty: boolean;
  /** Somebody asked for less than everything. */
  isNarrowed: boolean;
  onMore(key: string): void;
}

function Columns({ stages, isEmpty, isNarrowed, onMore }: ColumnsProps) {
  const { words, isSelling: canMove } = useReader();
  const { moves, move, close } = useMoves();
  const [dragged, setDragged] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => withMoves(stages, moves), [stages, moves]);
  const refocus = useFocusAfterMove(box, shown);

  const latest = useRef(shown);
  latest.current = shown;
  const dealOf = useCallback(
    (number: string) => latest.current.flatMap(({ deals }) => deals).find((deal) => deal.number === number),
    [],
  );
  const onMove = useCallback(
    (deal: BoardDeal, to: BoardStage['stage']) => {
      refocus(deal.number);
      void move(deal, to);
    },
    [move, refocus],
  );
  const order = stages.map(({ stage }) => stage.key).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same stages in the same order are the same actions
  const actions = useMemo<CardActions>(
    () => ({
      stages: stages.map(({ stage }) => stage),
      canMove,
      onMove,
      onClose: (deal, as) => void close(deal, as),
      onDragging: setDragged,
    }),
    [order, canMove, onMove, close],
  );
  const onDrop = useCallback(
    (number: string, to: BoardStage['stage']) => {
      const deal = dealOf(number);
      if (deal) void move(deal, to);
    },
    [dealOf, move],
  );
  const closing = useMemo(() => {
    const by = (as: 'won' | 'lost') => (number: string) => {
      const deal = dealOf(number);
      if (deal) void close(deal, as);
    };
    return { won: by('won'), lost: by('lost') };
  }, [dealOf, close]);
  return (
    <>
      {isEmpty && (
        <Empty text={isNarrowed ? words.emptyBoard : words.noneOpen}>{!isNarrowed && <NewDeal />}</Empty>
      )}
      <div className="board" ref={box}>
        {shown.map((figures) => (
          <Column
            key={figures.stage.key}
            figures={figures}
            moves={moves}
            actions={actions}
            onDrop={onDrop}
            onMore={onMore}
          />
        ))}
      </div>
      {canMove && <ClosingZones isShown={dragged !== undefined} onDrop={closing} />}
    </>
  );
}

/** A card that was moved by keyboard is drawn anew in its column; the focus goes along. */
function useFocusAfterMove(box: React.RefObject<HTMLElement | null>, shown: readonly BoardStage[]) {
  const wanted = useRef<string>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another arrangement can have lost the focus
  useEffect(() => {
    const number = wanted.current;
    if (number === undefined) return;
    const link = box.current?.querySelector<HTMLElement>(`[data-deal="${CSS.escape(number)}"] a`);
    if (document.activeElement === document.body || box.current?.contains(document.activeElement)) {
      link?.focus();
      link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }, [shown]);
  return useCallback((number: string) => {
    wanted.current = number;
  }, []);
}
