import { moneyToDecimal } from '../../../kernel/money.ts';
import { nameSimilarity } from '../../../kernel/names.ts';
import {
  type AccountChange,
  type AccountField,
  type AccountView,
  accountFields,
  type RelationshipState,
  type SalesState,
} from './model.ts';

/** From this similarity on two company names are probably one company (`acme pump` / `acme pumps`: 0.94). */
const alike = 0.8;

/** Signs by which one company is recognised; `nameKey` as of kernel/names, the others absent when unknown. */
export interface Likeness {
  nameKey: string;
  domain: string | null;
  phoneKey: string | null;
}

export const twinSigns = ['phone', 'domain', 'name'] as const;
export type TwinSign = (typeof twinSigns)[number];

/** What makes two records look like one company, strongest sign first; `undefined`: nothing does. */
export function sameBy(a: Likeness, b: Likeness): TwinSign | undefined {
  if (a.phoneKey && a.phoneKey.length >= 7 && a.phoneKey === b.phoneKey) return 'phone';
  if (a.domain && a.domain === b.domain) return 'domain';
  if (a.nameKey !== '' && nameSimilarity(a.nameKey, b.nameKey) >= alike) return 'name';
  return undefined;
}

/** Twins by name begin alike; what an index range is looked up by. Two characters of Chinese tell enough. */
export function namePrefix(nameKey: string): string {
  return nameKey.slice(0, /\p{Script=Han}/u.test(nameKey) ? 2 : 4);
}

/** `https://www.Acme.cn/about` and `sales@acme.cn` → `acme.cn`; `undefined` for what is no domain. */
export function domainOf(text: string): string | undefined {
  const host = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^[^@\s/]*@/, '')
    .replace(/[/?#:].*$/, '')
    .replace(/^www\./, '');
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(host) ? host : undefined;
}

const relationshipOf: Record<SalesState, RelationshipState> = {
  'to-identify': 'potential',
  potential: 'potential',
  opportunity: 'target',
  'order-customer': 'actual',
  user: 'actual',
};

/**
 * The relationship state that follows from a sales state. Who has bought stays actual while a new deal runs, and
 * only a person calls a customer loyal or lost; a lost one returns with the next deal or order.
 */
export function relationshipAfter(current: RelationshipState, sales: SalesState): RelationshipState {
  const next = relationshipOf[sales];
  if (current === 'loyal') return 'loyal';
  if (current === 'lost') return next === 'potential' ? 'lost' : next;
  return current === 'actual' && next !== 'actual' ? 'actual' : next;
}

/** The fields of a customer as text (owner and parent by name, amounts as `123 CNY`); states and class as codes. */
export function fieldValues(view: AccountView): Record<AccountField, string | null> {
  const { revenue } = view;
  return {
    name: view.name,
    class: view.valueClass,
    classBy: view.valueClassBy,
    salesState: view.salesState,
    relationship: view.relationshipState,
    owner: view.owner?.name ?? null,
    phone: view.phone,
    domain: view.domain,
    industry: view.industry,
    location: view.location,
    parent: view.parent && `${view.parent.number} ${view.parent.name}`,
    employees: view.employees?.toString() ?? null,
    founded: view.foundedYear?.toString() ?? null,
    revenue:
      revenue &&
      `${revenue.currency} ${moneyToDecimal({ amountMinor: BigInt(revenue.amountMinor), currency: revenue.currency })}`,
    note: view.note,
  };
}

/** Fields in which two readings of a customer differ, in the order they are shown. */
export function differences(before: AccountView, after: AccountView): AccountChange[] {
  const old = fieldValues(before);
  const now = fieldValues(after);
  const changed = accountFields.filter((field) => old[field] !== now[field]);
  // A class that was typed says for itself that a person decided on it.
  const told = changed.filter((field) => field !== 'classBy' || !changed.includes('class'));
  return told.map((field) => ({ field, before: old[field], after: now[field] }));
}
