import { Hono } from 'hono';
import type { Json } from '../json.ts';
import { createPauses } from '../pauses.ts';
import { fileContent } from './api-files.ts';
import { controlRoutes } from './control.ts';
import { createCourier } from './delivery.ts';
import { type Desk, personOf } from './desk.ts';
import { createEventQueue, type EventDelivery } from './event-queue.ts';
import { createFaults, type Faults } from './faults.ts';
import { type CommandInput, typeCommand } from './gesture-command.ts';
import { type DeleteInput, deleteMessage } from './gesture-delete.ts';
import * as events from './gesture-event.ts';
import {
  askOptions,
  type OptionsInput,
  type OptionsOutcome,
  type PressInput,
  pressElement,
} from './gesture-press.ts';
import { runShortcut, type ShortcutInput } from './gesture-shortcut.ts';
import { type CloseInput, closeModal, type SubmitInput, submitModal } from './gesture-view.ts';
import { type OAuthClient, oauthRoutes } from './oauth.ts';
import type { Outcome } from './outcome.ts';
import { responseRoutes } from './reply.ts';
import { createTickets } from './tickets.ts';
import { stackOf } from './views.ts';
import { type RecordedCall, webApiRoutes } from './web-api.ts';
import type { StandInUser, Workspace } from './workspace.ts';
import {
  type Change,
  createWorld,
  isVisible,
  placeOf,
  type StandInMessage,
  type StandInView,
  viewKey,
} from './world.ts';

export interface SlackStandInOptions {
  signingSecret: string;
  /** Full address of the service's `/slack/events`. */
  target: () => string;
  /** Where this stand-in's own routes are reachable, without a trailing slash; response URLs start with it. */
  publicBase: () => string;
  workspaces: Workspace[];
  /** Replaced in tests, such as by `app.request`. */
  fetch?: typeof fetch;
  /** Milliseconds since 1970. Signatures, triggers and response URLs go by it. */
  now?: () => number;
  /** The clock people see beside messages, if a demo moves it; everything else goes by `now`. */
  wallClock?: () => number;
  /** How long a delivery may take; three seconds unless a test is in a hurry. */
  acknowledgeMs?: number;
  oauth?: OAuthClient;
  /** For faults that strike by chance. */
  seed?: number;
}

export interface MessageFilter {
  team?: string;
  /** Id or name. */
  channel?: string;
  /** Only what this person sees. */
  user?: string;
  threadTs?: string;
  /** Deleted ones, typed commands and the platform's own complaints as well. */
  all?: boolean;
}

/** A strict local stand-in for Slack: it sends what Slack sends, and refuses what Slack refuses. */
export interface SlackStandIn {
  /** Web API, response URLs, OAuth and control routes. */
  web: Hono;
  command(input: CommandInput): Promise<Outcome>;
  press(input: PressInput): Promise<Outcome>;
  options(input: OptionsInput): Promise<OptionsOutcome>;
  submit(input: SubmitInput): Promise<Outcome>;
  closeModal(input: CloseInput): Promise<Outcome>;
  delete(input: DeleteInput): Outcome;
  shortcut(input: ShortcutInput): Promise<Outcome>;
  mention(input: events.SayInput): Promise<events.EventOutcome>;
  say(input: events.SayInput): Promise<events.EventOutcome>;
  openHome(input: events.HomeInput): Promise<events.EventOutcome>;
  event(event: Json & { type: string }, team?: string): Promise<events.EventOutcome>;
  uninstall(team: string): Promise<events.EventOutcome>;
  changeUser(id: string, change: Partial<StandInUser>): Promise<events.EventOutcome>;
  joinTeam(team: string, user: StandInUser, channels?: string[]): Promise<events.EventOutcome>;
  verifyUrl(): Promise<Outcome>;
  /** Oldest first. */
  messages(filter?: MessageFilter): StandInMessage[];
  home(user: string, team?: string): StandInView | undefined;
  /** Open forms, the last one on top. */
  modals(user: string, team?: string): StandInView[];
  workspaces(): readonly Workspace[];
  /** What the service asked of the Web API, oldest first. */
  calls(): readonly RecordedCall[];
  events: {
    list(): EventDelivery[];
    /** The same event once more, as Slack sometimes sends it. */
    repeat(eventId: string): Promise<EventDelivery>;
    /** The next retry of everything undelivered, without the wait. */
    retryNow(): Promise<EventDelivery[]>;
  };
  /** Bytes of a file the app shared. */
  file(id: string): Uint8Array | undefined;
  faults: Faults;
  onChange(listener: (change: Change) => void): () => void;
  /** Back to the beginning: no messages, forms, faults or retries, tokens valid again. */
  reset(): void;
  /** Resolves when no gesture and no event is on its way. */
  drain(): Promise<void>;
  /** Ends open streams, delays and planned retries, so that a server can stop. */
  close(): void;
}

export function createSlackStandIn(options: SlackStandInOptions): SlackStandIn {
  const now = options.now ?? Date.now;
  const base = () => options.publicBase().replace(/\/$/, '');
  const world = createWorld(options.workspaces, now, options.wallClock);
  const tickets = createTickets(now);
  const faults = createFaults(options.seed);
  const calls: RecordedCall[] = [];
  const { acknowledgeMs } = options;
  const courier = createCourier({
    signingSecret: options.signingSecret,
    target: options.target,
    fetch: options.fetch ?? fetch,
    now,
    ...(acknowledgeMs ? { acknowledgeMs } : {}),
  });
  const queue = createEventQueue(courier);
  const desk: Desk = {
    world,
    tickets,
    courier,
    queue,
    base,
    offered: new Map(),
    entered: new Map(),
    watchers: new Set(),
  };
  const pauses = createPauses();
  const running = new Set<Promise<unknown>>();

  async function track<T>(work: Promise<T>): Promise<T> {
    running.add(work);
    try {
      return await work;
    } finally {
      running.delete(work);
    }
  }

  const web = new Hono();
  web.route('/', oauthRoutes(world, tickets, options.oauth ?? { clientId: 'local', clientSecret: 'local' }));
  web.route('/', webApiRoutes({ world, tickets, faults, base, calls, pause: pauses.wait }));
  web.route('/', responseRoutes(world, tickets));

  const standIn: SlackStandIn = {
    web,
    command: (input) => track(typeCommand(desk, input)),
    press: (input) => track(pressElement(desk, input)),
    options: (input) => track(askOptions(desk, input)),
    submit: (input) => track(submitModal(desk, input)),
    closeModal: (input) => track(closeModal(desk, input)),
    delete: (input) => deleteMessage(desk, input),
    shortcut: (input) => track(runShortcut(desk, input)),
    mention: (input) => track(events.mention(desk, input)),
    say: (input) => track(events.say(desk, input)),
    openHome: (input) => track(events.openHome(desk, input)),
    event: (event, team) => track(events.sendEvent(desk, event, team)),
    uninstall: (team) => track(events.uninstall(desk, team)),
    changeUser: (id, change) => track(events.changeUser(desk, id, change)),
    joinTeam: (team, user, channels = []) => track(events.joinTeam(desk, team, user, channels)),
    verifyUrl: () => track(events.verifyUrl(desk)),
    messages: (filter = {}) =>
      structuredClone(world.messages.filter((message) => passes(desk, message, filter))),
    home(user, team) {
      const view = world.homes.get(viewKey(personOf(desk, user, team).workspace.id, user));
      return view && structuredClone(view);
    },
    modals: (user, team) => structuredClone(stackOf(world, personOf(desk, user, team).workspace.id, user)),
    workspaces: () => world.workspaces,
    calls: () => calls,
    events: { list: queue.list, repeat: queue.repeat, retryNow: () => track(queue.retryNow()) },
    file: (id) => fileContent(world, id),
    faults,
    onChange: (listener) => world.onChange(listener),
    reset() {
      faults.clear();
      pauses.endAll();
      queue.reset();
      tickets.reset();
      calls.length = 0;
      desk.offered.clear();
      desk.entered.clear();
      world.reset();
    },
    async drain() {
      while (running.size > 0) await Promise.allSettled([...running]);
      await queue.idle();
    },
    close() {
      for (const leave of desk.watchers) leave();
      pauses.endAll();
      queue.reset();
    },
  };
  web.route('/', controlRoutes(standIn, desk));
  return standIn;
}

function passes({ world }: Desk, message: StandInMessage, filter: MessageFilter): boolean {
  if (!filter.all && (message.isDeleted || message.kind === 'echo' || message.kind === 'notice'))
    return false;
  if (filter.team && message.team !== filter.team) return false;
  if (filter.channel && placeOf(world, message.team, filter.channel)?.id !== message.channel) return false;
  if (filter.threadTs && message.threadTs !== filter.threadTs) return false;
  return !filter.user || isVisible(world, message, filter.user);
}
