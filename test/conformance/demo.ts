import { getTableColumns, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { demoActors, demoPeople } from '../../src/features/demo-set.ts';
import type { Role } from '../../src/kernel/context.ts';
import { AppError } from '../../src/kernel/errors.ts';
import type { Action } from '../../src/runtime/action.ts';
import { type Call, execute, type Performed } from '../../src/runtime/execute.ts';
import { outbox } from '../../src/store/tables/outbox.ts';
import { audit, recordChanges } from '../../src/store/tables/trail.ts';
import { logged, type Person, type TestApp, testApp } from '../support/app.ts';

let shared: Promise<TestApp> | undefined;
/** An organization for everything that leaves nothing behind. */
export function sharedApp(): Promise<TestApp> {
  shared ??= testApp();
  return shared;
}

export function actorOf(app: TestApp, role: Role): Person {
  return app.as(demoActors[role]);
}

export function rolesOf(role: Role): readonly Role[] {
  return demoPeople.find((person) => person.key === demoActors[role])?.roles ?? [];
}

/** Runs an action the way every surface does, as the person. Throws AppError. */
export async function run(
  app: TestApp,
  person: Person,
  action: Action,
  raw: Record<string, unknown>,
  options: Partial<Call> = {},
): Promise<Performed> {
  const who = {
    kind: 'member',
    orgId: app.orgId,
    memberId: await memberId(app, person),
    platform: 'http',
  } as const;
  return execute(app.engine, who, { action, raw, confirmed: true, ...options });
}

const ids = new WeakMap<TestApp, Map<string, Promise<string>>>();
function memberId(app: TestApp, person: Person): Promise<string> {
  const known = ids.get(app) ?? new Map<string, Promise<string>>();
  ids.set(app, known);
  const { userId } = person.visitor;
  const found = known.get(userId) ?? person.memberId();
  known.set(userId, found);
  return found;
}

/** The refusal of a call; fails when it was accepted or when something broke instead. */
export async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) throw new Error('was accepted');
  if (!(error instanceof AppError)) throw error;
  expect(error.code).not.toBe('internal');
  return error;
}

/** Same, but acceptance is fine. */
export async function refusalIfAny(work: Promise<unknown>): Promise<AppError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).not.toBe('internal');
    return error;
  }
}

export interface Trail {
  audits: { id: string; action: string; actorName: string }[];
  changes: { auditId: string; kind: string; op: string }[];
  outbox: number;
}

/** What an organization's actions have left behind so far. */
export async function trailOf(app: TestApp): Promise<Trail> {
  return app.inOrg(async (tx) => {
    const audits = await tx
      .select({ id: audit.id, action: audit.action, actorName: audit.actorName })
      .from(audit);
    const changes = await tx
      .select({ auditId: recordChanges.auditId, kind: recordChanges.kind, op: recordChanges.op })
      .from(recordChanges);
    const queued = await tx.select({ id: outbox.id }).from(outbox);
    return { audits, changes, outbox: queued.length };
  });
}

type Row = Record<string, unknown>;
/** Rows by kind and id. */
export type State = Map<string, Row>;

/** All records of an organization by kind and id, without what every write moves (version, time of change). */
export async function stateOf(app: TestApp): Promise<State> {
  return app.inOrg(async (tx) => {
    const state: State = new Map();
    for (const { kind, table } of app.registry.recordKinds()) {
      const known = Object.keys(getTableColumns(table));
      for (const row of (await tx.select().from(table)) as Row[]) {
        const kept = known.filter((column) => !['version', 'updatedAt'].includes(column));
        state.set(
          `${kind} ${row.id}`,
          Object.fromEntries(kept.map((column) => [column, jsonOf(row[column])])),
        );
      }
    }
    return state;
  });
}

function jsonOf(value: unknown): unknown {
  const text = JSON.stringify(value ?? null, (_key, part) =>
    typeof part === 'bigint' ? part.toString() : part,
  );
  return JSON.parse(text);
}

/** Every number of a record moves up, so that no visible number of the other demo organizations exists here. */
export async function renumber(app: TestApp, by: number): Promise<void> {
  await app.inOrg(async (tx) => {
    for (const { numbered, table } of app.registry.recordKinds()) {
      if (numbered) await tx.execute(sql`update ${table} set number = number + ${by}`);
    }
  });
}

/** Runs `work` and fails if the service logged an error meanwhile. */
export async function withoutErrors<T>(work: () => Promise<T>): Promise<T> {
  const before = logged.length;
  const result = await work();
  expect(logged.slice(before).map(({ fields, message }) => `${message}: ${String(fields.err)}`)).toEqual([]);
  return result;
}
