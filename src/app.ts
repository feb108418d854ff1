import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { routePath } from 'hono/route';
import { v7 as uuidv7 } from 'uuid';
import type { Demo } from './demo.ts';
import { features } from './features/index.ts';
import { createAddressBook } from './infra/address-book.ts';
import { auditTrail } from './infra/audit.ts';
import type { SettableClock } from './infra/clock.ts';
import type { Config } from './infra/config.ts';
import { type Database, openDatabase } from './infra/db/client.ts';
import { isDatabaseFailure } from './infra/db/errors.ts';
import { isEmbedded } from './infra/db/is-embedded.ts';
import { migrate, migrationState } from './infra/db/migrate.ts';
import { deliveries } from './infra/deliveries.ts';
import { startHousekeeping } from './infra/housekeeping.ts';
import { createInstallationSecrets } from './infra/installations.ts';
import { oneTimeCodeStore } from './infra/one-time-codes.ts';
import { createOutbox, createWakeup, type Wakeup } from './infra/outbox.ts';
import { pendingInputStore } from './infra/pending-inputs.ts';
import { createPosts } from './infra/posts.ts';
import { repeatGuard } from './infra/repeats.ts';
import { createSchedules, everyMinute } from './infra/schedules.ts';
import { createSecrets, type Secrets } from './infra/secrets.ts';
import { createSessions } from './infra/sessions.ts';
import { createTransactor } from './infra/transactor.ts';
import { createTurns, usualPerSecond } from './infra/turns.ts';
import { createWorkQueue } from './infra/work-queue.ts';
import { kernelMessages } from './kernel/recognise/index.ts';
import { mountSlack } from './mount-slack.ts';
import { mountTeams } from './mount-teams.ts';
import { mountWeb } from './mount-web.ts';
import { operatorRoute } from './operator/remote.ts';
import { createHealth } from './platforms/http/health.ts';
import { httpMessages } from './platforms/http/messages.ts';
import { webWords } from './platforms/http/words.ts';
import { slackPace } from './platforms/slack/limits.ts';
import { slackMessages } from './platforms/slack/messages.ts';
import { slackWords } from './platforms/slack/words.ts';
import { teamsPace } from './platforms/teams/limits.ts';
import { teamsMessages } from './platforms/teams/messages.ts';
import { teamsWords } from './platforms/teams/words.ts';
import { type AudienceWatch, createAudienceWatch } from './runtime/dispatch/audience.ts';
import { createDispatch } from './runtime/dispatch/dispatch.ts';
import type { Engine } from './runtime/engine.ts';
import type { Feature } from './runtime/feature.ts';
import { grammarMessages } from './runtime/grammar/messages.ts';
import type { Dispatch } from './runtime/interaction.ts';
import { engineMessages } from './runtime/messages.ts';
import type { AllWords, ChatPlatform, Clock, InstallationSecrets, Log } from './runtime/ports.ts';
import { createRegistry, type Registry } from './runtime/registry.ts';
import { askChatAccounts } from './runtime/relay/ask-accounts.ts';
import { createRelay, type Relay, type RelayTiming, usualTiming } from './runtime/relay/relay.ts';
import { createScheduler, type Scheduler } from './runtime/scheduler.ts';
import { storeMessages } from './store/messages.ts';
import { createTranslate, type Translate } from './view/translator.ts';

/** How typed lines look on each platform. */
const words: AllWords = {
  slack: slackWords,
  teams: teamsWords,
  web: webWords,
};

/** The service's parts that do not depend on a platform: what commands, tests and operators work with. */
export interface Core {
  db: Database;
  registry: Registry;
  engine: Engine;
  translate: Translate;
  dispatch: Dispatch;
  audience: AudienceWatch;
  relay: Relay;
  /** To and from the relays of other processes. */
  wakeup: Wakeup;
  scheduler: Scheduler;
  platforms: Map<'slack' | 'teams', ChatPlatform>;
  /** `undefined`: no ENCRYPTION_KEY, so that no token can be kept. */
  secrets: Secrets | undefined;
  installations: InstallationSecrets;
  /** Forgets cached installations (after connecting or disconnecting one). */
  forgetInstallations(): void;
}

export interface App extends Core {
  web: Hono;
  /** Call once the port is open: operators' commands then find this process. */
  listening(): void;
  /** Finishes what is running and closes the database. */
  close(): Promise<void>;
}

export interface CoreOptions {
  db: Database;
  log: Log;
  clock: Clock;
  memberAutoJoin: Config['memberAutoJoin'];
  publicUrl: string;
  encryptionKey?: string | undefined;
  commandsPerSecond?: number | undefined;
  timing?: RelayTiming | undefined;
  /** Default: the product's. */
  features?: readonly Feature[] | undefined;
}

export function createCatalogedRegistry(chosen: readonly Feature[] = features): Registry {
  const engineCatalogs = [
    engineMessages,
    grammarMessages,
    kernelMessages,
    storeMessages,
    slackMessages,
    teamsMessages,
    httpMessages,
  ];
  return createRegistry(chosen, engineCatalogs);
}

/** Puts the engine together on an open, migrated database. */
export function createCore(options: CoreOptions): Core {
  const { db, log, clock, memberAutoJoin, publicUrl, encryptionKey } = options;
  const registry = createCatalogedRegistry(options.features);
  const translate = createTranslate(registry.catalogs);
  const transactor = createTransactor(db);
  const sessions = createSessions(transactor, memberAutoJoin);
  const secrets = encryptionKey === undefined ? undefined : createSecrets(encryptionKey);
  const installations = createInstallationSecrets({ db, secrets, log, forgetElsewhere: sessions.forget });
  const platforms = new Map<'slack' | 'teams', ChatPlatform>();
  const wakeup = createWakeup(db, log);
  const engine: Engine = {
    registry,
    db: transactor,
    sessions,
    audit: auditTrail,
    outbox: createOutbox(() => {
      relay.wake();
      wakeup.tell();
    }),
    pending: pendingInputStore,
    repeats: repeatGuard,
    deliveries,
    codes: oneTimeCodeStore,
    turns: createTurns({ perSecond: options.commandsPerSecond ?? usualPerSecond }),
    clock,
    newId: uuidv7,
    urlOf: (path) => new URL(path, publicUrl).href,
    log,
    profile: async (visitor) =>
      platforms.get(visitor.platform)?.profile(visitor.installation, visitor.userId),
    channelFacts: async (visitor, id) =>
      (await platforms.get(visitor.platform)?.channelFacts(visitor.installation, id)) ?? {},
    chatAccounts: (asked) => askChatAccounts(platforms.get(asked.platform), asked, log),
  };
  const queue = createWorkQueue(db, { slack: slackPace, teams: teamsPace });
  const relay: Relay = createRelay({
    engine,
    queue,
    posts: createPosts(db, queue),
    addresses: createAddressBook(db),
    platforms,
    words,
    translate,
    timing: options.timing ?? usualTiming,
    isOurFailure: isDatabaseFailure,
    random: Math.random,
  });
  const scheduler = createScheduler({
    schedules: createSchedules(db, log),
    timers: registry.timers(),
    clock,
    log,
    wake: () => relay.wake(),
    everyMinute,
  });
  const audience = createAudienceWatch(engine);
  const dispatch = createDispatch(engine, translate, words, audience);
  return {
    db,
    registry,
    engine,
    translate,
    dispatch,
    audience,
    relay,
    wakeup,
    scheduler,
    platforms,
    secrets,
    installations,
    forgetInstallations: installations.forget,
  };
}

export interface AppOptions {
  config: Config;
  log: Log;
  clock: SettableClock;
  /** The port the service listens on, once it does; the playground calls the service there. */
  port: () => number;
  timing?: RelayTiming;
  /** Default: the product's. */
  features?: readonly Feature[];
}

/** Builds the whole service without listening: config in, web and workers out. */
export async function createApp({ config, log, clock, port, timing, features }: AppOptions): Promise<App> {
  const db = await openDatabase({
    url: config.databaseUrl,
    migrationUrl: config.databaseMigrationUrl,
    dataDir: config.dataDir,
    production: config.production,
    log,
  });
  await migrate(db, { log });
  const { memberAutoJoin, publicUrl, encryptionKey, commandsPerSecond } = config;
  const core = createCore({
    db,
    log,
    clock,
    memberAutoJoin,
    publicUrl,
    encryptionKey,
    commandsPerSecond,
    timing,
    features,
  });
  const web = new Hono();
  web.use(async (c, next) => {
    await next();
    c.header('x-content-type-options', 'nosniff');
    if (!c.res.headers.has('content-security-policy')) {
      c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    }
  });
  web.onError((error, c) => {
    // As the route is written: the address of a one-time link is a key.
    log.error({ method: c.req.method, path: routePath(c), err: error }, 'request failed');
    return c.text('Something went wrong on our side.', 500);
  });
  web.route('/', createHealth({ db, migrationState: () => migrationState(db) }));
  const demo = config.playground ? await openPlayground(core, clock, port) : undefined;
  web.route('/', await mountWeb(core, { publicUrl, entra: demo?.entra ?? config.entra }));
  const slackConfig = demo?.slack ?? config.slack;
  const slack = slackConfig ? await mountSlack(core, slackConfig, log, demo?.tokens) : undefined;
  if (slack) {
    web.route('/', slack.routes);
    core.platforms.set('slack', slack.platform);
  }
  const teamsConfig = demo?.teams ?? config.teams;
  const { production } = config;
  const teams = teamsConfig && (await mountTeams(core, teamsConfig, { publicUrl, production, log }));
  if (teams) {
    web.route('/', teams.routes);
    core.platforms.set('teams', teams.platform);
  }
  web.get('/', (c) => c.redirect(demo ? '/playground' : '/tab/'));
  if (demo) web.route('/', demo.routes);
  const operatorToken = randomBytes(32).toString('base64url');
  if (isEmbedded(db)) web.route('/', operatorRoute(core, operatorToken));
  core.relay.start();
  const stopListening = await core.wakeup.listen(core.relay.wake);
  await core.scheduler.start();
  const stopHousekeeping = startHousekeeping(db, log);
  return {
    ...core,
    web,
    listening: () => {
      if (isEmbedded(db)) db.lock.annotate({ port: port(), operatorToken });
    },
    close: async () => {
      demo?.close();
      await Promise.all([slack?.drain(), teams?.drain()]);
      await stopHousekeeping();
      await core.scheduler.stop();
      await stopListening();
      await core.relay.stop();
      await db.close();
    },
  };
}

/** Loaded only when it is on: a real service carries nothing of it. */
async function openPlayground(core: Core, clock: SettableClock, port: () => number): Promise<Demo> {
  const { openDemo } = await import('./demo.ts');
  return openDemo(core, clock, port);
}
