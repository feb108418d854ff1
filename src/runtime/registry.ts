import type { Role } from '../kernel/context.ts';
import type { Catalog } from '../kernel/i18n.ts';
import type { RecordKind } from '../store/records.ts';
import type { Action } from './action.ts';
import type { ApprovalKind } from './approval-kind.ts';
import { type DigestKind, type DigestPart, digestSections } from './digest.ts';
import type { Subscription } from './event.ts';
import type {
  Feature,
  HomeSection,
  RecordActions,
  RecordLinks,
  RecordMerge,
  RecordSection,
} from './feature.ts';
import type { Guard } from './guard.ts';
import type { Importer } from './importer.ts';
import type { Job } from './job.ts';
import type { Lookup } from './lookup.ts';
import type { NotificationDefinition } from './notification.ts';
import type { Timer } from './scheduler.ts';

/** What features may read of the registry: help, the generic record verbs and search are loops over it. */
export interface ActionCatalog {
  actions(): readonly Action[];
  action(name: string): Action | undefined;
  lookup(kind: string): Lookup | undefined;
  recordKind(kind: string): RecordKind | undefined;
  recordKinds(): readonly RecordKind[];
  recordActions(kind: string): RecordActions | undefined;
  /** In their order. */
  recordSections(kind: string): readonly RecordSection[];
  recordMerges(kind: string): readonly RecordMerge[];
  recordLinks(kind: string): RecordLinks | undefined;
  home(): readonly HomeSection[];
  /** In the order of sections, then of parts. */
  digestParts(kind: DigestKind): readonly DigestPart[];
  approvalKind(kind: string): ApprovalKind | undefined;
  approvalKinds(): readonly ApprovalKind[];
  /** In the order in which kinds of record build on each other. */
  importers(): readonly Importer[];
}

export interface Registry extends ActionCatalog {
  features: readonly Feature[];
  catalogs: readonly Catalog[];
  /** Lower-case verb or alias without hyphens → action. */
  verb(word: string): Action | undefined;
  verbs(): ReadonlyMap<string, Action>;
  subscriptions(event: string): readonly Subscription[];
  subscription(event: string, handler: string): Subscription | undefined;
  notification(name: string): NotificationDefinition<unknown> | undefined;
  job(name: string): Job | undefined;
  timers(): readonly Timer[];
  guards(action: string): readonly Guard[];
  lookups(): readonly Lookup[];
}

/** `newlead` for `new-lead`, `New Lead` and `new_lead`. */
export function normaliseVerb(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[-_\s]/g, '');
}

/**
 * Collects features into one registry. Throws on any clash (two actions, verbs, lookups or record kinds of one
 * name), since a clash would silently shadow a command.
 */
export function createRegistry(
  features: readonly Feature[],
  engineCatalogs: readonly Catalog[] = [],
): Registry {
  const actions = new Map<string, Action>();
  const verbs = new Map<string, Action>();
  const lookups = new Map<string, Lookup>();
  const kinds = new Map<string, RecordKind>();
  const recordActions = new Map<string, RecordActions>();
  const recordLinks = new Map<string, RecordLinks>();
  const notifications = new Map<string, NotificationDefinition<unknown>>();
  const jobs = new Map<string, Job>();
  const timers = new Map<string, Timer>();
  const approvalKinds = new Map<string, ApprovalKind>();
  const catalogs = new Map<string, Catalog>();
  for (const catalog of engineCatalogs) put(catalogs, catalog.namespace, catalog, 'catalog');
  for (const feature of features) {
    put(catalogs, feature.messages.namespace, feature.messages, 'catalog');
    for (const action of feature.actions) {
      put(actions, action.name, action, 'action');
      if (!action.command) continue;
      for (const word of [action.command.verb, ...(action.command.aliases ?? [])]) {
        put(verbs, normaliseVerb(word), action, 'verb');
      }
    }
    for (const lookup of feature.lookups ?? []) put(lookups, lookup.kind, lookup, 'lookup');
    for (const kind of feature.records ?? []) put(kinds, kind.kind, kind, 'record kind');
    for (const entry of feature.recordActions ?? []) put(recordActions, entry.kind, entry, 'record actions');
    for (const entry of feature.recordLinks ?? []) put(recordLinks, entry.kind, entry, 'record links');
    for (const entry of feature.notifications ?? []) put(notifications, entry.name, entry, 'notification');
    for (const job of feature.jobs ?? []) put(jobs, job.name, job, 'job');
    for (const entry of feature.approvalKinds ?? []) put(approvalKinds, entry.kind, entry, 'approval kind');
    for (const timer of feature.timers ?? []) {
      if (!jobs.has(timer.job)) throw new Error(`a timer of a job that is not there: ${timer.job}`);
      put(timers, timer.job, timer, 'timer');
    }
  }
  const subscriptions = features.flatMap((feature) => feature.subscriptions ?? []);
  const guards = features.flatMap((feature) => feature.guards ?? []);
  const importers = features.flatMap((feature) => feature.importers ?? []).sort((a, b) => a.order - b.order);
  const home = features.flatMap((feature) => feature.home ?? []).sort((a, b) => a.order - b.order);
  const digestParts = features
    .flatMap((feature) => feature.digestParts ?? [])
    .sort(
      (a, b) => digestSections.indexOf(a.section) - digestSections.indexOf(b.section) || a.order - b.order,
    );
  const sections = features
    .flatMap((feature) => feature.recordSections ?? [])
    .sort((a, b) => a.order - b.order);
  const merges = features.flatMap((feature) => feature.recordMerges ?? []);
  const all = [...actions.values()];
  const allTimers = [...timers.values()];
  const allKinds = [...kinds.values()];
  return {
    features,
    catalogs: [...catalogs.values()],
    actions: () => all,
    action: (name) => actions.get(name),
    verb: (word) => verbs.get(normaliseVerb(word)),
    verbs: () => verbs,
    lookup: (kind) => lookups.get(kind),
    lookups: () => [...lookups.values()],
    recordKind: (kind) => kinds.get(kind),
    recordKinds: () => allKinds,
    recordActions: (kind) => recordActions.get(kind),
    recordSections: (kind) => sections.filter((section) => section.kind === kind),
    recordMerges: (kind) => merges.filter((merge) => merge.kind === kind),
    recordLinks: (kind) => recordLinks.get(kind),
    home: () => home,
    digestParts: (kind) => digestParts.filter((part) => part.kind === kind),
    approvalKind: (kind) => approvalKinds.get(kind),
    approvalKinds: () => [...approvalKinds.values()],
    importers: () => importers,
    subscriptions: (event) => subscriptions.filter((entry) => entry.event === event),
    subscription: (event, handler) =>
      subscriptions.find((entry) => entry.event === event && entry.handler === handler),
    notification: (name) => notifications.get(name),
    job: (name) => jobs.get(name),
    timers: () => allTimers,
    guards: (action) => guards.filter((guard) => guard.action === action),
  };
}

/** Whether any of the actor's roles may run the action. */
export function rolesAllow(action: Action, roles: readonly Role[]): boolean {
  return action.roles === 'anyone' || action.roles.some((role) => roles.includes(role));
}

function put<V>(map: Map<string, V>, key: string, value: V, what: string): void {
  if (map.has(key)) throw new Error(`two definitions of ${what} ${key}`);
  map.set(key, value);
}
