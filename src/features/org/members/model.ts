import { z } from 'zod';
import { roles } from '../../../kernel/context.ts';

const role = z.enum(roles);
const named = z.strictObject({ memberId: z.string(), name: z.string() });

/** A person of the organization as actions give it out. */
export const personView = z.strictObject({
  memberId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(role),
  unit: z.strictObject({ name: z.string(), kind: z.enum(['region', 'team']) }).nullable(),
  reportsTo: z.string().nullable(),
  locale: z.string(),
  timeZone: z.string(),
  /** `unlinked`: known from an import, nobody has claimed the name. */
  status: z.enum(['unlinked', 'active', 'left']),
  /** Chat platforms the person is known on. */
  identities: z.array(z.enum(['slack', 'teams'])),
});
export type PersonView = z.infer<typeof personView>;

/** A chat account a person acts with. */
export const account = z.strictObject({
  id: z.string(),
  platform: z.enum(['slack', 'teams']),
  /** Name of its workspace or tenant. */
  workspace: z.string(),
  /** The one the person is using right now. */
  isThis: z.boolean(),
});
export type Account = z.infer<typeof account>;

export const ownProfile = personView.extend({
  accounts: z.array(account),
  /** Local time there, for checking the zone. */
  now: z.string(),
  isChanged: z.boolean(),
});
export type OwnProfile = z.infer<typeof ownProfile>;

export const teamList = z.strictObject({
  units: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['region', 'team']),
      parent: z.string().nullable(),
      manager: z.string().nullable(),
      people: z.int(),
    }),
  ),
  people: z.array(personView),
  unit: z.string().nullable(),
  page: z.int(),
  hasMore: z.boolean(),
});
export type TeamList = z.infer<typeof teamList>;

export const roleChange = z.strictObject({
  person: personView,
  before: z.strictObject({ roles: z.array(role), unit: z.string().nullable(), hasLeft: z.boolean() }),
  /** The unit the person manages from now on. */
  manages: z.string().nullable(),
  /** Who managed it before. */
  replaced: z.string().nullable(),
  createdUnits: z.array(z.string()),
  /** Units left without a manager. */
  unmanaged: z.array(z.string()),
  isChanged: z.boolean(),
});
export type RoleChange = z.infer<typeof roleChange>;

export const accessRequest = z.strictObject({ sentTo: z.array(z.string()), roles: z.array(role) });
export type AccessRequest = z.infer<typeof accessRequest>;

export const claim = z.strictObject({
  person: personView,
  /** Name the person's chat account had until now. */
  joined: z.string(),
  platforms: z.array(z.enum(['slack', 'teams'])),
  /** Records made under the other name that moved along. */
  moved: z.int(),
});
export type Claim = z.infer<typeof claim>;

export const departure = z.strictObject({ person: named, unmanaged: z.array(z.string()) });
export type Departure = z.infer<typeof departure>;

const linkedAccount = z.strictObject({
  person: personView,
  account,
  /** Name the account had until now. */
  joined: z.string(),
  /** Roles the account had and the person has not. */
  lostRoles: z.array(role),
  /** Records saved under the other name that moved along. */
  moved: z.int(),
  /** Units left without a manager. */
  unmanaged: z.array(z.string()),
});
export type LinkedAccount = z.infer<typeof linkedAccount>;

/** Either a new code to type elsewhere, or what a typed one has done. */
export const linkResult = z.strictObject({
  code: z.string().nullable(),
  /** The code also connects a workspace or tenant nobody has connected yet. */
  mayConnect: z.boolean(),
  linked: linkedAccount.nullable(),
});
export type LinkResult = z.infer<typeof linkResult>;

export const unlinkResult = z.strictObject({
  name: z.string(),
  /** The accounts there are now. */
  accounts: z.array(account),
  split: z.strictObject({ account, goesOnAs: z.string(), roles: z.array(role) }).nullable(),
});
export type UnlinkResult = z.infer<typeof unlinkResult>;

export const pageLink = z.strictObject({
  /** Opens once, for the person it was made for. */
  url: z.string(),
  record: z.strictObject({ key: z.string(), label: z.string() }).nullable(),
});
export type PageLink = z.infer<typeof pageLink>;
