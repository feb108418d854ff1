import type { ComponentProps } from 'react';
import type { TeamsConversation } from '../../teams/screen-model.ts';
import { AppAvatar } from '../avatar.tsx';
import { Icon } from '../icons.tsx';
import { People } from '../people.tsx';
import { SideRow } from '../side-row.tsx';
import { useTeams } from './around.ts';
import { tabPlace } from './use-place.ts';

interface Props {
  name: string;
  conversations: TeamsConversation[];
  place: string;
  unseen: Set<string>;
  people: ComponentProps<typeof People> | undefined;
  onPlace(place: string): void;
}

/** Chats, the channels of each team, and the app's tab. */
export function Rail({ name, conversations, place, unseen, people, onPlace }: Props) {
  const { words, tenant } = useTeams();
  const chats = conversations.filter((one) => one.kind !== 'channel');
  const teams = Map.groupBy(
    conversations.filter((one) => one.kind === 'channel'),
    (one) => one.teamName ?? '',
  );
  const row = (conversation: TeamsConversation) => (
    <SideRow
      key={conversation.id}
      label={conversation.name}
      isActive={place === conversation.id}
      isUnread={unseen.has(conversation.id)}
      isFaded={conversation.isArchived === true}
      words={words}
      onPick={() => onPlace(conversation.id)}
    >
      <Mark conversation={conversation} />
    </SideRow>
  );
  return (
    <nav className="sidebar" aria-label={`Teams · ${name}`}>
      <h2 className="workspace-name">{name}</h2>
      <div className="sidebar-scroll">
        <h3 className="sidebar-title">{words.chat}</h3>
        {chats.map(row)}
        {[...teams].map(([team, channels]) => (
          <div key={team}>
            <h3 className="sidebar-title">{team}</h3>
            {channels.map(row)}
          </div>
        ))}
        <h3 className="sidebar-title">{words.apps}</h3>
        <SideRow
          label={words.tabOf(tenant.appName)}
          isActive={place === tabPlace}
          words={words}
          onPick={() => onPlace(tabPlace)}
        >
          <Icon name="board" />
        </SideRow>
      </div>
      {people && <People {...people} />}
    </nav>
  );
}

function Mark({ conversation }: { conversation: TeamsConversation }) {
  if (conversation.kind === 'personal') return <AppAvatar size={20} />;
  return <Icon name={conversation.kind === 'group' ? 'people' : 'hash'} />;
}
