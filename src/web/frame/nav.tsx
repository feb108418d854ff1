import { useQueryClient } from '@tanstack/react-query';
import { useWaiting } from '../approvals/use-waiting.ts';
import { signOut } from '../client/call.ts';
import { Link, type Page, pathOf } from '../route.tsx';
import { useReader } from '../words/reader.tsx';
import { useWork } from '../work/use-work.ts';
import { Icon } from './icon.tsx';

const entries = ['day', 'pipeline', 'approvals', 'reports', 'settings'] as const;
/** Pages a partner company has no part in. */
const internal: readonly (typeof entries)[number][] = ['pipeline', 'approvals', 'reports'];

export function Nav({ page }: { page: Page }) {
  const { words, session, isSelling } = useReader();
  const { press } = useWork();
  const queries = useQueryClient();
  const waiting = useWaiting();
  const isInternal = session.roles.some((role) => role !== 'partner');
  const isFramed = window.parent !== window;
  const leave = async () => {
    await signOut();
    queries.clear();
    location.reload();
  };
  return (
    <header className="bar">
      <p className="bar-name">
        <span className="bar-product">{words.product}</span>
        <span className="bar-organization">{session.organization.name}</span>
      </p>
      <nav aria-label={words.pages} className="nav">
        {entries.map((name) =>
          internal.includes(name) && !isInternal ? null : (
            <Link
              key={name}
              href={pathOf({ name })}
              className="nav-link"
              aria-current={isAt(name, page) ? 'page' : undefined}
            >
              <Icon name={name} />
              <span data-label={words[name]}>{words[name]}</span>
              {name === 'approvals' && waiting && (
                <>
                  <b className="nav-count" aria-hidden="true">
                    {waiting}
                  </b>
                  <em className="unseen">{words.waiting(waiting)}</em>
                </>
              )}
            </Link>
          ),
        )}
      </nav>
      <div className="bar-end">
        {isSelling && (
          <button
            type="button"
            className="button button-primary"
            onClick={() => void press({ a: 'leads.create', i: {}, form: true })}
          >
            {words.newLead}
          </button>
        )}
        <span className="bar-person">{session.name}</span>
        {!isFramed && (
          <button type="button" className="button button-quiet" onClick={() => void leave()}>
            {words.signOut}
          </button>
        )}
      </div>
    </header>
  );
}

/** What a page of one record belongs to, so that the way back is marked. */
function isAt(name: (typeof entries)[number], page: Page): boolean {
  if (name === 'pipeline' && page.name === 'deal') return true;
  return page.name === name || (name === 'approvals' && page.name === 'approval');
}
