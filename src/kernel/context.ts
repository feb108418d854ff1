import type { Locale } from './text.ts';

/** Roles are a set: an owner of a small team is `admin` + `manager`. `admin` alone grants no approval. */
export const roles = ['read-only', 'partner', 'rep', 'manager', 'finance', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Everybody who works inside the company (a partner sees the shared part only). */
export const internalRoles = ['read-only', 'rep', 'manager', 'finance', 'admin'] as const satisfies Role[];
/** Everybody who works on customers. */
export const sellingRoles = ['rep', 'manager', 'admin'] as const satisfies Role[];

export type PlatformName = 'slack' | 'teams' | 'web' | 'http' | 'system';

export interface MemberActor {
  kind: 'member';
  memberId: string;
  name: string;
  roles: readonly Role[];
  unitId: string | null;
  reportsTo: string | null;
  locale: Locale;
  timeZone: string;
}

/** A subscriber or job; `handler` names it, `causeAuditId` is the audit entry of what it follows from. */
export interface SystemActor {
  kind: 'system';
  handler: string;
  causeAuditId: string | null;
}

export type Actor = MemberActor | SystemActor;

/** The customer company of this service: the unit of isolation. */
export interface Org {
  id: string;
  slug: string;
  name: string;
  currency: string;
  timeZone: string;
  locale: Locale;
  /** Local working hours, `HH:MM`; weekdays 1 = Monday … 7 = Sunday; holidays as `YYYY-MM-DD`. */
  workdays: readonly number[];
  workdayStartsAt: string;
  workdayEndsAt: string;
  holidays: readonly string[];
}
