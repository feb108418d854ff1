import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { accounts } from '../accounts/tables.ts';
import type { ContactRow } from './record.ts';
import { contacts } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export function allContacts(ctx: Reading): Promise<ContactRow[]> {
  return ctx.tx.select().from(contacts).where(eq(contacts.orgId, ctx.org.id));
}

export function contactsAfter(
  ctx: Reading,
  after: string | undefined,
  limit: number,
): Promise<{ contact: ContactRow; account: string | null }[]> {
  return ctx.tx
    .select({ contact: contacts, account: accounts.name })
    .from(contacts)
    .leftJoin(accounts, and(eq(accounts.orgId, contacts.orgId), eq(accounts.id, contacts.accountId)))
    .where(
      and(
        eq(contacts.orgId, ctx.org.id),
        isNull(contacts.archivedAt),
        after === undefined ? undefined : gt(contacts.id, after),
      ),
    )
    .orderBy(asc(contacts.id))
    .limit(limit);
}
