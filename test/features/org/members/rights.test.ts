import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  canSee,
  managersAbove,
  requireWrite,
  visibleOwners,
} from '../../../../src/features/org/members/api.ts';
import { AppError } from '../../../../src/kernel/errors.ts';
import { record } from '../../../../src/kernel/text.ts';
import type { Ctx } from '../../../../src/runtime/context.ts';
import { readingContext } from '../../../../src/runtime/execute.ts';
import { inSession } from '../../../../src/runtime/session.ts';
import { members, units } from '../../../../src/store/tables/people.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
const ids = new Map<string, string>();
const everybody = ['ada', 'tom', 'emma', 'lina', 'wei', 'wang', 'chen', 'noah', 'pia'];

beforeAll(async () => {
  app = await testApp();
  for (const key of everybody) ids.set(key, await app.as(key).memberId());
});

const idOf = (key: string) => ids.get(key) ?? '';

async function within<T>(key: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const who = { kind: 'member', orgId: app.orgId, memberId: idOf(key), platform: 'http' } as const;
  return inSession(app.engine, who, (session) => work(readingContext(session)));
}

describe('whose work a person sees', () => {
  it.each([
    ['emma', ['emma']],
    ['wei', ['wei', 'wang']],
    ['tom', ['tom', 'emma']],
    ['lina', ['lina', 'wei', 'wang']],
    ['pia', ['pia']],
  ])('%s: own circle only, %j among those with a chat account', async (who, seen) => {
    const owners = await within(who, visibleOwners);
    expect('memberIds' in owners && everybody.filter((key) => owners.memberIds.includes(idOf(key)))).toEqual(
      everybody.filter((key) => seen.includes(key)),
    );
  });

  it.each(['ada', 'chen', 'noah'])('%s: everybody’s', async (who) => {
    expect(await within(who, visibleOwners)).toEqual({ all: true });
  });

  it('what nobody owns is for everybody to see', async () => {
    expect(await within('emma', (ctx) => canSee(ctx, null))).toBe(true);
    expect(await within('emma', (ctx) => canSee(ctx, idOf('wei')))).toBe(false);
  });
});

describe('changing a record', () => {
  const attempt = (who: string, owner: string | null) =>
    within(who, (ctx) =>
      requireWrite(ctx, { ownerId: owner === null ? null : idOf(owner), label: record('D-1') }).then(
        () => 'passed',
        (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
      ),
    );

  it.each([
    ['emma', 'emma', 'passed'],
    ['emma', 'wei', 'forbidden'],
    ['wang', 'wei', 'forbidden'],
    ['tom', 'emma', 'passed'],
    ['tom', 'wei', 'forbidden'],
    ['lina', 'wei', 'passed'],
    ['ada', 'wei', 'passed'],
    ['chen', 'wei', 'forbidden'],
    ['noah', 'noah', 'forbidden'],
    ['emma', null, 'passed'],
    ['noah', null, 'forbidden'],
  ])('%s on a record of %s: %s', async (who, owner, result) => {
    expect(await attempt(who, owner)).toBe(result);
  });

  it('names who can: the owner, then managers from the nearest up', async () => {
    const shown = await app.as('emma').type('assign D-5 me');
    expect(shown.text).toContain(
      'You can see D-5 二期生产线 but not assign it. Wei Zhang (owner), Li Na, Ada Young can.',
    );
  });
});

describe('lines of report', () => {
  it('that run in a circle do no harm', async () => {
    await app.inOrg(async (tx) => {
      const set = (id: string, reportsTo: string | null) =>
        tx
          .update(members)
          .set({ reportsTo })
          .where(and(eq(members.orgId, app.orgId), eq(members.id, id)));
      await set(idOf('lina'), idOf('wei'));
      await set(idOf('wei'), idOf('lina'));
    });
    const owners = await within('lina', visibleOwners);
    expect('memberIds' in owners && owners.memberIds).toContain(idOf('wei'));
    const above = await within('wei', (ctx) => managersAbove(ctx, idOf('wei'), 5));
    expect(above.map(({ name }) => name)).toEqual(['Li Na']);
    await app.inOrg((tx) =>
      tx
        .update(members)
        .set({ reportsTo: idOf('ada') })
        .where(and(eq(members.orgId, app.orgId), eq(members.id, idOf('lina')))),
    );
  });

  it('count a manager in a unit that nobody else manages', async () => {
    await app.inOrg(async (tx) => {
      await tx
        .update(units)
        .set({ managerId: null })
        .where(and(eq(units.orgId, app.orgId), eq(units.managerId, idOf('tom'))));
      await tx
        .update(members)
        .set({ reportsTo: null })
        .where(and(eq(members.orgId, app.orgId), eq(members.id, idOf('emma'))));
    });
    const owners = await within('tom', visibleOwners);
    expect('memberIds' in owners && owners.memberIds).toContain(idOf('emma'));
  });
});
