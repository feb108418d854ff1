import { z } from 'zod';
import { blockShape } from '../../../view/card.ts';
import { mergeOutput } from './merging.ts';

export const salesStates = ['to-identify', 'potential', 'opportunity', 'order-customer', 'user'] as const;
export type SalesState = (typeof salesStates)[number];

export const relationshipStates = ['potential', 'target', 'actual', 'loyal', 'lost'] as const;
export type RelationshipState = (typeof relationshipStates)[number];

export const valueClasses = ['A', 'B', 'C'] as const;
export type ValueClass = (typeof valueClasses)[number];

/** Who decides on a value class: a person, or the rule on won value. */
export const classDeciders = ['hand', 'rule'] as const;
export type ClassDecider = (typeof classDeciders)[number];

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
  valueClassBy: z.enum(classDeciders).nullable(),
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

/** Fields of a customer people change, in the order they are shown. */
export const accountFields = [
  'name',
  'class',
  'classBy',
  'salesState',
  'relationship',
  'owner',
  'phone',
  'domain',
  'industry',
  'location',
  'parent',
  'employees',
  'founded',
  'revenue',
  'note',
] as const;
export type AccountField = (typeof accountFields)[number];

/** What `set` did; values as text or, for states and classes, as codes. */
export const accountChanges = named.extend({
  reason: z.string().nullable(),
  changes: z.array(
    z.strictObject({
      field: z.enum(accountFields),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});
export type AccountChanges = z.infer<typeof accountChanges>;
export type AccountChange = AccountChanges['changes'][number];

/** What `assign` did. */
export const accountAssignment = accountView.extend({
  previousOwner: z.string().nullable(),
  told: z.boolean(),
});
export type AccountAssignment = z.infer<typeof accountAssignment>;

/** What `merge` did, or would do. */
export const accountMerge = mergeOutput(accountFields);
export type AccountMerge = z.infer<typeof accountMerge>;
