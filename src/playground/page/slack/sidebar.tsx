import { AppAvatar, Avatar } from '../avatar.tsx';
import { Icon } from '../icons.tsx';
import type { Channel, Person } from '../model.ts';
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
          <Row
            key={channel.id}
            isActive={place === channel.id}
            isUnread={unread.has(channel.id)}
            isFaded={channel.isArchived === true}
            label={channel.name}
            onPick={() => onPlace(channel.id)}
          >
            <Icon name={channel.isPrivate ? 'lock' : 'hash'} />
          </Row>
        ))}
        <h3 className="sidebar-title">{words.apps}</h3>
        <Row
          isActive={place === 'app'}
          isUnread={unread.has(direct)}
          label={app.name}
          onPick={() => onPlace('app')}
        >
          <AppAvatar size={20} />
        </Row>
      </div>
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
            <Avatar id={one.id} name={one.realName} size={26} />
            <span className="person-name">{one.realName}</span>
            {one.note && <span className="badge">{one.note}</span>}
          </button>
        ))}
      </div>
    </nav>
  );
}

interface RowProps {
  label: string;
  isActive: boolean;
  isUnread: boolean;
  isFaded?: boolean;
  children: React.ReactNode;
  onPick(): void;
}

function Row({ label, isActive, isUnread, isFaded, children, onPick }: RowProps) {
  const { words } = useSurroundings();
  const look = ['row', isActive && 'is-active', isUnread && 'is-unread', isFaded && 'is-faded'].filter(
    Boolean,
  );
  return (
    <button
      type="button"
      className={look.join(' ')}
      aria-current={isActive ? 'page' : undefined}
      title={label}
      onClick={onPick}
    >
      {children}
      <span className="row-label">{label}</span>
      {isUnread && <span className="dot" role="img" aria-label={words.newMessages} />}
    </button>
  );
}
