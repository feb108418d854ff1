import type { TeamsScreen } from '../../teams/screen-model.ts';
import { dictionaryFor } from '../dictionary.ts';
import { Fence } from '../fence.tsx';
import type { Command, Organization, Person } from '../model.ts';
import { useLiveScreen } from '../use-live-screen.ts';
import { useUnseen } from '../use-unseen.ts';
import { type TeamsAround, TeamsContext } from './around.ts';
import { loadTeamsScreen, teamsChanges } from './client.ts';
import { Dialog } from './dialog.tsx';
import { Place } from './place.tsx';
import { Rail } from './rail.tsx';
import { TabPlace } from './tab-place.tsx';
import { Toasts } from './toasts.tsx';
import { usePlace } from './use-place.ts';
import { useTeamsActs } from './use-teams-acts.ts';

interface Props {
  organization: Organization;
  /** `aadObjectId` and tenant are known. */
  who: { user: string; tenant: string };
  person: Person;
  commands: Command[];
  /** Whether this is the only pane, so that people are chosen here. */
  isAlone: boolean;
  onPerson(id: string): void;
}

/** The Teams-like half of the page: one tenant, seen as one person. */
export function TeamsPane({ organization, who, person, commands, isAlone, onPerson }: Props) {
  const { screen, refresh } = useLiveScreen({
    key: `${who.tenant} ${who.user}`,
    load: () => loadTeamsScreen(who),
    changes: teamsChanges,
  });
  const acts = useTeamsActs(who, refresh);
  const words = dictionaryFor(person.locale);
  const { place, conversation, go, hasChosen } = usePlace(screen);
  const unseen = useUnseen(newest(screen), { me: who.user, place });
  const around: TeamsAround = {
    words,
    locale: person.locale,
    timeZone: person.tz,
    who,
    me: screen?.me.id ?? '',
    acts,
    tenant: screen?.tenant ?? { id: who.tenant, name: organization.name, appName: 'CRM', botId: '' },
    commands,
  };
  const dialog = screen?.dialogs.at(-1);
  return (
    <TeamsContext value={around}>
      <section className="pane teams" aria-label={`Teams · ${organization.name}`}>
        <Rail
          name={organization.name}
          conversations={screen?.conversations ?? []}
          place={place}
          unseen={unseen}
          onPlace={go}
          people={isAlone ? { people: organization.people, person, words, onPerson } : undefined}
        />
        {!screen && <div className="place place-empty">{words.loading}</div>}
        {screen && conversation && (
          <Place
            key={`${who.user} ${conversation.id}`}
            conversation={conversation}
            messages={screen.messages.filter((one) => one.conversation === conversation.id)}
            examples={organization.examples}
            person={person}
            takesFocus={isAlone || hasChosen}
          />
        )}
        {screen && !conversation && (
          <TabPlace key={who.user} who={who} locale={person.locale} userName={screen.me.userPrincipalName} />
        )}
        {dialog && (
          <Fence label={dialog.title}>
            <Dialog key={dialog.id} dialog={dialog} />
          </Fence>
        )}
        <Toasts isCovered={dialog !== undefined} />
      </section>
    </TeamsContext>
  );
}

function newest(screen: TeamsScreen | null): Record<string, number> {
  const latest: Record<string, number> = {};
  for (const { conversation, id, from } of screen?.messages ?? []) {
    if (from.id !== screen?.me.id) latest[conversation] = Math.max(Number(id), latest[conversation] ?? 0);
  }
  return latest;
}
