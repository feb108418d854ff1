import { AppError } from '../../../kernel/errors.ts';
import { type Inline, listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { RecordContext } from '../../../store/changes.ts';
import { createRecord, type NewRecord } from '../../../store/records.ts';
import type { members, units } from '../../../store/tables/people.ts';
import { t } from './messages.ts';
import { type MemberFacts, managersAbove, readMembers, subtreeOf, teamOf, withRole } from './queries.ts';
import { type MemberRow, memberRecord, type UnitRow, unitRecord } from './record.ts';
import { isScoped, mayWrite, scopesOf } from './rules.ts';

export { samePeople } from './account-queries.ts';
export { accountSaid, doubtAccounts } from './account-state.ts';
export { type DocumentWanted, documentLinkCard, issueDocumentLink } from './document-links.ts';
export { memberChanged } from './events.ts';
export { accountLinked, workspaceConnected } from './notifications.ts';
export type { MemberFacts } from './queries.ts';
export { managersAbove, readMembers, withRole } from './queries.ts';
export { isScoped } from './rules.ts';
export { oneTimeZone } from './time-zone.ts';

/** Owners whose leads and deals the actor sees in full; of all others only name, owner and stage. */
export type VisibleOwners = { all: true } | { memberIds: string[] };

/** Default rights: own and own team; a manager everybody below; finance, admin, read-only and the system all. */
export async function visibleOwners(ctx: Ctx): Promise<VisibleOwners> {
  const { actor } = ctx;
  if (actor.kind === 'system') return { all: true };
  const scopes = scopesOf(actor.roles);
  if (scopes.has('all')) return { all: true };
  const ids = new Set([actor.memberId]);
  if (scopes.has('team')) for (const id of await teamOf(ctx, actor.memberId, actor.unitId)) ids.add(id);
  if (scopes.has('subtree')) for (const id of await subtreeOf(ctx, actor.memberId)) ids.add(id);
  return { memberIds: [...ids] };
}

/** Whether the actor sees all of a record of this owner. What nobody owns is for everybody to see. */
export async function canSee(ctx: Ctx, ownerId: string | null): Promise<boolean> {
  if (ownerId === null) return true;
  return isVisible(await visibleOwners(ctx), ownerId);
}

/** The same for rows already read, with the owners asked for once. */
export function isVisible(owners: VisibleOwners, ownerId: string | null): boolean {
  return ownerId === null || 'all' in owners || owners.memberIds.includes(ownerId);
}

/**
 * Lets pass whoever may see all of a record. `kind` decides whether its owner matters at all. Throws AppError
 * `forbidden` naming who can.
 */
export async function requireSight(
  ctx: Ctx,
  { kind, ownerId, label }: { kind: string; ownerId: unknown; label: Inline },
): Promise<void> {
  const owner = typeof ownerId === 'string' ? ownerId : null;
  if (!isScoped(kind) || (await canSee(ctx, owner))) return;
  throw new AppError('forbidden', t('not-see', { label, people: listed(await whoMayWrite(ctx, owner)) }));
}

/** A record somebody is about to change. */
export interface WriteTarget {
  ownerId: string | null;
  /** How people name it: `record('D-142', 'Acme Pumps')` or just its number. */
  label: Inline;
  /** What is refused, as a bare verb of a catalog ("move", "推进"); default "change". */
  doing?: Inline;
}

/**
 * Lets the owner, a manager above and an admin pass. Everybody else: AppError `forbidden` that names who can.
 */
export async function requireWrite(ctx: Ctx, { ownerId, label, doing }: WriteTarget): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === 'system') return;
  const facts = {
    roles: actor.roles,
    isOwner: ownerId === actor.memberId,
    isUnowned: ownerId === null,
    ownerIsBelow: false,
  };
  if (mayWrite(facts)) return;
  if (ownerId !== null && mayWrite({ ...facts, ownerIsBelow: true })) {
    const below = await subtreeOf(ctx, actor.memberId);
    if (below.includes(ownerId)) return;
  }
  const people = await whoMayWrite(ctx, ownerId);
  throw new AppError(
    'forbidden',
    t('see-not-change', {
      label,
      doing: doing ?? t('doing-change'),
      people: listed(people),
    }),
  );
}

async function whoMayWrite(ctx: Ctx, ownerId: string | null): Promise<Inline[]> {
  const people: Inline[] = [];
  if (ownerId !== null) {
    const [owners, managers] = await Promise.all([
      readMembers(ctx, [ownerId]),
      managersAbove(ctx, ownerId, 2),
    ]);
    const [owner] = owners;
    if (owner?.status === 'active') people.push(t('is-owner', { name: strong(owner.name) }));
    people.push(...managers.map(({ name }) => strong(name)));
  }
  if (people.length > 0) return people;
  const admins = await withRole(ctx, 'admin', 2);
  return admins.length > 0 ? admins.map(({ name }) => strong(name)) : [t('an-admin')];
}

/** A member, also one who left; `undefined` if this organization has none of that id. */
export async function readMember(ctx: Pick<Ctx, 'org' | 'tx'>, id: string): Promise<MemberFacts | undefined> {
  return (await readMembers(ctx, [id]))[0];
}

/** Names by id, for lists. Unknown ids are missing. */
export async function memberNames(
  ctx: Pick<Ctx, 'org' | 'tx'>,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null))];
  return new Map((await readMembers(ctx, wanted)).map((row) => [row.memberId, row.name]));
}

/** Adds a person known by name only (imports, demo set); whoever claims it gets its records. */
export function createMember(ctx: RecordContext, values: NewRecord<typeof members>): Promise<MemberRow> {
  return createRecord(ctx, memberRecord, values);
}

export function createUnit(ctx: RecordContext, values: NewRecord<typeof units>): Promise<UnitRow> {
  return createRecord(ctx, unitRecord, values);
}

export { type PeopleByName, peopleByName } from './import.ts';
