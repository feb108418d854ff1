import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ChatPlatform, MessageRef } from '../../src/runtime/ports.ts';
import type { Card } from '../../src/view/card.ts';
import { cardText } from '../../src/view/plain-text.ts';
import type { Reader } from '../../src/view/reader.ts';
import { sampleCards } from '../support/sample-cards.ts';

/** A message of the bot as somebody finds it on their screen. */
export interface Seen {
  /** `messageId` of its reference. */
  id: string;
  /** Of the words alone, without what the platform escapes: what notifications and screen readers say. */
  text: string;
  /** How many blocks or cards stand under the words. */
  parts: number;
  /** First message of the thread it is in. */
  thread?: string;
  isEdited: boolean;
}

export type Trouble =
  | 'busy'
  | 'broken'
  | 'lost-answer'
  | 'archived'
  | 'refused-credentials'
  /** Of every call but posts; for a platform that asks before it posts. */
  | 'broken-questions';

/** A platform of ours on a strict stand-in, over real HTTP, with the people the suite needs. */
export interface Stage {
  platform: ChatPlatform;
  reader: Reader;
  chineseReader: Reader;
  installation: string;
  /** `wei` and `lina` are in it, and the guest. */
  channelId: string;
  channelName: string;
  /** People of another company read along there. */
  sharedChannelId: string;
  /** Never met, or not there at all. */
  unknownChannelId: string;
  wei: { userId: string; name: string; email: string; locale: string; timeZone: string };
  lina: { userId: string };
  guest: { userId: string };
  unknownUserId: string;
  /** What this person sees of the bot, oldest first. */
  seenBy(userId: string): Seen[];
  /** From now on until the test ends, once if it says so. */
  cause(trouble: Trouble): void;
  /** Whether it can be found out what was posted before. */
  canFind: boolean;
  /** How often a message was asked to be posted with credentials that count, whatever came of it. */
  posts(): number;
  disconnect(): void;
  /** No messages, no troubles, connected. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const card: Card = {
  tone: 'ok',
  title: 'Won D-142',
  blocks: [{ t: 'fields', fields: [{ label: 'Amount', value: 'CNY 80,000' }] }],
};
/** What a customer may be called; each platform reads something else of it as orders. */
const hostile =
  '<!channel> <@U1> @everyone <at>Li Na</at> **bold** [x](https://evil.example) {{DATE(2026-01-01,SHORT)}} & </at>';

/** What the relay and the engine rely on, whichever platform it is. */
export function chatPlatformContract(name: string, open: () => Promise<Stage>): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await open();
  });
  afterEach(() => stage.reset());
  afterAll(() => stage.close());

  const key = { idempotencyKey: 'k1' };
  const channel = (channelId = stage.channelId) =>
    ({ kind: 'channel', installation: stage.installation, channelId }) as const;
  const person = (userId: string) => ({ kind: 'person', installation: stage.installation, userId }) as const;
  const post = (what = card) => stage.platform.post(channel(), what, stage.reader, key);
  const failureOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeDefined();
    return stage.platform.classify(error);
  };

  describe(`${name}: a post`, () => {
    test('to a channel is seen by its people, and its words alone tell all', async () => {
      const { messageId } = await post();
      const text = cardText(card, stage.reader);
      expect(text).toContain('CNY 80,000');
      const seen = [expect.objectContaining({ id: messageId, text, isEdited: false })];
      expect([stage.seenBy(stage.wei.userId), stage.seenBy(stage.lina.userId)]).toEqual([seen, seen]);
      expect(stage.seenBy(stage.wei.userId)[0]?.parts).toBeGreaterThan(0);
    });

    test('to a person is seen by nobody else', async () => {
      const to = person(stage.lina.userId);
      const { messageId } = await stage.platform.post(to, card, stage.reader, key);
      expect(stage.seenBy(stage.lina.userId)).toMatchObject([{ id: messageId }]);
      expect(stage.seenBy(stage.wei.userId)).toEqual([]);
    });

    test('can be changed in place, wherever it is', async () => {
      const root = await post();
      const posted: MessageRef[] = [
        root,
        await stage.platform.post(channel(), card, stage.reader, { ...key, threadOf: root }),
        await stage.platform.post(person(stage.wei.userId), card, stage.reader, key),
      ];
      for (const ref of posted) {
        await stage.platform.update(stage.installation, ref, { ...card, title: 'Lost D-142' }, stage.reader);
      }
      const seen = stage.seenBy(stage.wei.userId);
      expect(seen.map(({ id }) => id).sort()).toEqual(posted.map(({ messageId }) => messageId).sort());
      for (const { text, isEdited } of seen) {
        expect(isEdited).toBe(true);
        expect(text).toContain('Lost D-142');
        expect(text).not.toContain('Won');
      }
    });

    test('about a message stands in its thread', async () => {
      const root = await post();
      await stage.platform.post(channel(), card, stage.reader, { ...key, threadOf: root });
      expect(stage.seenBy(stage.lina.userId).map(({ thread }) => thread ?? null)).toEqual([
        null,
        root.messageId,
      ]);
    });

    test('shows what customers are called as it is written', async () => {
      await post({ ...card, title: hostile, blocks: [{ t: 'text', of: hostile }] });
      const [seen] = stage.seenBy(stage.wei.userId);
      expect(seen?.text).toBe(`✅ ${hostile}\n${hostile}`);
    });

    test.each(Object.entries(sampleCards))(
      'of the card %s is taken, in every language',
      async (_, sample) => {
        for (const reader of [stage.reader, stage.chineseReader]) {
          const { messageId } = await stage.platform.post(channel(), sample, reader, key);
          const seen = stage.seenBy(stage.wei.userId).find(({ id }) => id === messageId);
          expect(seen?.text).toBe(cardText(sample, reader) || '–');
        }
      },
    );
  });

  describe(`${name}: a post that fails`, () => {
    test.each([
      ['busy', { kind: 'retry', afterSeconds: 7 }],
      ['broken', { kind: 'uncertain' }],
      ['archived', { kind: 'drop-destination', reason: expect.any(String) }],
      ['refused-credentials', { kind: 'pause-installation', reason: expect.any(String) }],
    ] as const)('%s', async (trouble, failure) => {
      stage.cause(trouble);
      expect(await failureOf(post())).toEqual(failure);
      expect(stage.seenBy(stage.wei.userId)).toEqual([]);
      // Only the relay knows whether it may be sent again.
      expect(stage.posts()).toBeLessThanOrEqual(1);
    });

    test('without an answer is uncertain: it may stand there, and stands there once', async () => {
      stage.cause('lost-answer');
      expect(await failureOf(post())).toEqual({ kind: 'uncertain' });
      expect(stage.seenBy(stage.wei.userId)).toHaveLength(1);
      expect(stage.posts()).toBe(1);
    });

    test('can be looked for by its key afterwards, or the platform says that it cannot look', async () => {
      stage.cause('lost-answer');
      await failureOf(post());
      const { find } = stage.platform;
      expect(find !== undefined).toBe(stage.canFind);
      if (!find) return;
      const [seen] = stage.seenBy(stage.wei.userId);
      const found = await find(channel(), 'k1');
      expect(found?.messageId).toBe(seen?.id);
      expect(await find(channel(), 'k2')).toBeUndefined();
    });

    test('where there is nobody to show it to', async () => {
      const dropped = { kind: 'drop-destination', reason: expect.any(String) };
      const nowhere = channel(stage.unknownChannelId);
      const nobody = person(stage.unknownUserId);
      expect(await failureOf(stage.platform.post(nowhere, card, stage.reader, key))).toEqual(dropped);
      expect(await failureOf(stage.platform.post(nobody, card, stage.reader, key))).toEqual(dropped);
    });

    test('because nobody is connected any more, and nothing is sent', async () => {
      const ref = await post();
      const posts = stage.posts();
      stage.disconnect();
      const paused = { kind: 'pause-installation', reason: 'not_connected' };
      expect(await failureOf(post())).toEqual(paused);
      const elsewhere = { ...channel(), installation: 'another' };
      expect(await failureOf(stage.platform.post(elsewhere, card, stage.reader, key))).toEqual(paused);
      expect(stage.posts()).toBe(posts);
      expect(ref.messageId).not.toBe('');
    });

    test('by a mistake of ours is not tried again', () => {
      for (const mistake of [new TypeError('x'), new Error('x'), undefined, null, 'x', 7, {}]) {
        expect(stage.platform.classify(mistake)).toEqual({ kind: 'poison', reason: expect.any(String) });
      }
    });
  });

  describe(`${name}: what a channel is`, () => {
    test('its name, and whether another company reads along where that is told', async () => {
      const facts = await stage.platform.channelFacts(stage.installation, stage.channelId);
      expect(facts.name).toBe(stage.channelName);
      expect(facts.isShared ?? false).toBe(false);
    });

    test('that another company reads along there', async () => {
      const facts = await stage.platform.channelFacts(stage.installation, stage.sharedChannelId);
      expect(facts.isShared).toBe(true);
    });

    test('of one that cannot be looked at there is no name', async () => {
      const facts = await stage.platform.channelFacts(stage.installation, stage.unknownChannelId);
      expect(facts.name).toBeUndefined();
    });
  });

  describe(`${name}: who somebody is`, () => {
    test('a member, with language and zone', async () => {
      const { userId, ...known } = stage.wei;
      expect(await stage.platform.profile(stage.installation, userId)).toEqual({
        ...known,
        isOwnerOrAdmin: false,
        isOutsider: false,
      });
    });

    test('a guest is an outsider, a stranger is nobody', async () => {
      const { platform, installation } = stage;
      expect(await platform.profile(installation, stage.guest.userId)).toMatchObject({ isOutsider: true });
      expect(await platform.profile(installation, stage.unknownUserId)).toBeUndefined();
    });

    test('is not guessed at when the platform cannot say', async () => {
      stage.cause('broken-questions');
      await expect(stage.platform.profile(stage.installation, stage.wei.userId)).rejects.toThrow();
    });
  });
}
