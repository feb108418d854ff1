import { Hono } from 'hono';
import { ImpossibleGesture } from '../impossible-gesture.ts';
import { asText, type Json } from '../json.ts';
import { createPauses } from '../pauses.ts';
import { connectorIssuer, type SigningKey, signToken } from './authority.ts';
import { connectorRoutes, type RecordedCall } from './connector.ts';
import { controlRoutes } from './control.ts';
import { createCredentials } from './credentials.ts';
import { createCourier, type Delivery } from './delivery.ts';
import { type Desk, personOf } from './desk.ts';
import { createFaults, type Faults } from './faults.ts';
import * as cards from './gesture-card.ts';
import { type DeleteInput, deleteMessage } from './gesture-delete.ts';
import * as dialogs from './gesture-dialog.ts';
import * as extension from './gesture-extension.ts';
import { type InstallInput, install, uninstall } from './gesture-install.ts';
import { type LeaveInput, leave } from './gesture-leave.ts';
import * as talk from './gesture-say.ts';
import { type SearchInput, search } from './gesture-search.ts';
import { identityRoutes, ssoToken } from './identity.ts';
import type { Outcome } from './outcome.ts';
import { isVisible, placesOf } from './places.ts';
import { screenOf, shownTo } from './screen.ts';
import type { TeamsMessage, TeamsScreen } from './screen-model.ts';
import type { Tenant } from './tenant.ts';
import { outcomeOf } from './watch.ts';
import { type Change, createWorld, type StoredMessage, tenantOf, type World } from './world.ts';

export interface TeamsStandInOptions {
  /** Of the bot's registration, a UUID. */
  appId: string;
  appSecret: string;
  /** Audience of the tokens that tabs get. */
  tabAppId?: string;
  /** Full address of the service's endpoint for activities. */
  target: () => string;
  /** Where this stand-in's own routes are reachable, without a trailing slash; `serviceUrl` is made of it. */
  publicBase: () => string;
  tenants: Tenant[];
  /** `iss` of the connector's tokens; the real one unless said otherwise. */
  issuer?: string;
  /** Replaced in tests, such as by `app.request`. */
  fetch?: typeof fetch;
  /** Milliseconds since 1970. Tokens and rate limits go by it. */
  now?: () => number;
  /** The clock people see beside messages, if a demo moves it; everything else goes by `now`. */
  wallClock?: () => number;
  /** How long every delivery may take; by default 15 s, and 5 s for message extensions. */
  acknowledgeMs?: number;
  /** For faults that strike by chance. */
  seed?: number;
  /** Where the bot's tokens are issued; without it, any tenant. */
  homeTenantId?: string;
}

export interface MessageFilter {
  tenant?: string;
  /** Id or name. */
  conversation?: string;
  /** Only what this person sees, and as they see it. */
  user?: string;
  replyTo?: string;
  /** Deleted ones as well. */
  all?: boolean;
}

/** A strict local stand-in for Teams and its connector: it sends what they send, and refuses what they refuse. */
export interface TeamsStandIn {
  /** Connector, tokens, keys and control routes. */
  web: Hono;
  say(input: talk.SayInput): Promise<Outcome>;
  react(input: talk.ReactInput): Promise<Outcome>;
  feedback(input: talk.FeedbackInput): Promise<Outcome>;
  execute(input: cards.CardInput): Promise<Outcome>;
  submit(input: cards.CardInput): Promise<Outcome>;
  refresh(input: cards.RefreshInput): Promise<Outcome>;
  submitDialog(input: dialogs.DialogInput): Promise<Outcome>;
  executeDialog(input: dialogs.DialogInput): Promise<Outcome>;
  closeDialog(input: dialogs.DialogCloseInput): Outcome;
  delete(input: DeleteInput): Outcome;
  search(input: SearchInput): Promise<Outcome>;
  queryExtension(input: extension.ExtensionQueryInput): Promise<Outcome>;
  fetchExtension(input: extension.ExtensionFetchInput): Promise<Outcome>;
  selectResult(input: extension.ExtensionSelectInput): Promise<Outcome>;
  pasteLink(input: extension.LinkInput): Promise<Outcome>;
  install(input: InstallInput): Promise<Outcome>;
  uninstall(input: InstallInput): Promise<Outcome>;
  /** Somebody leaves a team, or altogether. */
  leave(input: LeaveInput): Promise<Outcome>;
  /** The same activity once more, as Teams sometimes sends it; the last one unless its id is given. */
  repeat(activityId?: string): Promise<Outcome>;
  /** Sends an activity under any header, for tests of what a service must refuse. */
  sendRaw(activity: Json, authorization?: string): Promise<Outcome>;
  /** Oldest first. */
  messages(filter?: MessageFilter): TeamsMessage[];
  screen(user: string, tenant?: string): TeamsScreen;
  tenants(): readonly Tenant[];
  /** What the service asked of the connector, oldest first. */
  calls(): readonly RecordedCall[];
  /** What was sent to the service, oldest first. */
  deliveries(): readonly Delivery[];
  /** A JWT over any claims, by any of the keys: the good ones and those a service must refuse. */
  signToken(claims: Json, options?: { key?: SigningKey }): Promise<string>;
  /** What a tab of this person gets from `getAuthToken()`. */
  ssoToken(user: string, tenant?: string): Promise<string>;
  faults: Faults;
  onChange(listener: (change: Change) => void): () => void;
  /** Back to the beginning: no messages, dialogs, tokens or faults. */
  reset(): void;
  /** Resolves when no gesture is on its way. */
  drain(): Promise<void>;
  /** Ends open streams and delays, so that a server can stop. */
  close(): void;
}

export function createTeamsStandIn(options: TeamsStandInOptions): TeamsStandIn {
  const now = options.now ?? Date.now;
  const base = () => options.publicBase().replace(/\/$/, '');
  const serviceUrl = () => `${base()}/`;
  const issuer = options.issuer ?? connectorIssuer;
  const botId = `28:${options.appId}`;
  const world = createWorld(options.tenants, now, options.wallClock);
  const faults = createFaults(options.seed);
  const calls: RecordedCall[] = [];
  const pauses = createPauses();
  const { appId, appSecret, homeTenantId } = options;
  const courier = createCourier({
    appId,
    issuer,
    target: options.target,
    fetch: options.fetch ?? fetch,
    now,
    faults,
    acknowledgeMs: (activity) => options.acknowledgeMs ?? patienceFor(activity),
  });
  const credentials = createCredentials({
    appId,
    appSecret,
    now,
    faults,
    ...(homeTenantId ? { homeTenantId } : {}),
  });
  const desk: Desk = {
    world,
    courier,
    botId,
    serviceUrl,
    offered: new Map(),
    found: new Map(),
    watchers: new Set(),
  };
  const identity = { world, base, issuer, now, tabAppId: options.tabAppId ?? appId };
  const { running, track } = tracker();

  const web = new Hono();
  web.route('/', identityRoutes({ ...identity, credentials }));
  web.route('/', connectorRoutes({ world, faults, credentials, botId, calls, pause: pauses.wait }));

  const standIn: TeamsStandIn = {
    web,
    say: (input) => track(talk.say(desk, input)),
    react: (input) => track(talk.react(desk, input)),
    feedback: (input) => track(talk.feedback(desk, input)),
    execute: (input) => track(cards.execute(desk, input)),
    submit: (input) => track(cards.submit(desk, input)),
    refresh: (input) => track(cards.refresh(desk, input)),
    submitDialog: (input) => track(dialogs.submitDialog(desk, input)),
    executeDialog: (input) => track(dialogs.executeDialog(desk, input)),
    closeDialog: (input) => dialogs.dismissDialog(desk, input),
    delete: (input) => deleteMessage(desk, input),
    search: (input) => track(search(desk, input)),
    queryExtension: (input) => track(extension.queryExtension(desk, input)),
    fetchExtension: (input) => track(extension.fetchExtension(desk, input)),
    selectResult: (input) => track(extension.selectResult(desk, input)),
    pasteLink: (input) => track(extension.pasteLink(desk, input)),
    install: (input) => track(install(desk, input)),
    uninstall: (input) => track(uninstall(desk, input)),
    leave: (input) => track(leave(desk, input)),
    repeat: (activityId) => track(repeat(desk, activityId)),
    sendRaw: async (activity, authorization) =>
      outcomeOf({ activity, answer: await track(courier.sendRaw(activity, authorization)) }, []),
    messages: (filter = {}) => messages(desk, filter),
    screen: (user, tenant) => screenOf(world, botId, personOf(desk, user, tenant)),
    tenants: () => world.tenants,
    calls: () => calls,
    deliveries: courier.list,
    signToken: (claims, { key } = {}) => signToken(claims, key),
    ssoToken: (user, tenant) => ssoToken(identity, user, tenant),
    faults,
    onChange: (listener) => world.onChange(listener),
    reset() {
      faults.clear();
      pauses.endAll();
      courier.reset();
      credentials.reset();
      calls.length = 0;
      desk.offered.clear();
      desk.found.clear();
      world.reset();
    },
    async drain() {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
    close() {
      for (const leave of desk.watchers) leave();
      pauses.endAll();
    },
  };
  web.route('/', controlRoutes(standIn, desk));
  return standIn;
}

/** How long Teams waits, in milliseconds. */
function patienceFor({ name }: Json): number {
  return asText(name).startsWith('composeExtension/') ? 5_000 : 15_000;
}

function tracker() {
  const running = new Set<Promise<unknown>>();
  return {
    running,
    async track<T>(work: Promise<T>): Promise<T> {
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },
  };
}

async function repeat({ courier }: Desk, activityId?: string): Promise<Outcome> {
  const delivery = courier
    .list()
    .findLast(({ activity }) => activityId === undefined || activity.id === activityId);
  if (!delivery) throw new ImpossibleGesture('Nothing of that kind was sent.');
  return outcomeOf({ activity: delivery.activity, answer: await courier.again(delivery) }, []);
}

function messages(desk: Desk, filter: MessageFilter): TeamsMessage[] {
  const { world } = desk;
  const user = filter.user === undefined ? undefined : personOf(desk, filter.user, filter.tenant).user;
  return world.messages.flatMap((message) => {
    if (!passes(world, message, filter)) return [];
    if (!user) {
      const { needsRefresh: _, ...shown } = shownTo(world, message, nobody);
      return [shown];
    }
    return isVisible(world, message, user.aadObjectId) ? [shownTo(world, message, user)] : [];
  });
}

const nobody = { id: '', aadObjectId: '' };

function passes(world: World, message: StoredMessage, filter: MessageFilter): boolean {
  if (!filter.all && message.isDeleted) return false;
  if (filter.tenant && message.tenant !== filter.tenant) return false;
  if (filter.replyTo && message.replyTo !== filter.replyTo) return false;
  if (!filter.conversation) return true;
  const place = placesOf(world, tenantOf(world, message.tenant)).find(
    ({ id, name, kind }) =>
      id === filter.conversation || (kind !== 'personal' && name === filter.conversation),
  );
  return place?.id === message.conversation;
}
