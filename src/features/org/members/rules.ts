import { type Role, roles } from '../../../kernel/context.ts';

/** Whose leads and deals a person sees: everybody's, those of people below, of the own unit, or the own only. */
export type Scope = 'all' | 'subtree' | 'team' | 'own';

/** Default rights of each role. Several roles add up; no role sees nothing but what is their own. */
export const scopeOfRole: Readonly<Record<Role, Scope>> = {
  'read-only': 'all',
  partner: 'own',
  rep: 'team',
  manager: 'subtree',
  finance: 'all',
  admin: 'all',
};

/** Kinds of record of which people outside the owner's circle see only name, owner and stage. */
const scopedKinds: ReadonlySet<string> = new Set(['lead', 'deal', 'next-step', 'target']);

/** Whether the owner of a record of this kind decides who sees all of it; the others every internal role reads. */
export function isScoped(kind: string): boolean {
  return scopedKinds.has(kind);
}

/** Everything the roles add up to, without repetition. */
export function scopesOf(roles: readonly Role[]): ReadonlySet<Scope> {
  return new Set<Scope>(['own', ...roles.map((role) => scopeOfRole[role])]);
}

/** What deciding on a write takes: who acts, and where the record's owner stands to them. */
export interface WriteFacts {
  roles: readonly Role[];
  isOwner: boolean;
  /** Nobody owns the record. */
  isUnowned: boolean;
  /** The owner works below the actor, by unit or by reporting line. */
  ownerIsBelow: boolean;
}

/**
 * Owner, manager above, admin. What nobody owns may be worked on by everybody who sells, else it would lie idle
 * until somebody with more rights came by.
 */
export function mayWrite({ roles, isOwner, isUnowned, ownerIsBelow }: WriteFacts): boolean {
  if (roles.includes('admin')) return true;
  if (!roles.includes('rep') && !roles.includes('manager')) return false;
  if (isOwner || isUnowned) return true;
  return roles.includes('manager') && ownerIsBelow;
}

/** A person's name as it is compared: width, case and punctuation dropped (`Wang.Lei` → `wang lei`). */
export function personKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What people type for a person: `@wang.lei`, one word. `undefined` for a name without letters and digits. */
export function handleOf(name: string): string | undefined {
  const key = personKey(name);
  return key === '' ? undefined : `@${key.replaceAll(' ', '.')}`;
}

/**
 * Those whose name fits best: equal, else beginning with `text`, else with a word beginning with each of its
 * words, else containing it. The first step that finds any decides.
 */
export function bestByName<T extends { name: string }>(people: readonly T[], text: string): T[] {
  const key = personKey(text);
  if (key === '') return [];
  const keyed = people.map((one) => ({ one, name: personKey(one.name) }));
  const words = key.split(' ');
  // `@lina` is Li Na: handles run names together.
  const squeezed = (name: string) => name.replaceAll(' ', '');
  const whole = squeezed(key);
  const steps: ((name: string) => boolean)[] = [
    (name) => squeezed(name) === whole,
    (name) => name.startsWith(key) || squeezed(name).startsWith(whole),
    (name) => words.every((word) => name.split(' ').some((part) => part.startsWith(word))),
    (name) => squeezed(name).includes(whole),
  ];
  for (const fits of steps) {
    const found = keyed.filter(({ name }) => fits(name)).map(({ one }) => one);
    if (found.length > 0) return found;
  }
  return [];
}

/** Every role once, in the order roles are named everywhere. */
export function asRoleSet(given: readonly Role[]): Role[] {
  return roles.filter((role) => given.includes(role));
}

/** Whether the organization would be left without anybody who can set it up. */
export function losesLastAdmin(
  was: readonly Role[],
  becomes: readonly Role[],
  otherActiveAdmins: number,
): boolean {
  return was.includes('admin') && !becomes.includes('admin') && otherActiveAdmins === 0;
}

/** Whether what a platform says of an account changes anything here. */
export function isAccountNews(state: 'active' | 'gone' | 'back', isGone: boolean): boolean {
  return isGone === (state !== 'gone');
}

/** What each role can do that another one is for. */
const covered: Readonly<Record<Role, readonly Role[]>> = {
  'read-only': ['read-only'],
  partner: ['partner'],
  rep: ['rep', 'read-only'],
  manager: ['manager', 'rep', 'read-only'],
  finance: ['finance', 'read-only'],
  admin: ['admin', 'rep', 'read-only'],
};

/** Of `roles`, those that give nobody more than `limit` does. */
export function rolesAtMost(roles: readonly Role[], limit: readonly Role[]): Role[] {
  return roles.filter((role) => limit.some((has) => covered[has].includes(role)));
}
