import { sql } from 'drizzle-orm';
import {
  type PgColumnBuilderBase,
  type PgTableExtraConfigValue,
  pgPolicy,
  pgRole,
  pgTable,
  primaryKey,
  uuid,
} from 'drizzle-orm/pg-core';

const app = pgRole('crm_app').existing();
const search = pgRole('crm_search').existing();
const router = pgRole('crm_router').existing();
const relay = pgRole('crm_relay').existing();

/** Evaluated once per statement, not per row; an unset organization is an error, not an empty result. */
const ownOrganization = sql`(select current_setting('app.org_id')::uuid) = org_id`;

export interface Access {
  /** Read before the organization is known (installations, identities, keys). */
  router?: boolean;
  /** Worked through by the relay for all organizations, or only looked at. */
  relay?: boolean | 'read';
  /** Read by search functions, which carry the organization predicate themselves. */
  searched?: boolean;
  /** Rows are never changed or removed, not even by the service. */
  insertOnly?: boolean;
}

/**
 * Row-level security of one organization's rows for the service, plus the readers named in `access`.
 * These policies are also what the access step (infra/db/access.sql.ts) derives grants and insert-only triggers
 * from: a role gets on a table what it has a policy for, and nothing else. A policy `<table>_append` marks an
 * insert-only table.
 */
export function policies(name: string, access: Access = {}) {
  return [
    ...(access.insertOnly
      ? [
          pgPolicy(`${name}_own`, { to: app, for: 'select', using: ownOrganization }),
          pgPolicy(`${name}_append`, { to: app, for: 'insert', withCheck: ownOrganization }),
        ]
      : [
          pgPolicy(`${name}_own`, {
            to: app,
            for: 'all',
            using: ownOrganization,
            withCheck: ownOrganization,
          }),
        ]),
    ...(access.router ? [pgPolicy(`${name}_router`, { to: router, for: 'select', using: sql`true` })] : []),
    ...(access.searched ? [pgPolicy(`${name}_search`, { to: search, for: 'select', using: sql`true` })] : []),
    ...(access.relay === 'read'
      ? [pgPolicy(`${name}_relay`, { to: relay, for: 'select', using: sql`true` })]
      : []),
    ...(access.relay === true
      ? [pgPolicy(`${name}_relay`, { to: relay, for: 'all', using: sql`true`, withCheck: sql`true` })]
      : []),
  ];
}

const orgId = () => uuid('org_id').notNull();

/** A table of one organization's rows with a key of its own choosing; it must start with `org_id`. */
export function scopedTable<N extends string, C extends Record<string, PgColumnBuilderBase>>(
  name: N,
  columns: C,
  extra: (table: ScopedColumns<N, C>) => PgTableExtraConfigValue[] = () => [],
  access: Access = {},
) {
  return pgTable(name, { orgId: orgId(), ...columns }, (table) => [
    ...extra(table as never),
    ...policies(name, access),
  ]);
}

/** A table of one organization's rows, keyed by (`org_id`, `id`); ids are uuidv7 made by the application. */
export function orgTable<N extends string, C extends Record<string, PgColumnBuilderBase>>(
  name: N,
  columns: C,
  extra: (table: OrgColumns<N, C>) => PgTableExtraConfigValue[] = () => [],
  access: Access = {},
) {
  return pgTable(name, { orgId: orgId(), id: uuid('id').notNull(), ...columns }, (table) => [
    primaryKey({
      columns: [(table as never as { orgId: never }).orgId, (table as never as { id: never }).id],
    }),
    ...extra(table as never),
    ...policies(name, access),
  ]);
}

type OrgId = ReturnType<typeof orgId>;
type Id = ReturnType<ReturnType<typeof uuid>['notNull']>;
type Columns<N extends string, C extends Record<string, PgColumnBuilderBase>> = ReturnType<
  typeof pgTable<N, C>
>['_']['columns'];
type ScopedColumns<N extends string, C extends Record<string, PgColumnBuilderBase>> = Columns<
  N,
  C & { orgId: OrgId }
>;
type OrgColumns<N extends string, C extends Record<string, PgColumnBuilderBase>> = Columns<
  N,
  C & { orgId: OrgId; id: Id }
>;
