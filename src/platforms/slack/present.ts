import type { InstallationSecrets } from '../../runtime/ports.ts';
import type { Card } from '../../view/card.ts';
import type { Reader } from '../../view/reader.ts';
import type { HomeView, ModalView, SlackMessage } from './block-kit.ts';
import { type CardOptions, renderCard, renderHome, renderNotice } from './render/card.ts';

/** Slack's user id of a member, where they have one. */
export type Mentions = (orgId: string, memberId: string) => Promise<string | undefined>;

export interface Presenter {
  message(installation: string, card: Card, reader: Reader): Promise<SlackMessage>;
  notice(installation: string, card: Card, reader: Reader): Promise<ModalView>;
  home(installation: string, card: Card, reader: Reader): Promise<HomeView>;
}

/**
 * Renders cards with the members they mention looked up first; most cards mention nobody and wait for nothing.
 * `namesInstead`: a card is shown with names where nobody could be looked up, because what it tells has happened;
 * without it, the error is thrown.
 */
export function createPresenter(options: {
  installations: InstallationSecrets;
  mentions: Mentions | undefined;
  charts: boolean;
  namesInstead?: (error: unknown) => void;
}): Presenter {
  const { installations, mentions, charts, namesInstead } = options;

  async function render<T>(
    installation: string,
    rendering: (card: Card, reader: Reader, options: CardOptions) => T,
    card: Card,
    reader: Reader,
  ): Promise<T> {
    const asked = new Set<string>();
    const plain = rendering(card, reader, {
      charts,
      mentionOf: (memberId) => {
        asked.add(memberId);
        return undefined;
      },
    });
    if (asked.size === 0 || !mentions) return plain;
    const ids = new Map<string, string | undefined>();
    try {
      const found = await installations.find('slack', installation);
      if (!found) return plain;
      await Promise.all([...asked].map(async (id) => ids.set(id, await mentions(found.orgId, id))));
    } catch (error) {
      if (!namesInstead) throw error;
      namesInstead(error);
      return plain;
    }
    return rendering(card, reader, { charts, mentionOf: (memberId) => ids.get(memberId) });
  }

  return {
    message: (installation, card, reader) => render(installation, renderCard, card, reader),
    notice: (installation, card, reader) => render(installation, renderNotice, card, reader),
    home: (installation, card, reader) => render(installation, renderHome, card, reader),
  };
}
