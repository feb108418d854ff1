import type { Actor, MemberActor, Org, PlatformName } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ReadContext } from '../kernel/recognise/recogniser.ts';
import type { Tx } from '../store/tx.ts';
import type { Engine } from './engine.ts';
import type { ChannelFacts, Place, Visitor } from './interaction.ts';
import { engineMessages as t } from './messages.ts';
import type { ChatAccountsAsked, ChatAccountsPart } from './ports.ts';

/** Who acts, as far as the surface has verified it. */
export type Who =
  | { kind: 'visitor'; visitor: Visitor }
  | { kind: 'member'; orgId: string; memberId: string; platform: PlatformName; inside?: 'teams' | undefined }
  | { kind: 'system'; orgId: string; handler: string; causeAuditId: string | null };

export interface SessionOptions {
  deadlineMs?: number;
  /** The platform delivery this is done for; a second session for the same one is refused. */
  delivery?: string | undefined;
  /** The conversation it is done in. */
  place?: Place | undefined;
  /** Answers of the platform about channels, by id. Without it nothing is asked. */
  channelFacts?: ReadonlyMap<string, ChannelFacts>;
  /** Answers of platforms about chat accounts, by what was asked (as JSON). Without it nothing is asked. */
  chatAccounts?: ReadonlyMap<string, ChatAccountsPart | undefined>;
  /** First thing in the transaction, before the organization is read (it may make it). */
  before?: (tx: Tx) => Promise<void>;
}

/** One open transaction of one actor in one organization. */
export interface Session {
  engine: Engine;
  tx: Tx;
  org: Org;
  actor: Actor;
  platform: PlatformName;
  /** Where answers are read: the platform, but for a page of ours inside a chat app that app. */
  readOn: PlatformName;
  visitor: Visitor | undefined;
  place: Place | undefined;
  channelFacts: ReadonlyMap<string, ChannelFacts> | undefined;
  chatAccounts: SessionOptions['chatAccounts'];
  now: Date;
  read: ReadContext;
  /** A record was changed. */
  hasChanged: boolean;
  /** Something was queued: wake the relay after the commit. */
  queued: boolean;
  /**
   * Writes nobody waits for before the commit: they travel together, which keeps locks short. A failed one fails
   * the transaction.
   */
  unawaited: Promise<unknown>[];
}

/** Leaves a write running until the commit; see `unawaited`. */
export function writeUnawaited(session: Session, write: Promise<unknown>): void {
  // Should the session fail first, its own error is the one to tell.
  write.catch(() => undefined);
  session.unawaited.push(write);
}

/** Thrown inside a session to roll back and still hand a value out (dry runs). */
class RolledBack extends Error {
  readonly value: unknown;
  constructor(value: unknown) {
    super('rolled back');
    this.value = value;
  }
}

export function rollBackWith<T>(value: T): never {
  throw new RolledBack(value);
}

/** Something depends on what the platform tells of a channel: it is asked outside the transaction. */
export class ChannelFactsWanted extends Error {
  readonly channelId: string;

  constructor(channelId: string) {
    super('channel facts wanted');
    this.channelId = channelId;
  }
}

/** The same of what a platform says of chat accounts. */
export class ChatAccountsWanted extends Error {
  readonly asked: ChatAccountsAsked;

  constructor(asked: ChatAccountsAsked) {
    super('chat accounts wanted');
    this.asked = asked;
  }
}

/** The visitor has an installation but is no member yet. */
class UnknownVisitor extends Error {}

/**
 * Opens the one transaction an interaction or job runs in, with the actor's role read in it, and commits when
 * `work` resolves. Any error rolls everything back. A visitor nobody knows yet is looked up on the platform
 * (outside any transaction) and joined first.
 * Throws AppError for people who may not come in.
 */
export async function inSession<T>(
  engine: Engine,
  who: Who,
  work: (session: Session) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  const orgId = await organizationOf(engine, who);
  try {
    return await attempt(engine, who, orgId, work, options);
  } catch (error) {
    if (!(error instanceof UnknownVisitor) || who.kind !== 'visitor') throw error;
  }
  const { visitor } = who;
  const profile = await engine.profile(visitor);
  if (!profile || profile.isOutsider) throw new AppError('forbidden', t('outsider'));
  await engine.db.transaction({ as: 'app', orgId }, (tx) =>
    engine.sessions.join(tx, orgId, visitor, profile, engine.clock.now()),
  );
  return attempt(engine, who, orgId, work, options);
}

async function attempt<T>(
  engine: Engine,
  who: Who,
  orgId: string,
  work: (session: Session) => Promise<T>,
  options: SessionOptions,
): Promise<T> {
  let queued = false;
  try {
    const result = await engine.db.transaction(
      { as: 'app', orgId },
      async (tx) => {
        await options.before?.(tx);
        const [session, isFirst] = await Promise.all([
          openSession(engine, who, orgId, tx, options),
          options.delivery === undefined
            ? true
            : engine.deliveries.firstTime(tx, orgId, options.delivery, engine.clock.now()),
        ]);
        if (!isFirst) throw new AppError('conflict', t('duplicate'));
        const value = await work(session);
        await Promise.all(session.unawaited);
        queued = session.queued;
        return value;
      },
      {
        ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
        isBackground: who.kind === 'system',
      },
    );
    if (queued) engine.outbox.wake();
    return result;
  } catch (error) {
    if (error instanceof RolledBack) return error.value as T;
    throw error;
  }
}

async function organizationOf(engine: Engine, who: Who): Promise<string> {
  if (who.kind !== 'visitor') return who.orgId;
  const orgId = await engine.sessions.organizationOf(who.visitor.platform, who.visitor.installation);
  if (!orgId) throw new AppError('forbidden', t('not-connected'));
  return orgId;
}

async function openSession(
  engine: Engine,
  who: Who,
  orgId: string,
  tx: Tx,
  { place, channelFacts, chatAccounts }: SessionOptions,
): Promise<Session> {
  if (who.kind === 'system') {
    const org = await engine.sessions.organization(tx, orgId);
    const actor: Actor = { kind: 'system', handler: who.handler, causeAuditId: who.causeAuditId };
    return sessionOf(engine, tx, {
      org,
      actor,
      reader: org,
      platform: 'system',
      readOn: 'system',
      visitor: undefined,
      place,
      channelFacts,
      chatAccounts,
    });
  }
  const found =
    who.kind === 'visitor'
      ? await engine.sessions.byVisitor(tx, orgId, who.visitor)
      : await engine.sessions.byMember(tx, orgId, who.memberId);
  if (!found) {
    if (who.kind === 'visitor') throw new UnknownVisitor();
    throw new AppError('forbidden', t('left'));
  }
  if (found.status === 'left') throw new AppError('forbidden', t('left'));
  const visitor = who.kind === 'visitor' ? who.visitor : undefined;
  const platform = who.kind === 'visitor' ? who.visitor.platform : who.platform;
  const readOn = (who.kind === 'member' && who.inside) || platform;
  const { org, actor } = found;
  const opened = { org, actor, reader: actor, platform, readOn, visitor, place, channelFacts, chatAccounts };
  return sessionOf(engine, tx, opened);
}

interface Opened {
  org: Org;
  actor: Actor;
  /** In whose language and zone words are read. */
  reader: Pick<MemberActor, 'locale' | 'timeZone'>;
  platform: PlatformName;
  readOn: PlatformName;
  visitor: Visitor | undefined;
  place: Place | undefined;
  channelFacts: ReadonlyMap<string, ChannelFacts> | undefined;
  chatAccounts: SessionOptions['chatAccounts'];
}

function sessionOf(engine: Engine, tx: Tx, opened: Opened): Session {
  const { org, actor, reader, platform, readOn, visitor, place, channelFacts, chatAccounts } = opened;
  const now = engine.clock.now();
  const read = readContext(org, now, reader);
  return {
    engine,
    tx,
    org,
    actor,
    platform,
    readOn,
    visitor,
    place,
    channelFacts,
    chatAccounts,
    now,
    read,
    queued: false,
    hasChanged: false,
    unawaited: [],
  };
}

function readContext(org: Org, now: Date, reader: Pick<MemberActor, 'locale' | 'timeZone'>): ReadContext {
  return {
    now,
    timeZone: reader.timeZone,
    locale: reader.locale,
    currency: org.currency,
    workdayEndsAt: org.workdayEndsAt,
  };
}
