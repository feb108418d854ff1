import { AppAvatar } from '../avatar.tsx';
import { Icon } from '../icons.tsx';
import type { Channel, Person } from '../model.ts';
import { People } from '../people.tsx';
import { SideRow } from '../side-row.tsx';
import { useSurroundings } from '../surroundings.ts';

interface Props {
  name: string;
  people: Person[];
  person: Person;
  channels: Channel[];
  /** Id of the open channel, or `app`. */
  place: string;
  unread: Set<string>;
  direct: string;
  onPlace(place: string): void;
  onPerson(id: string): void;
}

export function Sidebar({ name, people, person, channels, place, unread, direct, onPlace, onPerson }: Props) {
  const { words, app } = useSurroundings();
  return (
    <nav className="sidebar" aria-label={name}>
      <h2 className="workspace-name">{name}</h2>
      <div className="sidebar-scroll">
        <h3 className="sidebar-title">{words.channels}</h3>
        {channels.map((channel) => (
          <SideRow
            key={channel.id}
            isActive={place === channel.id}
            isUnread={unread.has(channel.id)}
            isFaded={channel.isArchived === true}
            label={channel.name}
            words={words}
            onPick={() => onPlace(channel.id)}
          >
            <Icon name={channel.isPrivate ? 'lock' : 'hash'} />
          </SideRow>
        ))}
        <h3 className="sidebar-title">{words.apps}</h3>
        <SideRow
          isActive={place === 'app'}
          isUnread={unread.has(direct)}
          label={app.name}
          words={words}
          onPick={() => onPlace('app')}
        >
          <AppAvatar size={20} />
        </SideRow>
      </div>
      <People people={people} person={person} words={words} onPerson={onPerson} />
    </nav>
  );
}
