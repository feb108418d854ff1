import { useReader } from '../words/reader.tsx';
import { CardPanel } from './card-panel.tsx';
import { PageTitle } from './page-title.tsx';

/** What is set: for admins the organization's settings and stages, for everybody their own and who is who. */
export function SettingsPage() {
  const { words, session } = useReader();
  const isAdmin = session.roles.includes('admin');
  const isInternal = session.roles.some((role) => role !== 'partner');
  return (
    <>
      <PageTitle title={words.settings} />
      <div className="panels">
        <CardPanel title={words.you} press={{ a: 'members.whoami', i: {} }} />
        {isAdmin && <CardPanel title={words.organization} press={{ a: 'settings.show', i: {} }} />}
        {isInternal && <CardPanel title={words.stages} press={{ a: 'stages.list', i: {} }} />}
        {isAdmin && <CardPanel title={words.deliveries} press={{ a: 'deliveries.list', i: {} }} />}
        {isInternal && <CardPanel title={words.people} press={{ a: 'members.team', i: {} }} />}
      </div>
    </>
  );
}
