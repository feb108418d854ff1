import { command } from '../../kernel/text.ts';
import type { Card } from '../../view/card.ts';
import { messageOf } from './client.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import { teamsMessages as t } from './messages.ts';
import { withoutThread } from './origin.ts';
import { withRetries } from './retry.ts';
import { reasonOf } from './show.ts';
import { everyLanguage } from './words.ts';

/** Forgotten all at once when full. */
const mostGreeted = 10_000;

/** The app came or went. Teams tells of an installation twice; a scope is welcomed once, and never again. */
export class Installs {
  /** Scopes of tenants that are not connected; nothing is kept of those in the database. */
  private readonly greeted = new Set<string>();

  async handle(around: Surroundings, delivery: Delivery): Promise<void> {
    const { activity, orgId, visitor, at, scope, requestId } = delivery;
    if (!isAdded(delivery)) {
      around.log.info({ requestId, orgId, type: activity.type, action: activity.action }, 'app not added');
      return;
    }
    if (scope === 'personal' && visitor.userId === '') return;
    if (!(await this.isDue(around, delivery))) return;
    const { reader } = delivery;
    const card = orgId === undefined ? connectCard(reader) : welcomeCard(reader);
    try {
      const message = messageOf(await around.present.message(visitor.installation, card, reader));
      await withRetries(() => around.connector.send(at, message));
    } catch (error) {
      around.log.warn({ requestId, orgId, reason: reasonOf(error) }, 'welcome not shown');
    }
  }

  private async isDue({ seen }: Surroundings, delivery: Delivery): Promise<boolean> {
    const { orgId, visitor, scope, at } = delivery;
    const { installation, userId } = visitor;
    const place =
      scope === 'personal'
        ? ({ kind: 'person', id: userId } as const)
        : ({ kind: 'channel', id: withoutThread(at.conversationId) } as const);
    if (orgId !== undefined) return seen.claimWelcome(orgId, installation, place);
    const key = JSON.stringify([installation, place]);
    if (this.greeted.has(key)) return false;
    if (this.greeted.size >= mostGreeted) this.greeted.clear();
    this.greeted.add(key);
    return true;
  }
}

function isAdded({ activity }: Delivery): boolean {
  if (activity.type === 'installationUpdate') return activity.action?.startsWith('add') === true;
  return (activity.membersAdded ?? []).some(({ id }) => id === activity.recipient.id);
}

/** Installation events do not say which language anybody speaks. */
function welcomeCard(reader: Delivery['reader']): Card {
  return {
    tone: 'plain',
    title: everyLanguage(t('welcome-title'), reader).join(' · '),
    blocks: [
      ...everyLanguage(t('welcome', { help: command('help') }), reader).map((of) => ({
        t: 'text' as const,
        of,
      })),
      {
        t: 'buttons',
        buttons: [
          {
            label: everyLanguage(t('show-help'), reader).join(' · '),
            press: { a: 'line', i: { line: 'help' } },
            style: 'primary',
          },
        ],
      },
    ],
  };
}

function connectCard(reader: Delivery['reader']): Card {
  return {
    tone: 'info',
    title: everyLanguage(t('welcome-title'), reader).join(' · '),
    blocks: everyLanguage(t('not-connected', { line: command('link ABCDE-FGHJK') }), reader).map((of) => ({
      t: 'text' as const,
      of,
    })),
  };
}
