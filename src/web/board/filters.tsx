import { Icon } from '../frame/icon.tsx';
import { navigate } from '../route.tsx';
import { useReader } from '../words/reader.tsx';
import { TypeAhead } from '../work/type-ahead.tsx';
import type { Board, BoardInput } from './board-model.ts';

const whose = ['mine', 'team', 'all'] as const;

/** The filters that stand in the address, so that a board can be sent to somebody. */
export function filtersIn(search: string): BoardInput {
  const given = new URLSearchParams(search);
  const text = (name: string) => given.get(name)?.trim().slice(0, 200) || undefined;
  const asked = whose.find((one) => one === given.get('whose'));
  const [owner, group, words] = [text('owner'), text('group'), text('q')];
  return {
    ...(asked ? { whose: asked } : {}),
    ...(owner ? { owner } : {}),
    ...(group ? { group } : {}),
    ...(words ? { search: words } : {}),
  };
}

function keep(input: BoardInput): void {
  const named = { whose: input.whose, owner: input.owner, group: input.group, q: input.search };
  const kept = Object.entries(named).filter((entry): entry is [string, string] => !!entry[1]);
  const query = new URLSearchParams(kept).toString();
  navigate(query === '' ? location.pathname : `${location.pathname}?${query}`, { replace: true });
}

export function Filters({ input, board }: { input: BoardInput; board: Board | undefined }) {
  const { words } = useReader();
  const { owner, group, search, ...rest } = input;
  const current = input.whose ?? 'team';
  // Who sees everything in full has no team of their own to look at.
  const offered: readonly (typeof whose)[number][] = board?.seesAll
    ? whose.filter((one) => one !== 'all')
    : whose;
  const labels = {
    mine: words.mine,
    team: board?.seesAll ? words.everybody : words.team,
    all: words.everybody,
  };
  return (
    <search className="filters">
      <fieldset className="switch">
        <legend className="unseen">{words.whose}</legend>
        {offered.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="whose"
              checked={one === current || (one === 'team' && !offered.includes(current))}
              onChange={() => keep({ ...input, whose: one })}
            />
            <span>{labels[one]}</span>
          </label>
        ))}
      </fieldset>
      <Narrowing
        name="owner"
        lookup="member"
        value={owner}
        shown={board?.filters.owner?.name}
        onChange={(value) => keep({ ...input, owner: value ?? '' })}
      />
      <Narrowing
        name="group"
        lookup="unit"
        value={group}
        shown={board?.filters.group ?? undefined}
        onChange={(value) => keep({ ...input, group: value ?? '' })}
      />
      <form
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          keep({ ...input, search: String(new FormData(event.currentTarget).get('q') ?? '') });
        }}
      >
        <Icon name="search" />
        <input
          key={search ?? ''}
          className="control"
          type="search"
          name="q"
          maxLength={200}
          defaultValue={search ?? ''}
          placeholder={words.searchHint}
          aria-label={words.search}
          onBlur={(event) => {
            if (event.target.value.trim() !== (search ?? '')) keep({ ...input, search: event.target.value });
          }}
        />
      </form>
      {(owner || group || search) && (
        <button type="button" className="button button-quiet" onClick={() => keep(rest)}>
          {words.clearAll}
        </button>
      )}
    </search>
  );
}

function Narrowing({
  name,
  lookup,
  value,
  shown,
  onChange,
}: {
  name: 'owner' | 'group';
  lookup: string;
  value: string | undefined;
  shown: string | undefined;
  onChange(value: string | undefined): void;
}) {
  const { words } = useReader();
  if (value !== undefined) {
    return (
      <button
        type="button"
        className="chip"
        aria-label={words.clear(`${words[name]} ${shown ?? value}`)}
        onClick={() => onChange(undefined)}
      >
        <span>
          {words[name]}: <strong>{shown ?? value}</strong>
        </span>
        <Icon name="close" />
      </button>
    );
  }
  return (
    <TypeAhead
      id={`filter-${name}`}
      lookups={[lookup]}
      value=""
      label={undefined}
      placeholder={words[name]}
      aria-label={words[name]}
      onChoose={onChange}
    />
  );
}
