import { Avatar } from './avatar.tsx';
import type { Dictionary } from './dictionary.ts';
import type { Person } from './model.ts';

interface Props {
  people: Person[];
  person: Person;
  words: Dictionary;
  onPerson(id: string): void;
}

/** Who one is: the same person in every pane. */
export function People({ people, person, words, onPerson }: Props) {
  return (
    <div className="people">
      <h3 className="sidebar-title">{words.youAre}</h3>
      {people.map((one) => (
        <button
          key={one.id}
          type="button"
          className={one.id === person.id ? 'person is-active' : 'person'}
          aria-pressed={one.id === person.id}
          title={one.realName}
          onClick={() => onPerson(one.id)}
        >
          <Avatar name={one.realName} size={26} />
          <span className="person-name">{one.realName}</span>
          {one.note && <span className="badge">{noteIn(one.note, words)}</span>}
        </button>
      ))}
    </div>
  );
}

function noteIn(note: string, { roles }: Dictionary): string {
  return note.replace(/[a-z-]+/g, (word) => roles[word] ?? word);
}
