import { useEffect, useMemo, useState } from 'react';
import { dictionaryFor } from '../dictionary.ts';
import { Icon } from '../icons.tsx';
import type { Message, Organization, Person, Shortcut } from '../model.ts';
import { keep, kept } from '../remembered.ts';
import { type Surroundings, SurroundingsContext } from '../surroundings.ts';
import { AppPlace } from './app-place.tsx';
import { ChannelPlace } from './channel-place.tsx';
import { Modal } from './modal.tsx';
import { Sidebar } from './sidebar.tsx';
import { Thread } from './thread.tsx';
import { useGestures } from './use-gestures.ts';
import { useScreen } from './use-screen.ts';
import { useUnread } from './use-unread.ts';

interface Props {
  organization: Organization;
  person: Person;
  shortcuts: Shortcut[];
  onPerson(id: string): void;
}

/** The Slack-like half of the page: one workspace, seen as one person. */
export function SlackPane({ organization, person, shortcuts, onPerson }: Props) {
  const { screen, refresh } = useScreen(organization.team, person.id);
  const who = { user: person.id, team: organization.team };
  const gestures = useGestures(who, refresh);
  const [wanted, setWanted] = useState(() => kept('place'));
  const [threadTs, setThreadTs] = useState<string | null>(null);
  const words = dictionaryFor(person.locale);
  const roles = person.note?.split(/[^\p{L}-]+/u) ?? [];

  const channels = screen?.channels.filter((channel) => channel.isMember) ?? [];
  const channel = channels.find((one) => one.id === wanted) ?? (wanted === 'app' ? undefined : channels[0]);
  const place = channel?.id ?? screen?.direct ?? '';
  const unread = useUnread(screen, place);

  const around: Surroundings = useMemo(
    () => ({
      words,
      locale: person.locale,
      timeZone: person.tz,
      users: screen?.users ?? [],
      channels: screen?.channels ?? [],
      app: { name: screen?.workspace.appName ?? 'Parley', botUserId: screen?.workspace.botUserId ?? '' },
    }),
    [words, person, screen?.users, screen?.channels, screen?.workspace],
  );

  const go = (next: string) => {
    keep('place', next);
    setWanted(next);
    setThreadTs(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person has other threads
  useEffect(() => setThreadTs(null), [person.id]);

  const here = screen?.messages.filter((message) => message.channel === place) ?? [];
  const modal = screen?.modals.at(-1);
  const common = {
    who,
    gestures,
    messages: here,
    shortcuts,
    examples: organization.examples.filter(
      (one) => (!one.as || roles.includes(one.as)) && (!one.locale || one.locale === person.locale),
    ),
    onThread: (message: Message) => setThreadTs(message.threadTs ?? message.ts),
  };

  return (
    <SurroundingsContext value={around}>
      <section className="pane" aria-label={`Slack · ${organization.name}`}>
        <Sidebar
          name={organization.name}
          people={organization.people}
          person={person}
          channels={channels}
          place={channel?.id ?? 'app'}
          unread={unread}
          direct={screen?.direct ?? ''}
          onPlace={go}
          onPerson={onPerson}
        />
        {screen && channel && <ChannelPlace key={channel.id} channel={channel} {...common} />}
        {screen && !channel && <AppPlace direct={screen.direct} home={screen.home} {...common} />}
        {screen && threadTs && (
          <Thread ts={threadTs} place={place} {...common} onClose={() => setThreadTs(null)} />
        )}
        {!screen && <div className="place place-empty">{words.loading}</div>}
        {modal && (
          <Modal
            key={`${modal.id}.${modal.hash}`}
            view={modal}
            depth={screen?.modals.length ?? 1}
            who={who}
            gestures={gestures}
          />
        )}
        {gestures.problem && !modal && (
          <div className="toast" role="alert">
            <Icon name="warning" />
            {gestures.problem}
            <button type="button" className="icon-button" aria-label={words.close} onClick={gestures.dismiss}>
              <Icon name="close" />
            </button>
          </div>
        )}
      </section>
    </SurroundingsContext>
  );
}
