import type { InstallationSecrets } from '../../runtime/ports.ts';
import type { Card } from '../../view/card.ts';
import type { SealedPress } from '../../view/press.ts';
import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import type { AdaptiveCard, TeamsCard } from './adaptive-card.ts';
import { limits } from './limits.ts';
import { teamsMessages as t } from './messages.ts';
import { type CardOptions, renderCard } from './render/card.ts';
import { plainWords } from './render/inline.ts';
import type { Seen } from './seen.ts';

/** Entra object id of a member, where they have one in Teams. */
export type TeamsUserOf = (orgId: string, memberId: string) => Promise<string | undefined>;

export interface Presenter {
  message(installation: string, card: Card, reader: Reader): Promise<TeamsCard>;
  /** For a dialog: every button comes back as `task/submit`, the only thing a dialog sends. */
  notice(installation: string, card: Card, reader: Reader): Promise<{ title: string; card: AdaptiveCard }>;
}

interface Person {
  id: string;
  name: string;
}

/**
 * Renders cards with the members they name looked up first; most cards name nobody and wait for nothing.
 * `namesInstead`: a card is shown with names where nobody could be looked up, because what it tells has happened;
 * without it, the error is thrown.
 */
export function createPresenter(options: {
  installations: InstallationSecrets;
  seen: Seen;
  teamsUserOf: TeamsUserOf;
  opensForm(press: SealedPress): boolean;
  namesInstead?: (error: unknown) => void;
}): Presenter {
  const { installations, seen, teamsUserOf, opensForm, namesInstead } = options;

  async function personOf(orgId: string, tenantId: string, memberId: string): Promise<Person | undefined> {
    const userId = await teamsUserOf(orgId, memberId);
    if (userId === undefined) return undefined;
    const { fromId, name } = (await seen.person(orgId, tenantId, userId)) ?? {};
    return fromId === undefined ? undefined : { id: fromId, name: name ?? '' };
  }

  async function render(installation: string, card: Card, reader: Reader, fixed: CardOptions) {
    const asked = new Set<string>(card.personal?.memberIds.slice(0, limits.refreshUsers) ?? []);
    const first = renderCard(card, reader, {
      ...fixed,
      mentionOf: (memberId) => {
        asked.add(memberId);
        return undefined;
      },
    });
    if (asked.size === 0) return first;
    const people = new Map<string, Person | undefined>();
    try {
      const found = await installations.find('teams', installation);
      if (!found) return first;
      await Promise.all(
        [...asked].map(async (id) => people.set(id, await personOf(found.orgId, installation, id))),
      );
    } catch (error) {
      if (!namesInstead) throw error;
      namesInstead(error);
      return first;
    }
    const mentionOf = (memberId: string) => {
      const person = people.get(memberId);
      return person?.name ? person : undefined;
    };
    const { personal } = card;
    const userIds = (personal?.memberIds ?? []).flatMap((id) => people.get(id)?.id ?? []);
    return renderCard(card, reader, {
      ...fixed,
      mentionOf,
      // Without a name Teams asks for everybody in a small conversation; nobody is not everybody.
      ...(personal && userIds.length > 0 ? { refresh: { press: personal.press, userIds } } : {}),
    });
  }

  return {
    message: (installation, card, reader) => render(installation, card, reader, { opensForm, charts: true }),

    async notice(installation, { personal: _, ...card }, reader) {
      const rendered = await render(installation, card, reader, { opensForm: () => true, charts: true });
      const words = card.title === undefined ? '' : plainWords(card.title, reader, limits.dialogTitle);
      const title = words.trim() === '' ? plain(t('title-form'), reader) : words;
      return { title, card: rendered.card };
    },
  };
}
