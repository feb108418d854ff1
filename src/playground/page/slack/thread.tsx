import { Icon } from '../icons.tsx';
import { useSurroundings } from '../surroundings.ts';
import { Composer } from './composer.tsx';
import { MessageRow } from './message.tsx';
import type { PlaceProps } from './place-props.ts';

type Props = PlaceProps & { ts: string; place: string; onClose(): void };

export function Thread({ ts, place, onClose, ...props }: Props) {
  const { words } = useSurroundings();
  const { who, gestures, shortcuts } = props;
  const shown = props.messages.filter((message) => message.ts === ts || message.threadTs === ts);
  return (
    <aside className="thread" aria-label={words.thread}>
      <header className="place-header">
        <h2>{words.thread}</h2>
        <span className="spring" />
        <button type="button" className="icon-button" aria-label={words.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="conversation">
        <div className="conversation-inner">
          {shown.map((message) => (
            <MessageRow
              key={message.ts}
              message={message}
              isFollowUp={false}
              replies={[]}
              who={who}
              gestures={gestures}
              shortcuts={shortcuts}
            />
          ))}
        </div>
      </div>
      <Composer {...props} place={place} placeName={words.thread} threadTs={ts} />
    </aside>
  );
}
