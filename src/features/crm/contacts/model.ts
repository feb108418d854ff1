import { z } from 'zod';
import { blockShape } from '../../../view/card.ts';

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

export interface ContactTwin {
  number: string;
  name: string;
  accountName: string | null;
  by: 'email' | 'phone' | 'name';
}
