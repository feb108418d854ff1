import { z } from 'zod';
import { blockShape } from '../../../view/card.ts';
import { mergeOutput } from '../accounts/api.ts';

/** A person's influence on purchases. */
export const contactRoles = ['decides', 'influences', 'uses', 'blocks'] as const;
export type ContactRole = (typeof contactRoles)[number];

const named = z.strictObject({ number: z.string(), name: z.string() });

/** A person at a customer as actions give it out; instants ISO. */
export const contactView = z.strictObject({
  number: z.string(),
  name: z.string(),
  account: named.nullable(),
  title: z.string().nullable(),
  role: z.enum(contactRoles).nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  note: z.string().nullable(),
  /** Latest activity with the person. */
  lastMetAt: z.string().nullable(),
  /** No longer works there. */
  leftAt: z.string().nullable(),
  archivedAt: z.string().nullable(),
  mergedInto: named.nullable(),
});
export type ContactView = z.infer<typeof contactView>;

export const contactCard = contactView.extend({ sections: z.array(blockShape) });
export type ContactCard = z.infer<typeof contactCard>;

/** A saved person, and how many of the customer's people we knew before and know now. */
export const contactCreated = contactView.extend({ contactsBefore: z.int(), contactsAfter: z.int() });
export type ContactCreated = z.infer<typeof contactCreated>;

/** Fields of a person people change, in the order they are shown. */
export const contactFields = ['name', 'account', 'title', 'role', 'email', 'phone', 'left', 'note'] as const;
export type ContactField = (typeof contactFields)[number];

/** What `set` did; values as text, the role as its code, `left` as the instant. */
export const contactChanges = contactView.extend({
  changes: z.array(
    z.strictObject({
      field: z.enum(contactFields),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  /** How many people of the customer are left to talk to, when this one has just left; else `null`. */
  contactsLeft: z.int().nullable(),
});
export type ContactChanges = z.infer<typeof contactChanges>;
export type ContactChange = ContactChanges['changes'][number];

/** What `merge` did, or would do. */
export const contactMerge = mergeOutput(contactFields);

export interface ContactTwin {
  number: string;
  name: string;
  accountName: string | null;
  by: 'email' | 'phone' | 'name';
}
