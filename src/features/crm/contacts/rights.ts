import { AppError } from '../../../kernel/errors.ts';
import type { Inline } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { readRecord, requireRecord } from '../../../store/records.ts';
import { requireWrite } from '../../org/members/api.ts';
import { recordOf } from './cards.ts';
import { t } from './messages.ts';
import type { ContactView } from './model.ts';
import { accountOwner, numberOf, readContactView } from './queries.ts';
import { type ContactRow, contactRecord } from './record.ts';

/** How people name a contact that was read. */
export function labelOf(row: ContactRow): Inline {
  return recordOf({ number: numberOf(row), name: row.name });
}

/** The person, if the actor may change the customer they work for. Throws AppError. */
export async function writable(ctx: Ctx, id: string): Promise<ContactRow> {
  const row = await requireRecord(ctx, contactRecord, id);
  const account = await accountOwner(ctx, row.accountId);
  await requireWrite(ctx, { ownerId: account?.ownerId ?? null, label: labelOf(row) });
  return row;
}

/** The same, refusing what is archived. */
export async function writableLive(ctx: Ctx, id: string): Promise<ContactRow> {
  const row = await writable(ctx, id);
  await requireLive(ctx, row);
  return row;
}

/** Refuses an archived contact. Throws AppError `rule` with the way on. */
export async function requireLive(ctx: Ctx, row: ContactRow): Promise<void> {
  if (row.archivedAt === null) return;
  const into = row.mergedIntoId === null ? undefined : await readRecord(ctx, contactRecord, row.mergedIntoId);
  if (into) {
    throw new AppError('rule', t('is-merged', { record: labelOf(row), into: labelOf(into) }), {
      waysOut: [{ label: t('open-it'), action: 'contacts.show', input: { contact: numberOf(into) } }],
    });
  }
  throw new AppError('rule', t('is-archived', { record: labelOf(row) }), {
    waysOut: [{ label: t('restore'), action: 'contacts.restore', input: { contact: numberOf(row) } }],
  });
}

/** One person for an output. Throws AppError `not_found`. */
export async function requireContactView(ctx: Ctx, id: string): Promise<ContactView> {
  const view = await readContactView(ctx, id);
  if (!view) throw new AppError('not_found', t('contact'));
  return view;
}
