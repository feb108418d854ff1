import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { demoPeople, linkDemoPeople } from '../../../../src/features/demo-set.ts';
import { keepSchedules } from '../../../../src/features/insight/digests/schedule.ts';
import { createAddressBook } from '../../../../src/infra/address-book.ts';
import { isDatabaseFailure } from '../../../../src/infra/db/errors.ts';
import { connectInstallation } from '../../../../src/infra/organizations.ts';
import { createPosts } from '../../../../src/infra/posts.ts';
import { createWorkQueue } from '../../../../src/infra/work-queue.ts';
import { webWords } from '../../../../src/platforms/http/words.ts';
import { renderCard as renderSlack } from '../../../../src/platforms/slack/render/card.ts';
import { slackWords } from '../../../../src/platforms/slack/words.ts';
import { renderCard as renderTeams } from '../../../../src/platforms/teams/render/card.ts';
import { teamsWords } from '../../../../src/platforms/teams/words.ts';
import { checkBlocks } from '../../../../src/playground/slack/validate.ts';
import { validateCard } from '../../../../src/playground/teams/validate.ts';
import type { Ctx } from '../../../../src/runtime/context.ts';
import { executeSystem } from '../../../../src/runtime/execute.ts';
import type { Place } from '../../../../src/runtime/interaction.ts';
import type { ChatPlatform, Destination } from '../../../../src/runtime/ports.ts';
import { createRelay, usualTiming } from '../../../../src/runtime/relay/relay.ts';
import type { Scheduler } from '../../../../src/runtime/scheduler.ts';
import type { Card } from '../../../../src/view/card.ts';
import { cardText } from '../../../../src/view/plain-text.ts';
import type { SealedPress } from '../../../../src/view/press.ts';
import type { Reader } from '../../../../src/view/reader.ts';
import { plain } from '../../../../src/view/spans.ts';
import { cardButtons, type Person, type TestApp, testApp } from '../../../support/app.ts';
import { schedulerOf } from '../../../support/scheduler.ts';
import { checkMessage } from '../../../support/slack-blocks.ts';
import { checkTeamsCard } from '../../../support/teams-cards.ts';

export const east: Place = { kind: 'channel', id: 'C0EAST', name: 'sales-east' };
export const west: Place = { kind: 'channel', id: 'C0WEST', name: 'sales-west' };
export const teamsEast: Place = { kind: 'channel', id: '19:sales-east@thread.tacv2', name: 'sales-east' };
export const direct: Place = { kind: 'direct', id: 'D1' };

/** A message as it stands in a chat. */
export interface Seen {
  id: string;
  platform: 'slack' | 'teams';
  /** Channel or user. */
  to: string;
  card: Card;
  reader: Reader;
  text: string;
  thread: string | undefined;
  edits: number;
  /** The press behind a button; throws when there is none of that label. */
  button(label: string | RegExp): SealedPress;
  labels: string[];
}

export interface DigestApp extends TestApp {
  seen: Seen[];
  /** What stands in one place, threads left out. */
  in(to: string): Seen[];
  schedule: Scheduler;
  /** The clock moves on; everything due on the way runs at its time. */
  until(to: string): Promise<void>;
  /** The clock jumps, as if nothing had run in between. */
  jump(to: string): Promise<void>;
  asJob<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>;
  onTeams(key: string): Person;
  tenant: string;
}

const noPace = { slack: { everyMs: 1, burst: 1000 }, teams: { everyMs: 1, burst: 1000 } };

const placeOf = (to: Destination) => (to.kind === 'channel' ? to.channelId : to.userId);

/** Both platforms keep what they are sent, after it has passed the checks of the renderers' output. */
function chat(platform: 'slack' | 'teams', installation: string, seen: Seen[]): ChatPlatform {
  const shown = (card: Card, reader: Reader) => {
    if (platform === 'slack') {
      const message = renderSlack(card, reader);
      expect([...checkMessage(message), ...checkBlocks(message.blocks)]).toEqual([]);
    } else {
      const { card: adaptive } = renderTeams(card, reader);
      expect([...checkTeamsCard(adaptive), ...validateCard(adaptive)]).toEqual([]);
    }
    const buttons = cardButtons(card).map(({ label, press }) => ({ label: plain(label, reader), press }));
    return {
      card,
      reader,
      text: cardText(card, reader),
      labels: buttons.map(({ label }) => label),
      button(label: string | RegExp) {
        const found = buttons.find((one) =>
          typeof label === 'string' ? one.label === label : label.test(one.label),
        );
        if (!found)
          throw new Error(`no button ${label}; there are: ${buttons.map((one) => one.label).join(', ')}`);
        return found.press;
      },
    };
  };
  const known: Partial<ChatPlatform> = {
    post: async (to, card, reader, { threadOf }) => {
      const id = randomUUID();
      const at = placeOf(to);
      // Another test's, which shares the database.
      if (to.installation !== installation) return { channelId: at, messageId: id };
      seen.push({ id, platform, to: at, thread: threadOf?.messageId, edits: 0, ...shown(card, reader) });
      return { channelId: at, messageId: id };
    },
    update: async (of, { messageId }, card, reader) => {
      if (of !== installation) return;
      const at = seen.findIndex(({ id }) => id === messageId);
      const before = seen[at];
      if (!before) throw new Error('no such message');
      seen[at] = { ...before, ...shown(card, reader), edits: before.edits + 1 };
    },
    channelFacts: async () => ({}),
    classify: () => ({ kind: 'poison', reason: 'test' }),
  };
  return known as ChatPlatform;
}

/** The demo organization on both platforms, everybody with a morning list, schedules of its own. */
export async function digestApp(): Promise<DigestApp> {
  const app = await testApp();
  // After every morning there is on that day.
  app.clock.set('2026-11-10T12:00:00Z');
  const seen: Seen[] = [];
  const tenant = randomUUID();
  const queue = createWorkQueue(app.db, noPace);
  const relay = createRelay({
    engine: app.engine,
    queue,
    posts: createPosts(app.db, queue),
    addresses: createAddressBook(app.db),
    platforms: new Map([
      ['slack' as const, chat('slack', app.installation, seen)],
      ['teams' as const, chat('teams', tenant, seen)],
    ]),
    words: { slack: slackWords, teams: teamsWords, web: webWords },
    translate: app.translate,
    timing: usualTiming,
    isOurFailure: isDatabaseFailure,
    random: () => 0,
  });
  const drain = async () => {
    let settled = 0;
    for (let more = await relay.drain(); more > 0; more = await relay.drain()) settled += more;
    return settled;
  };
  await connectInstallation(
    app.db,
    app.orgId,
    { platform: 'teams', externalId: tenant, name: 'Northwind', botUserId: null },
    app.clock.now(),
  );
  const asJob = async <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => {
    let result: T | undefined;
    await executeSystem(
      app.engine,
      { kind: 'system', orgId: app.orgId, handler: 'test', causeAuditId: null },
      async (ctx) => {
        result = await work(ctx);
      },
      async () => undefined,
    );
    return result as T;
  };
  await asJob((ctx) => linkDemoPeople(ctx, { platform: 'teams', installation: tenant }));
  await asJob(keepSchedules);
  const schedule = schedulerOf(app);
  const work = async () => {
    await schedule.tick();
    await drain();
  };
  return {
    ...app,
    drainOutbox: drain,
    seen,
    schedule,
    tenant,
    asJob,
    in: (to) => seen.filter((one) => one.to === to && one.thread === undefined),
    onTeams: (key) => {
      const person = demoPeople.find((one) => one.key === key);
      return app.at({ platform: 'teams', installation: tenant, userId: person?.accounts?.teams ?? '' });
    },
    async until(to) {
      for (;;) {
        const next = await schedule.nextAt();
        if (!next || next > new Date(to)) break;
        if (next > app.clock.now()) app.clock.set(next);
        await work();
      }
      app.clock.set(to);
      await work();
    },
    async jump(to) {
      app.clock.set(to);
      await work();
    },
  };
}
