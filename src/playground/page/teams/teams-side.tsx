import { dictionaryFor } from '../dictionary.ts';
import type { Command, Organization, Person } from '../model.ts';
import { People } from '../people.tsx';
import { TeamsPane } from './teams-pane.tsx';

interface Props {
  tenant: string;
  organization: Organization;
  person: Person;
  commands: Command[];
  isAlone: boolean;
  onPerson(id: string): void;
}

/** Teams for whoever was chosen, if they have an account there. */
export function TeamsSide({ tenant, ...props }: Props) {
  const { organization, person, isAlone, onPerson } = props;
  const words = dictionaryFor(person.locale);
  if (person.aadObjectId) return <TeamsPane {...props} who={{ user: person.aadObjectId, tenant }} />;
  return (
    <section className="pane teams" aria-label={`Teams · ${organization.name}`}>
      {isAlone && (
        <nav className="sidebar" aria-label={`Teams · ${organization.name}`}>
          <h2 className="workspace-name">{organization.name}</h2>
          <span className="spring" />
          <People people={organization.people} person={person} words={words} onPerson={onPerson} />
        </nav>
      )}
      <div className="place place-empty">{words.notInTeams(person.realName)}</div>
    </section>
  );
}
