import { AppAvatar, Avatar } from '../avatar.tsx';
import { Blocks } from '../block-kit/blocks.tsx';
import { Mrkdwn } from '../block-kit/mrkdwn.tsx';
import { SurfaceContext } from '../block-kit/surface.ts';
import { Icon } from '../icons.tsx';
import { Menu } from '../menu.tsx';
import type { Message, Shortcut } from '../model.ts';
import { nameOfUser, useSurroundings } from '../surroundings.ts';
import { clockTime } from '../times.ts';
import type { Gestures } from './use-gestures.ts';
import { useSurfaceFor } from './use-surface.ts';

interface Props {
  message: Message;
  isFollowUp: boolean;
  replies: Message[];
  who: { user: string; team: string };
  gestures: Gestures;
  shortcuts: Shortcut[];
  onThread?(message: Message): void;
}

export function MessageRow({ message, isFollowUp, replies, who, gestures, shortcuts, onThread }: Props) {
  const around = useSurroundings();
  const { words, locale, timeZone } = around;
  const surface = useSurfaceFor({ kind: 'message', ...who, at: { ts: message.ts }, gestures });
  const time = clockTime(message.at, locale, timeZone);
  if (message.kind === 'echo') return <Typed text={message.text} time={time} />;
  const name = nameOfUser(around, message.author);
  const isNotice = message.kind === 'notice';
  return (
    <article className={`message is-${message.kind} ${isFollowUp ? 'is-follow-up' : ''}`}>
      <div className="message-side">
        {isFollowUp ? (
          <time className="message-time">{time}</time>
        ) : isNotice ? (
          <span className="avatar avatar-notice">
            <Icon name="warning" />
          </span>
        ) : message.isBot ? (
          <AppAvatar />
        ) : (
          <Avatar name={name} />
        )}
      </div>
      <div className="message-main">
        {message.onlyFor && (
          <p className="only-you">
            <Icon name="eye" />
            {words.onlyYou}
          </p>
        )}
        {!isFollowUp && (
          <p className="message-head">
            <strong>{name}</strong>
            {message.isBot && <span className="badge badge-app">APP</span>}
            <time>{time}</time>
          </p>
        )}
        <SurfaceContext value={surface}>
          {message.blocks && message.blocks.length > 0 ? (
            <Blocks blocks={message.blocks} />
          ) : (
            <Mrkdwn text={message.text} />
          )}
          {message.unfurls?.map(({ url, blocks }) => (
            <div key={url} className="unfurl">
              <Blocks blocks={blocks} />
            </div>
          ))}
        </SurfaceContext>
        {message.files?.map((file) => (
          <p key={file.id} className="file">
            {file.title} <span className="quiet">{file.name}</span>
          </p>
        ))}
        {message.edits > 0 && message.kind === 'message' && <span className="edited">{words.edited}</span>}
        {replies.length > 0 && (
          <button type="button" className="replies" onClick={() => onThread?.(message)}>
            <Avatar name={nameOfUser(around, replies.at(-1)?.author ?? '')} size={20} />
            {words.replies(replies.length)}
          </button>
        )}
      </div>
      {message.kind === 'message' && (
        <Tools
          message={message}
          shortcuts={shortcuts}
          gestures={gestures}
          {...(onThread ? { onThread } : {})}
        />
      )}
    </article>
  );
}

/** What the person typed: the platform shows it to nobody, but here one wants to follow along. */
function Typed({ text, time }: { text: string; time: string }) {
  const { words } = useSurroundings();
  return (
    <div className="typed">
      <time className="message-time">{time}</time>
      <code title={words.onlyYou}>{text}</code>
    </div>
  );
}

function Tools({
  message,
  shortcuts,
  gestures,
  onThread,
}: Pick<Props, 'message' | 'shortcuts' | 'gestures' | 'onThread'>) {
  const { words } = useSurroundings();
  const items = shortcuts
    .filter((shortcut) => shortcut.type === 'message')
    .map((shortcut) => ({ key: shortcut.callbackId, label: shortcut.name }));
  return (
    <div className="tools">
      {onThread && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.replyInThread}
          title={words.replyInThread}
          onClick={() => onThread(message)}
        >
          <Icon name="reply" />
        </button>
      )}
      {items.length > 0 && (
        <Menu
          label={words.moreActions}
          className="icon-button"
          icon={<Icon name="more" />}
          items={items}
          onPick={(callbackId) => void gestures.run('shortcut', { callbackId, ts: message.ts })}
        />
      )}
    </div>
  );
}
