import { Icon } from '../icons.tsx';
import type { Channel } from '../model.ts';
import { useSurroundings } from '../surroundings.ts';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import type { PlaceProps } from './place-props.ts';

export function ChannelPlace({ channel, ...props }: PlaceProps & { channel: Channel }) {
  const { words, app } = useSurroundings();
  return (
    <div className="place">
      <header className="place-header">
        <h2>
          <Icon name={channel.isPrivate ? 'lock' : 'hash'} />
          {channel.name}
        </h2>
        {channel.isExtShared && <span className="badge badge-warning">{words.sharedChannel}</span>}
        {channel.topic && <p className="topic">{channel.topic}</p>}
        <span className="spring" />
        <span className="quiet member-count">
          <Icon name="people" />
          {words.members(channel.members.filter((id) => id !== app.botUserId).length)}
        </span>
      </header>
      <Conversation {...props} title={`#${channel.name}`} place={channel.id} />
      {channel.isArchived ? (
        <p className="archived">{words.archived}</p>
      ) : (
        <Composer {...props} place={channel.id} placeName={`#${channel.name}`} />
      )}
    </div>
  );
}
