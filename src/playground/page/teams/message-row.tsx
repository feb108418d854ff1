import { lazy, Suspense, useEffect, useState } from 'react';
import type { TeamsMessage } from '../../teams/screen-model.ts';
import { AppAvatar, Avatar } from '../avatar.tsx';
import { Fence } from '../fence.tsx';
import { Icon } from '../icons.tsx';
import { inOrder } from '../in-order.ts';
import { Menu } from '../menu.tsx';
import { clockTime } from '../times.ts';
import { useTeams } from './around.ts';
import type { CardParts } from './cards/draw-card.ts';
import { ask } from './client.ts';
import { MessageText } from './message-text.tsx';

const CardView = lazy(async () => ({ default: (await import('./cards/card-view.tsx')).CardView }));

interface Props {
  message: TeamsMessage;
  onReply?: (() => void) | undefined;
}

export function MessageRow({ message, onReply }: Props) {
  const { words, locale, timeZone, me } = useTeams();
  const isBot = message.from.kind === 'bot';
  useOwnVersion(message);
  const isMine = message.from.id === me;
  const look = ['message', message.onlyFor && 'is-ephemeral', isMine && 'is-mine'].filter(Boolean).join(' ');
  return (
    <article className={look} data-message={message.id}>
      <div className="message-side">
        {isBot ? <AppAvatar size={32} /> : <Avatar name={message.from.name} size={32} />}
      </div>
      <div className="message-main">
        <p className="message-head">
          <strong>{message.from.name}</strong>
          <time>{clockTime(message.at, locale, timeZone)}</time>
          {message.isViaApp && <span className="badge">{words.viaApp}</span>}
          {message.editedAt !== undefined && !message.isDeleted && (
            <span className="edited">{words.editedMark}</span>
          )}
        </p>
        {message.onlyFor && (
          <p className="only-you">
            <Icon name="eye" />
            {words.onlyYouSee}
          </p>
        )}
        {message.isDeleted ? <p className="quiet">{words.deletedMessage}</p> : <Contents message={message} />}
      </div>
      {!message.isDeleted && <Tools message={message} onReply={onReply} />}
    </article>
  );
}

/** Cards may show different people different buttons: Teams asks for one's own as soon as the card is in sight. */
function useOwnVersion({ id, needsRefresh, editedAt }: TeamsMessage): void {
  const { acts } = useTeams();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each edit, whatever came of it
  useEffect(() => {
    if (needsRefresh) void acts.run('refresh', { message: id, isAutomatic: true });
  }, [id, needsRefresh, editedAt]);
}

function Contents({ message }: { message: TeamsMessage }) {
  const { words } = useTeams();
  const { text, cards, preview } = message;
  return (
    <>
      {text && <MessageText message={message} />}
      {cards.length === 0 && preview && (
        <div className="preview">
          <strong>{preview.title}</strong>
          {preview.subtitle && <p>{preview.subtitle}</p>}
          {preview.text && <p className="quiet">{preview.text}</p>}
        </div>
      )}
      {inOrder(cards, (card, index) => (
        <Fence label={words.unsupported('AdaptiveCard')}>
          <Suspense fallback={<p className="quiet">{words.loading}</p>}>
            <MessageCard message={message.id} card={card} index={index} />
          </Suspense>
        </Fence>
      ))}
    </>
  );
}

function MessageCard({
  message,
  card,
  index,
}: {
  message: string;
  card: TeamsMessage['cards'][number];
  index: number;
}) {
  const { acts, who } = useTeams();
  const [isBusy, setIsBusy] = useState(false);
  const press: CardParts['onPress'] = async ({ type, action, values }) => {
    setIsBusy(true);
    const gesture = type === 'Action.Execute' ? 'execute' : 'submit';
    await acts.run(gesture, { message, card: index, action, values });
    setIsBusy(false);
  };
  const search: CardParts['search'] = async (input, text, values) => {
    const { choices = [], error } = await ask('search', {
      ...who,
      message,
      card: index,
      input,
      text,
      values,
    });
    return { choices, ...(error ? { error } : {}) };
  };
  return <CardView card={card} isBusy={isBusy} onPress={(one) => void press(one)} search={search} />;
}

function Tools({ message, onReply }: Props) {
  const { words, commands, acts } = useTeams();
  const items = commands
    .filter(({ type, context }) => type === 'action' && context?.includes('message'))
    .map(({ id, title }) => ({ key: id, label: title }));
  if (items.length === 0 && !onReply) return null;
  return (
    <div className="tools">
      {onReply && (
        <button
          type="button"
          className="icon-button"
          aria-label={words.reply}
          title={words.reply}
          onClick={onReply}
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
          onPick={(commandId) => void acts.run('extension-fetch', { commandId, message: message.id })}
        />
      )}
    </div>
  );
}
