import type { Inline } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import type { AccountField, ClassDecider, RelationshipState, SalesState, ValueClass } from './model.ts';

export const salesStateTexts = {
  'to-identify': t('state-to-identify'),
  potential: t('state-potential'),
  opportunity: t('state-opportunity'),
  'order-customer': t('state-order-customer'),
  user: t('state-user'),
} satisfies Record<SalesState, Inline>;

/** What a customer in this state needs from us. */
export const dutyTexts = {
  'to-identify': t('duty-to-identify'),
  potential: t('duty-potential'),
  opportunity: t('duty-opportunity'),
  'order-customer': t('duty-order-customer'),
  user: t('duty-user'),
} satisfies Record<SalesState, Inline>;

export const relationshipTexts = {
  potential: t('relationship-potential'),
  target: t('relationship-target'),
  actual: t('relationship-actual'),
  loyal: t('relationship-loyal'),
  lost: t('relationship-lost'),
} satisfies Record<RelationshipState, Inline>;

export const classTexts = { A: 'A', B: 'B', C: 'C' } satisfies Record<ValueClass, Inline>;

export const classByTexts = {
  hand: t('by-hand'),
  rule: t('by-rule'),
} satisfies Record<ClassDecider, Inline>;

export const fieldTexts = {
  name: t('name'),
  class: t('class'),
  classBy: t('class-by'),
  salesState: t('sales-state'),
  relationship: t('relationship'),
  owner: t('owner'),
  phone: t('phone'),
  domain: t('domain'),
  industry: t('industry'),
  location: t('location'),
  parent: t('parent'),
  employees: t('employees'),
  founded: t('founded'),
  revenue: t('revenue'),
  note: t('note'),
} satisfies Record<AccountField, Inline>;
