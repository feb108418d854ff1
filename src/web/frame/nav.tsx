import { useQueryClient } from '@tanstack/react-query';
import { signOut } from '../client/call.ts';
import { Link, type Page, pathOf } from '../route.tsx';
import { useReader } from '../words/reader.tsx';
import { useWork } from '../work/use-work.ts';
import { Icon } from './icon.tsx';

const entries = ['day', 'pipeline', 'reports', 'settings'] as const;

export function Nav({ page }: { page: Page }) {
  const { words, session } = useReader();
  const { press } = useWork();
  const queries = useQueryClient();
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
        {entries.map((name) => (
          <Link
            key={name}
            href={pathOf({ name })}
            className="nav-link"
            aria-current={isAt(name, page) ? 'page' : undefined}
          >
            <Icon name={name} />
            <span data-label={words[name]}>{words[name]}</span>
          </Link>
        ))}
      </nav>
      <div className="bar-end">
        <button
          type="button"
          className="button button-primary"
          onClick={() => void press({ a: 'leads.create', i: {}, form: true })}
        >
          {words.newLead}
        </button>
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

/** A deal belongs to the pipeline, so that the way back is marked. */
function isAt(name: (typeof entries)[number], page: Page): boolean {
  return page.name === name || (name === 'pipeline' && page.name === 'deal');
}
