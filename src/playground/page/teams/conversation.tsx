import { Fragment, useEffect, useRef } from 'react';
import type { TeamsConversation, TeamsMessage } from '../../teams/screen-model.ts';
import { AppAvatar } from '../avatar.tsx';
import { fillComposer } from '../composer-field.tsx';
import type { Example } from '../model.ts';
import { dayName } from '../times.ts';
import { useTeams } from './around.ts';
import { MessageRow } from './message-row.tsx';

interface Props {
  conversation: TeamsConversation;
  messages: TeamsMessage[];
  lines: Example[];
  lead: string;
  onReply: ((message: TeamsMessage) => void) | undefined;
}

/** The messages of a conversation; in channels the replies stand below what they answer. */
export function Conversation({ conversation, messages, lines, lead, onReply }: Props) {
  const { words, locale, timeZone } = useTeams();
  const list = useRef<HTMLDivElement>(null);
  const roots = messages.filter(({ replyTo }) => !messages.some(({ id }) => id === replyTo));
  const last = messages.at(-1);
  useNewestInSight(list, last);
  return (
    <div className="conversation" ref={list} role="log" aria-label={conversation.name}>
      <div className="conversation-inner">
        {messages.length === 0 && (
          <div className="empty">
            <AppAvatar size={52} />
            <h3>{words.emptyTitle(conversation.name)}</h3>
            <p>{words.tryIt}</p>
            {lines.slice(0, 4).map(({ text, about }) => (
              <button
                key={text}
                type="button"
                className="try"
                onClick={() => fillComposer('teams', `${lead}${text}`)}
              >
                <code>{`${lead}${text}`}</code>
                {about && <span>{about}</span>}
              </button>
            ))}
          </div>
        )}
        {roots.map((message, index) => {
          const before = roots[index - 1];
          const day = dayName(new Date(message.at), locale, timeZone);
          const isNewDay = !before || day !== dayName(new Date(before.at), locale, timeZone);
          const replies = messages.filter(({ replyTo }) => replyTo === message.id);
          return (
            <Fragment key={message.id}>
              {isNewDay && (
                <div className="day">
                  <span>{day}</span>
                </div>
              )}
              <div className={conversation.kind === 'channel' ? 'post' : 'chat-line'}>
                <MessageRow message={message} onReply={onReply && (() => onReply(message))} />
                {replies.length > 0 && (
                  <div className="post-replies">
                    {replies.map((reply) => (
                      <MessageRow key={reply.id} message={reply} />
                    ))}
                  </div>
                )}
                {onReply && (
                  <button type="button" className="post-reply" onClick={() => onReply(message)}>
                    {words.reply}
                  </button>
                )}
              </div>
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}

/** Whatever is new should be seen; what is taller than the window is read from its beginning. */
function useNewestInSight(list: { current: HTMLDivElement | null }, last: TeamsMessage | undefined): void {
  useEffect(() => {
    const box = list.current;
    const newest = box?.querySelector<HTMLElement>(`[data-message="${last?.id ?? ''}"]`);
    if (!box || !newest) return;
    const look = () => {
      const top = newest.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
      const bottom = top + newest.offsetHeight + 44;
      box.scrollTop = newest.offsetHeight > box.clientHeight - 60 ? top - 40 : bottom - box.clientHeight;
    };
    look();
    // Cards are drawn a moment after their message.
    const grown = new ResizeObserver(look);
    grown.observe(newest);
    return () => grown.disconnect();
  }, [list, last?.id]);
}
