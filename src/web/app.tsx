import { QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { readSession, SignedOut } from './client/call.ts';
import { Nav } from './frame/nav.tsx';
import { OfflineBar } from './frame/offline-bar.tsx';
import { Problem } from './frame/problem.tsx';
import { SignedOutPage } from './frame/signed-out-page.tsx';
import { Skeleton } from './frame/skeleton.tsx';
import { DayPage } from './pages/day-page.tsx';
import { PageTitle } from './pages/page-title.tsx';
import { RecordPage } from './pages/record-page.tsx';
import { Link, type Page, pageOf, pathOf, useLocation } from './route.tsx';
import { guessedLocale, wordsIn } from './words/dictionary.ts';
import { ReaderProvider, useReader } from './words/reader.tsx';
import { WorkProvider } from './work/work.tsx';

const BoardPage = lazy(async () => ({ default: (await import('./board/board-page.tsx')).BoardPage }));
const ReportsPage = lazy(async () => ({ default: (await import('./reports/reports-page.tsx')).ReportsPage }));
const ApprovalsPage = lazy(async () => ({
  default: (await import('./approvals/approvals-page.tsx')).ApprovalsPage,
}));
const ApprovalPage = lazy(async () => ({
  default: (await import('./approvals/approval-page.tsx')).ApprovalPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('./pages/settings-page.tsx')).SettingsPage,
}));

const isWorthRetrying = (failures: number, error: Error) => !(error instanceof SignedOut) && failures < 1;
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // What is on the page stays, with whatever is being typed; what cannot come any more gives way to the entrance.
    onError: (error, { queryKey, state }) => {
      const isLost = error instanceof SignedOut && state.data === undefined && queryKey[0] !== 'session';
      if (isLost) void queries.resetQueries({ queryKey: ['session'] });
    },
  }),
  defaultOptions: { queries: { staleTime: 15_000, retry: isWorthRetrying, networkMode: 'always' } },
});

/** It has become known who looks: everything that was refused is asked for once more. */
export function askAgain(): void {
  void queries.invalidateQueries();
}

export function App({ connected }: { connected: Promise<void> }) {
  return (
    <QueryClientProvider client={queries}>
      <Entrance connected={connected} />
    </QueryClientProvider>
  );
}

/** Nothing of the organization is asked for before it is clear who looks. */
function Entrance({ connected }: { connected: Promise<void> }) {
  const session = useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      await connected;
      return readSession();
    },
    staleTime: 5 * 60_000,
  });
  const locale = session.data?.locale ?? guessedLocale();
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  if (session.error instanceof SignedOut) return <SignedOutPage />;
  if (session.data) {
    return (
      <ReaderProvider session={session.data}>
        <WorkProvider>
          <Shell />
        </WorkProvider>
      </ReaderProvider>
    );
  }
  const words = wordsIn(locale);
  return (
    <main className="entrance">
      {session.error ? (
        <Problem error={session.error} words={words} onRetry={() => void session.refetch()} />
      ) : (
        <Skeleton label={words.loading} />
      )}
    </main>
  );
}

function Shell() {
  const { words } = useReader();
  const { pathname } = useLocation();
  const page = pageOf(pathname);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is read from its top
  useEffect(() => {
    void scrollTo({ top: 0 });
  }, [pathname]);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <Nav page={page} />
      <OfflineBar />
      <main id="content" tabIndex={-1} className={`page page-${page.name}`}>
        <Suspense fallback={<Skeleton label={words.loading} />}>
          <Content page={page} />
        </Suspense>
      </main>
    </div>
  );
}

function Content({ page }: { page: Page }) {
  const { words } = useReader();
  switch (page.name) {
    case 'day':
      return <DayPage />;
    case 'pipeline':
      return <BoardPage />;
    case 'deal':
    case 'account':
      return <RecordPage key={page.number} kind={page.name} number={page.number} />;
    case 'approvals':
      return <ApprovalsPage />;
    case 'approval':
      return <ApprovalPage key={page.number} number={page.number} />;
    case 'reports':
      return <ReportsPage />;
    case 'settings':
      return <SettingsPage />;
    case 'missing':
      return (
        <>
          <PageTitle title={words.missing} />
          <Link className="button" href={pathOf({ name: 'day' })}>
            {words.day}
          </Link>
        </>
      );
    default:
      return page satisfies never;
  }
}
