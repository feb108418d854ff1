import type { z } from 'zod';
import { dayIn } from '../kernel/dates.ts';
import { AppError, type FieldProblem } from '../kernel/errors.ts';
import { fieldMeta, isOptionalField, type Ref } from '../kernel/fields.ts';
import { listed } from '../kernel/text.ts';
import type { Tx } from '../store/tx.ts';
import type { Card } from '../view/card.ts';
import type { Action } from './action.ts';
import type { Ctx, RecordChange } from './context.ts';
import { deliveryOf } from './delivery.ts';
import type { Engine } from './engine.ts';
import type { EventDefinition } from './event.ts';
import { typedForm } from './generic-verbs.ts';
import { printLine } from './grammar/print.ts';
import { checkInput, readInput } from './grammar/read-input.ts';
import { engineMessages as t } from './messages.ts';
import type { NotificationDefinition } from './notification.ts';
import type { ChatAccountsPart, OutboxEntry } from './ports.ts';
import { rolesAllow } from './registry.ts';
import { resolveRef } from './resolve.ts';
import {
  ChannelFactsWanted,
  ChatAccountsWanted,
  inSession,
  rollBackWith,
  type Session,
  type SessionOptions,
  type Who,
  writeUnawaited,
} from './session.ts';

/** One call of one action with input as it came from outside. */
export interface Call {
  action: Action;
  raw: Record<string, unknown>;
  dryRun?: boolean;
  /** The person has seen and accepted the confirmation. */
  confirmed?: boolean;
}

export type Performed =
  | {
      kind: 'done';
      action: Action;
      output: unknown;
      card: Card | undefined;
      auditId: string;
      /** As it would be typed; `undefined` for what has no verb. */
      line: string | undefined;
      canUndo: boolean;
    }
  | { kind: 'confirm'; action: Action; card: Card; input: Record<string, unknown> };

/** Interactive work has this long before it is rolled back; platforms give up at 3 s. */
export const interactiveDeadlineMs = 2500;

/**
 * The one way in: every surface, job and subscriber runs actions through here. Parse, authorize, resolve, guard,
 * run, parse the output, leave one audit entry and the outbox rows, commit; nothing is acknowledged before.
 * Throws AppError.
 */
export function execute(engine: Engine, who: Who, call: Call): Promise<Performed> {
  return inSession(
    engine,
    who,
    async (session) => {
      const performed = await perform(session, call);
      return call.dryRun ? rollBackWith(performed) : performed;
    },
    { deadlineMs: interactiveDeadlineMs },
  );
}

/** A generic verb leads to an action that first has to be asked for its values. Its form shows what is stored. */
export class FormWanted extends AppError {
  readonly call: Call;

  constructor(call: Call) {
    super('invalid_input', t('problem'));
    this.call = call;
  }
}

/**
 * The same within an open session; the caller's transaction carries it. `onForward` learns which call it became,
 * for the way out of an error.
 */
export async function perform(
  session: Session,
  call: Call,
  onForward?: (call: Call) => void,
): Promise<Performed> {
  const { action } = call;
  await authorize(session, action);
  const parsed = parseInput(session, action, call.raw);
  const work = createWork(session, call.dryRun);
  const input = await resolveRefs(work.ctx, action.input, parsed);

  const forwarded = await action.forward?.(work.ctx, input as never);
  if (forwarded) {
    const next = session.engine.registry.action(forwarded.a);
    if (!next) throw new AppError('internal', t('not-found-plain'));
    const forward = { ...call, action: next, raw: forwarded.i };
    onForward?.(forward);
    if (forwarded.form) throw new FormWanted(forward);
    return perform(session, forward, onForward);
  }
  for (const guard of session.engine.registry.guards(action.name)) await guard.check(work.ctx, input);
  if (action.confirm && !call.confirmed && !call.dryRun) {
    const card = await action.confirm(work.ctx, input as never);
    if (card) return { kind: 'confirm', action, card, input: printable(input) };
  }
  const output = action.output.parse(await action.run(work.ctx, input as never));
  const typed = typedForm(session.engine.registry, action);
  const line = typed && printLine(typed, input, session.read);
  work.finish(action.name, printable(input), line ?? null);
  const card = action.present?.(output as never, {
    org: session.org,
    actor: session.actor,
    platform: session.readOn,
    now: session.now,
    today: work.today,
  });
  const canUndo =
    work.changes.length > 0 && action.noUndo === undefined && session.actor.kind === 'member' && !call.dryRun;
  return { kind: 'done', action, output, card, auditId: work.ctx.auditId, line, canUndo };
}

type System = Extract<Who, { kind: 'system' }>;

/** Work of a system actor in a transaction and with an audit entry of its own. */
function asSystem<T>(
  engine: Engine,
  who: System,
  run: (ctx: Ctx, session: Session) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  return inSession(
    engine,
    who,
    async (session) => {
      const work = createWork(session);
      const result = await run(work.ctx, session);
      work.finish(who.handler, {}, null);
      return result;
    },
    options,
  );
}

/**
 * Runs a subscriber or job as a system actor in its own transaction; `settle` marks its row done in the same. What it
 * wants to know of chat accounts is asked between two runs, with no transaction open.
 */
export async function executeSystem(
  engine: Engine,
  who: System,
  run: (ctx: Ctx) => Promise<void>,
  settle: (session: Session) => Promise<void>,
): Promise<void> {
  const chatAccounts = new Map<string, ChatAccountsPart | undefined>();
  const attempt = async (ctx: Ctx, session: Session) => {
    await run(ctx);
    await settle(session);
  };
  for (;;) {
    try {
      return await asSystem(engine, who, attempt, { chatAccounts });
    } catch (error) {
      if (!(error instanceof ChatAccountsWanted)) throw error;
      chatAccounts.set(JSON.stringify(error.asked), await engine.chatAccounts(error.asked));
    }
  }
}

/** Lets pass whose roles the action is for. Throws AppError `forbidden` naming who can. */
export async function authorize(session: Session, action: Action): Promise<void> {
  const { actor } = session;
  if (actor.kind === 'system') {
    if (action.system) return;
    throw new AppError('forbidden', t('not-allowed-nobody', { title: action.title, roles: '' }));
  }
  if (rolesAllow(action, actor.roles)) return;
  const roles = action.roles === 'anyone' ? [] : action.roles;
  if (actor.roles.length === 0) {
    const names = await session.engine.sessions.namesWithRole(session.tx, session.org.id, ['admin'], 3);
    throw new AppError(
      'forbidden',
      t('no-role', { admins: names.length === 0 ? 'none' : 'some', names: listed(names) }),
      {
        waysOut: [{ label: t('ask-access'), action: 'members.ask-access', input: {} }],
      },
    );
  }
  const names = await session.engine.sessions.namesWithRole(session.tx, session.org.id, roles, 3);
  const text =
    names.length === 0
      ? t('not-allowed-nobody', { title: action.title, roles: listed([...roles]) })
      : t('not-allowed', { title: action.title, names: listed(names) });
  throw new AppError('forbidden', text);
}

function parseInput(session: Session, action: Action, raw: Record<string, unknown>): Record<string, unknown> {
  const read = readInput(action.input, raw, session.read);
  const problems: FieldProblem[] = [...read.problems];
  const seen = new Set(problems.map((problem) => problem.field));
  const checked = checkInput(action.input, read.values);
  if (!checked.ok) {
    // What an unreadable value might have satisfied ("a name or an e-mail address") is not asked for beside it.
    const isOpen = ({ field, missing }: FieldProblem) =>
      missing === true && isOptionalField(action.input.shape[field] as z.ZodType);
    const further = checked.problems.filter((problem) => seen.size === 0 || !isOpen(problem));
    problems.push(...further.filter((problem) => !seen.has(problem.field)));
  }
  if (problems.length > 0) {
    throw new AppError('invalid_input', problems[0]?.message ?? t('problem'), { fields: problems });
  }
  if (!checked.ok) throw new AppError('invalid_input', t('problem'));
  return checked.input as Record<string, unknown>;
}

async function resolveRefs(
  ctx: Ctx,
  schema: z.ZodObject,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const resolved: Record<string, unknown> = { ...input };
  for (const [field, value] of Object.entries(input)) {
    if (typeof value !== 'string') continue;
    const meta = fieldMeta(schema.shape[field] as z.ZodType);
    if (meta?.kind !== 'ref' && meta?.kind !== 'person') continue;
    resolved[field] = await resolveRef(ctx, meta.lookups ?? [], value, field);
  }
  return resolved;
}

/** Refs as the text that finds them again; everything else as it is. What audit and buttons may hold. */
export function printable(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, isRef(value) ? value.key : jsonSafe(value)]),
  );
}

function jsonSafe(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? part.toString() : part)),
  );
}

function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && 'key' in value && 'kind' in value && 'label' in value;
}

interface Work {
  ctx: Ctx;
  changes: RecordChange[];
  today: string;
  /** Writes the audit entry and outbox rows, if the action changed or queued anything; awaited before the commit. */
  finish(action: string, input: Record<string, unknown>, line: string | null): void;
}

function createWork(session: Session, isDryRun = false): Work {
  const { engine, tx, org, actor, now } = session;
  const changes: RecordChange[] = [];
  const queued: OutboxEntry[] = [];
  const auditId = engine.newId();
  const ctx: Ctx = {
    org,
    actor,
    platform: session.platform,
    readOn: session.readOn,
    visitor: session.visitor,
    place: session.place,
    now,
    tx,
    isDryRun,
    auditId,
    read: session.read,
    catalog: engine.registry,
    codes: engine.codes,
    newId: engine.newId,
    urlOf: engine.urlOf,
    changed: (change) => void changes.push(change),
    emit<P>(event: EventDefinition<P>, payload: P) {
      for (const { handler } of engine.registry.subscriptions(event.name)) {
        queued.push({
          kind: 'event',
          event: event.name,
          handler,
          payload,
          orderKey: `${changes[0]?.recordId ?? auditId} ${event.name} ${handler}`,
        });
      }
    },
    notify<P>(notification: NotificationDefinition<P>, payload: P) {
      queued.push(deliveryOf('send', notification, payload, auditId));
    },
    edit<P>(notification: NotificationDefinition<P>, payload: P) {
      queued.push(deliveryOf('edit', notification, payload, auditId));
    },
    channelFacts(channelId) {
      const { channelFacts, visitor } = session;
      if (!channelFacts || !visitor) return {};
      const facts = channelFacts.get(channelId);
      if (!facts) throw new ChannelFactsWanted(channelId);
      return facts;
    },
    chatAccounts(asked) {
      const { chatAccounts } = session;
      const key = JSON.stringify(asked);
      if (chatAccounts && !chatAccounts.has(key)) throw new ChatAccountsWanted(asked);
      return chatAccounts?.get(key);
    },
    resolve: (lookups, text) => resolveRef(ctx, lookups, text),
  };
  return {
    ctx,
    changes,
    today: dayIn(session.now, session.read.timeZone),
    finish(action, input, line) {
      if (changes.length > 0) session.hasChanged = true;
      if (changes.length === 0 && queued.length === 0) return;
      const entry = {
        id: auditId,
        orgId: org.id,
        at: now,
        actorId: actor.kind === 'member' ? actor.memberId : null,
        actorName: actor.kind === 'member' ? actor.name : `system:${actor.handler}`,
        causeId: actor.kind === 'system' ? actor.causeAuditId : null,
        platform: session.platform,
        action,
        input,
        line,
      };
      const writes = [engine.audit.append(tx, entry, changes)];
      if (queued.length > 0) {
        session.queued = true;
        writes.push(engine.outbox.enqueue(tx, org.id, auditId, queued));
      }
      for (const write of writes) writeUnawaited(session, write);
    },
  };
}

/**
 * Makes an organization: `insert` writes its row, then every feature puts in what each organization starts with
 * (a pipeline, for one), all in one transaction.
 */
export function foundOrganization(
  engine: Engine,
  orgId: string,
  insert: (tx: Tx) => Promise<void>,
): Promise<void> {
  const who = { kind: 'system', orgId, handler: 'organization.founded', causeAuditId: null } as const;
  const furnish = async (ctx: Ctx) => {
    for (const feature of engine.registry.features) await feature.furnish?.(ctx);
  };
  return asSystem(engine, who, furnish, { before: insert });
}

/**
 * Runs an operator's bulk work (imports, seeds) as a system actor: one transaction with limits of its own, one
 * audit entry. With `dryRun` everything is rolled back and only the answer stays.
 */
export function operate<T>(
  engine: Engine,
  at: { orgId: string; handler: string; deadlineMs?: number; dryRun?: boolean },
  run: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const who = { kind: 'system', orgId: at.orgId, handler: at.handler, causeAuditId: null } as const;
  return asSystem(
    engine,
    who,
    async (ctx) => {
      const result = await run(ctx);
      return at.dryRun ? rollBackWith(result) : result;
    },
    at.deadlineMs === undefined ? {} : { deadlineMs: at.deadlineMs },
  );
}

/** A context for reads outside any action: home screens, type-ahead, form values. */
export function readingContext(session: Session): Ctx {
  return createWork(session).ctx;
}
