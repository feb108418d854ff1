import { useEffect, useState } from 'react';
import { loadInfo } from './client.ts';
import { DemoClock } from './demo-clock.tsx';
import { dictionaryFor } from './dictionary.ts';
import type { Info } from './model.ts';
import { keep, kept } from './remembered.ts';
import { SlackPane } from './slack/pane.tsx';
import { TeamsSide } from './teams/teams-side.tsx';
import { useMedia } from './use-media.ts';

const platformNames = { slack: 'Slack', teams: 'Teams' } as const;

/** The page: who and where one is on top, and one pane per chat platform below, side by side where there is room. */
export function App() {
  const [info, setInfo] = useState<Info | null>(null);
  const [failed, setFailed] = useState(false);
  const [organizationId, setOrganizationId] = useState(() => kept('organization'));
  const [platform, setPlatform] = useState(() => (kept('platform') === 'teams' ? 'teams' : 'slack'));
  const isWide = useMedia('(min-width: 1200px)');
  const [personId, setPersonId] = useState(() => kept('person'));

  useEffect(() => {
    loadInfo().then(setInfo, () => setFailed(true));
  }, []);

  const organization = info?.organizations.find((one) => one.id === organizationId) ?? info?.organizations[0];
  const person = organization?.people.find((one) => one.id === personId) ?? organization?.people[0];
  const words = dictionaryFor(person?.locale ?? navigator.language);
  useEffect(() => {
    document.documentElement.lang = person?.locale ?? 'en';
  }, [person?.locale]);

  if (failed) return <p className="whole-page">{words.offline}</p>;
  if (!info || !organization || !person) return <p className="whole-page">{words.loading}</p>;

  const choosePerson = (id: string) => {
    keep('person', id);
    setPersonId(id);
  };

  return (
    <div className="page">
      <a className="skip" href="#composer">
        {words.skip}
      </a>
      <header className="topbar">
        <h1 className="brand">
          Parley <span>{words.playground}</span>
        </h1>
        {info.organizations.length > 1 && (
          <label className="organization">
            <span className="quiet">{words.organization}</span>
            <select
              value={organization.id}
              onChange={(event) => {
                keep('organization', event.target.value);
                setOrganizationId(event.target.value);
              }}
            >
              {info.organizations.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <span className="spring" />
        {!isWide && organization.tenant && (
          <fieldset className="switch" aria-label={words.platform}>
            {(['slack', 'teams'] as const).map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={platform === one}
                onClick={() => {
                  keep('platform', one);
                  setPlatform(one);
                }}
              >
                {platformNames[one]}
              </button>
            ))}
          </fieldset>
        )}
        {info.clock && (
          <DemoClock start={info.clock.now} timeZone={person.tz} locale={person.locale} words={words} />
        )}
      </header>
      <main className="panes">
        {(isWide || platform === 'slack' || !organization.tenant) && (
          <SlackPane
            key={organization.team}
            organization={organization}
            person={person}
            shortcuts={info.shortcuts}
            onPerson={choosePerson}
          />
        )}
        {(isWide || platform === 'teams') && organization.tenant && (
          <TeamsSide
            key={organization.tenant}
            tenant={organization.tenant}
            organization={organization}
            person={person}
            commands={info.commands}
            isAlone={!isWide}
            onPerson={choosePerson}
          />
        )}
      </main>
    </div>
  );
}
