import type { Role } from '../../../kernel/context.ts';
import { AppError, type WayOut } from '../../../kernel/errors.ts';
import { type Inline, listed, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { readRecord, requireRecord } from '../../../store/records.ts';
import { managersAbove, requireWrite, withRole } from '../../org/members/api.ts';
import { recordOf } from './cards.ts';
import { t } from './messages.ts';
import type { AccountView } from './model.ts';
import { numberOf, readAccountView } from './queries.ts';
import { type AccountRow, accountRecord } from './record.ts';

/** How people name a customer that was read. */
export function labelOf(row: AccountRow): Inline {
  return recordOf({ number: numberOf(row), name: row.name });
}

/** The customer, if the actor may change it: owner, manager above, admin. Throws AppError. */
export async function writable(ctx: Ctx, id: string): Promise<AccountRow> {
  const row = await requireRecord(ctx, accountRecord, id);
  await requireWrite(ctx, { ownerId: row.ownerId, label: labelOf(row) });
  return row;
}

/** The same, refusing what is archived and naming what to use in its place. */
export async function writableLive(ctx: Ctx, id: string): Promise<AccountRow> {
  const row = await writable(ctx, id);
  await requireLive(ctx, row);
  return row;
}

/** Refuses an archived customer. Throws AppError `rule` with the way on. */
export async function requireLive(ctx: Ctx, row: AccountRow): Promise<void> {
  if (row.archivedAt === null) return;
  const into = row.mergedIntoId === null ? undefined : await readRecord(ctx, accountRecord, row.mergedIntoId);
  if (into) {
    throw new AppError('rule', t('is-merged', { record: labelOf(row), into: labelOf(into) }), {
      waysOut: [{ label: t('open-it'), action: 'accounts.show', input: { account: numberOf(into) } }],
    });
  }
  throw new AppError('rule', t('is-archived', { record: labelOf(row) }), {
    waysOut: [{ label: t('restore'), action: 'accounts.restore', input: { account: numberOf(row) } }],
  });
}

/** One customer for an output. Throws AppError `not_found`. */
export async function requireAccountView(ctx: Ctx, id: string): Promise<AccountView> {
  const view = await readAccountView(ctx, id);
  if (!view) throw new AppError('not_found', t('gone'));
  return view;
}

/** Who says by hand how much a customer is worth to us. */
const classRoles: readonly Role[] = ['manager', 'finance', 'admin'];

/** The class decides prices and who approves discounts, so a rep does not choose it. Throws AppError `forbidden`. */
export async function requireClassRight(
  ctx: Ctx,
  ownerId: string | null,
  waysOut: WayOut[] = [],
): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === 'system' || actor.roles.some((role) => classRoles.includes(role))) return;
  const above = ownerId === null ? [] : await managersAbove(ctx, ownerId, 2);
  const people = above.length > 0 ? above : await withRole(ctx, 'manager', 2);
  const names = listed(people.map(({ name }) => strong(name)));
  throw new AppError('forbidden', t('class-by-manager', { people: names }), { waysOut });
}
