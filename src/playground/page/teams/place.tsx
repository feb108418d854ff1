import { useState } from 'react';
import type { TeamsConversation, TeamsMessage } from '../../teams/screen-model.ts';
import { AppAvatar } from '../avatar.tsx';
import { ComposerField, Waiting } from '../composer-field.tsx';
import { Icon } from '../icons.tsx';
import { Menu } from '../menu.tsx';
import type { Example, Person } from '../model.ts';
import { useTeams } from './around.ts';
import { Conversation } from './conversation.tsx';
import { ExtensionSearch } from './extension-search.tsx';
import { isWebAddress } from './inline-text.ts';
import { linesFor, suggestionsFor } from './suggestions.ts';

interface Props {
  conversation: TeamsConversation;
  messages: TeamsMessage[];
  examples: Example[];
  person: Person;
  takesFocus: boolean;
}

/** One conversation: of a channel, a group, or with the app alone. */
export function Place({ conversation, messages, examples, person, takesFocus }: Props) {
  const { words, tenant, acts } = useTeams();
  const { id, name, kind, isInstalled, isArchived, members } = conversation;
  const [replyTo, setReplyTo] = useState<TeamsMessage | null>(null);
  const lead = kind === 'personal' ? '' : `@${tenant.appName} `;
  const lines = linesFor(fitting(examples, person));
  return (
    <div className="place">
      <header className="place-header">
        <h2>
          {kind === 'personal' ? (
            <AppAvatar size={24} />
          ) : (
            <Icon name={kind === 'group' ? 'people' : 'hash'} />
          )}
          {name}
        </h2>
        <span className="spring" />
        {kind !== 'personal' && (
          <span className="quiet member-count">
            <Icon name="people" />
            {words.members(members.length)}
          </span>
        )}
        {isInstalled && (
          <Menu
            label={words.appHere(tenant.appName)}
            className="icon-button"
            icon={<Icon name="more" />}
            items={[{ key: 'uninstall', label: words.removeApp(tenant.appName) }]}
            onPick={() => void acts.run('uninstall', { conversation: id })}
          />
        )}
      </header>
      <Conversation
        conversation={conversation}
        messages={messages}
        lines={lines}
        lead={lead}
        onReply={kind === 'channel' && !isArchived ? setReplyTo : undefined}
      />
      {!isInstalled && (
        <p className="notice">
          {words.appMissing(tenant.appName)}
          <button
            type="button"
            className="button button-primary"
            onClick={() => void acts.run('install', { conversation: id })}
          >
            {words.addApp(tenant.appName)}
          </button>
        </p>
      )}
      {isArchived ? (
        <p className="archived">{words.archived}</p>
      ) : (
        <TeamsComposer
          conversation={conversation}
          lead={lead}
          lines={lines}
          replyTo={replyTo}
          takesFocus={takesFocus}
          onReplied={() => setReplyTo(null)}
        />
      )}
    </div>
  );
}

function fitting(examples: readonly Example[], person: Person): Example[] {
  const roles = person.note?.split(/[^\p{L}-]+/u) ?? [];
  return examples.filter(
    (one) => (!one.as || roles.includes(one.as)) && (!one.locale || one.locale === person.locale),
  );
}

interface ComposerProps {
  conversation: TeamsConversation;
  lead: string;
  lines: Example[];
  replyTo: TeamsMessage | null;
  takesFocus: boolean;
  onReplied(): void;
}

function TeamsComposer({ conversation, lead, lines, replyTo, takesFocus, onReplied }: ComposerProps) {
  const { words, tenant, acts, who, commands } = useTeams();
  const [isSearching, setIsSearching] = useState(false);
  const { id, kind, name, typing } = conversation;
  const here = replyTo ? `${id};messageid=${replyTo.replyTo ?? replyTo.id}` : id;

  const send = (line: string) => {
    onReplied();
    // Teams asks the app what to show for a link as soon as it is pasted.
    if (isWebAddress(line)) void acts.run('link', { conversation: id, url: line });
    else void acts.run('say', { conversation: here, text: line });
  };
  const items = commands
    .filter(({ type, context }) => type === 'action' && (!context || context.includes('compose')))
    .map((command) => ({ key: command.id, label: command.title }));
  const searches = commands.filter(({ type }) => type === 'query');
  const menu = [
    ...(searches.length > 0 ? [{ key: 'search', label: words.searchApp(tenant.appName) }] : []),
    ...items,
  ];
  return (
    <ComposerField
      name="teams"
      label={kind === 'personal' ? words.typeToApp(tenant.appName) : words.mentionApp(name, tenant.appName)}
      words={words}
      history={`teams.history.${who.user}`}
      place={here}
      takesFocus={takesFocus || replyTo !== null}
      lead={lead}
      suggest={(text) => suggestionsFor(text, { lead, appName: tenant.appName, examples: lines })}
      top={
        <>
          {isSearching && (
            <ExtensionSearch commands={searches} conversation={id} onClose={() => setIsSearching(false)} />
          )}
          {replyTo && (
            <p className="replying">
              <Icon name="reply" />
              <span>{words.replyingTo(replyTo.from.name)}</span>
              <button type="button" className="icon-button" aria-label={words.cancel} onClick={onReplied}>
                <Icon name="close" />
              </button>
            </p>
          )}
        </>
      }
      before={
        menu.length > 0 && (
          <Menu
            label={words.appActions(tenant.appName)}
            className="icon-button"
            icon={<Icon name="more" />}
            items={menu}
            onPick={(key) => {
              if (key === 'search') setIsSearching(true);
              else void acts.run('extension-fetch', { commandId: key, conversation: id });
            }}
          />
        )
      }
      foot={
        typing ? (
          <span className="working">
            {words.isTyping(tenant.appName)}
            <i />
            <i />
            <i />
          </span>
        ) : (
          <Waiting acts={acts} appName={tenant.appName} words={words} />
        )
      }
      onSend={send}
    />
  );
}
