import { Fragment, useEffect, useRef } from 'react';
import { AppAvatar } from '../avatar.tsx';
import { fillComposer } from '../composer-field.tsx';
import type { Message } from '../model.ts';
import { useSurroundings } from '../surroundings.ts';
import { dayName } from '../times.ts';
import { MessageRow } from './message.tsx';
import type { PlaceProps } from './place-props.ts';

type Props = PlaceProps & { title: string; place: string };

/** The messages of a channel or direct conversation; replies are in their threads. */
export function Conversation({ messages, title, place, examples, ...props }: Props) {
  const { words, locale, timeZone } = useSurroundings();
  const list = useRef<HTMLDivElement>(null);
  const shown = messages.filter((message) => !message.threadTs);
  const last = messages.at(-1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is new should be seen
  useEffect(() => {
    const box = list.current;
    const newest = box?.querySelector<HTMLElement>(
      '.conversation-inner > :nth-last-child(1 of .message, .typed)',
    );
    if (!box) return;
    // An answer that is taller than the window is read from its beginning.
    const isTall = newest && newest.offsetHeight > box.clientHeight - 60;
    box.scrollTop = isTall ? newest.offsetTop - box.offsetTop - 44 : box.scrollHeight;
  }, [last?.ts, last?.edits, place, shown.length]);

  return (
    <div className="conversation" ref={list} role="log" aria-label={title}>
      <div className="conversation-inner">
        {shown.length === 0 && (
          <div className="empty">
            <AppAvatar size={52} />
            <h3>{words.emptyTitle(title)}</h3>
            <p>{words.tryIt}</p>
            {examples.slice(0, 4).map((example) => (
              <button
                key={example.text}
                type="button"
                className="try"
                onClick={() => fillComposer('main', example.text)}
              >
                <code>{example.text}</code>
                {example.about && <span>{example.about}</span>}
              </button>
            ))}
          </div>
        )}
        {shown.map((message, index) => {
          const before = shown[index - 1];
          const day = dayName(new Date(message.at), locale, timeZone);
          const isNewDay = !before || day !== dayName(new Date(before.at), locale, timeZone);
          return (
            <Fragment key={message.ts}>
              {isNewDay && <Day day={day} />}
              <MessageRow
                message={message}
                isFollowUp={!isNewDay && follows(before, message)}
                replies={messages.filter((reply) => reply.threadTs === message.ts && reply.kind !== 'notice')}
                {...props}
              />
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}

function Day({ day }: { day: string }) {
  return (
    <div className="day">
      <span>{day}</span>
    </div>
  );
}

/** Close in time and by the same author, so that the name needn't be said again. */
function follows(before: Message | undefined, message: Message): boolean {
  return (
    before !== undefined &&
    before.author === message.author &&
    before.kind === message.kind &&
    message.kind !== 'notice' &&
    message.at - before.at < 300_000 &&
    !message.blocks?.length
  );
}
