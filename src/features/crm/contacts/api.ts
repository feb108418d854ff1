import { nameKey, phoneKey } from '../../../kernel/names.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { createRecord, readRecord } from '../../../store/records.ts';
import type { ContactRole, ContactTwin } from './model.ts';
import { contactsOfAccount, countOfAccount, met, peopleNamed, twinsOf } from './queries.ts';
import { type ContactRow, contactRecord } from './record.ts';

export type { ContactRole, ContactTwin } from './model.ts';
export type { ContactRow } from './record.ts';

export interface NewContact {
  accountId: string | null;
  name: string;
  title?: string | null | undefined;
  role?: ContactRole | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  note?: string | null | undefined;
}

/** Saves a new person at a customer. Does not look for twins: ask findContactTwins first. */
export function createContact(ctx: Ctx, values: NewContact): Promise<ContactRow> {
  return createRecord(ctx, contactRecord, {
    ...values,
    nameKey: nameKey(values.name),
    email: values.email?.toLowerCase() ?? null,
    phoneKey: values.phone ? phoneKey(values.phone) : null,
  });
}

/** Live contacts with the same e-mail address or phone anywhere, or the same name at the same customer. */
export function findContactTwins(
  ctx: Ctx,
  like: {
    name: string;
    accountId: string | null;
    email?: string | null | undefined;
    phone?: string | null | undefined;
  },
): Promise<ContactTwin[]> {
  return twinsOf(ctx, like);
}

/** One person by id, archived ones included. */
export function readContact(ctx: Ctx, id: string): Promise<ContactRow | undefined> {
  return readRecord(ctx, contactRecord, id);
}

/** People of a customer who still work there, deciders first. */
export function contactsOf(ctx: Ctx, accountId: string, limit: number): Promise<ContactRow[]> {
  return contactsOfAccount(ctx, accountId, limit);
}

/** How many people of a customer we know; one alone is a risk. */
export function countContacts(ctx: Ctx, accountId: string): Promise<number> {
  return countOfAccount(ctx, accountId);
}

/** People of the customer a name fits: those called exactly so, else those whose names hold it. */
export async function findPeople(ctx: Ctx, accountId: string, name: string): Promise<ContactRow[]> {
  const found = await peopleNamed(ctx, accountId, name);
  const key = nameKey(name);
  const equal = found.filter((row) => row.nameKey === key);
  return equal.length > 0 ? equal : found;
}

/** Notes that somebody met the person; an earlier meeting than the known one changes nothing. */
export function touchContact(ctx: Ctx, id: string, at: Date): Promise<void> {
  return met(ctx, id, at);
}
