import { z } from 'zod';
import { blockShape } from '../../../view/card.ts';

export const salesStates = ['to-identify', 'potential', 'opportunity', 'order-customer', 'user'] as const;
export type SalesState = (typeof salesStates)[number];

export const relationshipStates = ['potential', 'target', 'actual', 'loyal', 'lost'] as const;
export type RelationshipState = (typeof relationshipStates)[number];

export const valueClasses = ['A', 'B', 'C'] as const;

const named = z.strictObject({ number: z.string(), name: z.string() });

/** A customer as actions give it out. Amounts in minor units; instants ISO. */
export const accountView = z.strictObject({
  number: z.string(),
  name: z.string(),
  domain: z.string().nullable(),
  phone: z.string().nullable(),
  industry: z.string().nullable(),
  location: z.string().nullable(),
  foundedYear: z.int().nullable(),
  employees: z.int().nullable(),
  revenue: z.strictObject({ amountMinor: z.string(), currency: z.string() }).nullable(),
  parent: named.nullable(),
  owner: z.strictObject({ memberId: z.string(), name: z.string() }).nullable(),
  salesState: z.enum(salesStates),
  salesStateReason: z.string().nullable(),
  relationshipState: z.enum(relationshipStates),
  relationshipReason: z.string().nullable(),
  valueClass: z.enum(valueClasses).nullable(),
  note: z.string().nullable(),
  /** Latest activity with the customer; internal notes do not count. */
  lastTouchAt: z.string().nullable(),
  archivedAt: z.string().nullable(),
  mergedInto: named.nullable(),
  createdAt: z.string(),
});
export type AccountView = z.infer<typeof accountView>;

/** The 360° card: the record and what other features know about the customer. */
export const accountCard = accountView.extend({ sections: z.array(blockShape) });
export type AccountCard = z.infer<typeof accountCard>;

export interface Twin {
  number: string;
  name: string;
  ownerId: string | null;
  ownerName: string | null;
  by: 'phone' | 'domain' | 'name';
}
