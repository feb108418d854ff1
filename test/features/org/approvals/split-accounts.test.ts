import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { approvals } from '../../../../src/features/org/approvals/tables.ts';
import { connectInstallation } from '../../../../src/infra/organizations.ts';
import type { Role } from '../../../../src/kernel/context.ts';
import type { Visitor } from '../../../../src/runtime/interaction.ts';
import { identities, members } from '../../../../src/store/tables/people.ts';
import { type Person, type TestApp, testApp } from '../../../support/app.ts';
import { asking } from './asking.ts';
import { withWaivers } from './waivers.ts';

let app: TestApp;
let at: ReturnType<typeof asking>;
let tenant: string;

beforeEach(async () => {
  app = await testApp({ features: withWaivers() });
  at = asking(app);
  tenant = randomUUID();
  await connectInstallation(
    app.db,
    app.orgId,
    { platform: 'teams', externalId: tenant, name: 'Northwind AG', botUserId: null },
    app.clock.now(),
  );
});

/** Whoever an account acts as. */
async function actingAs({ userId }: Visitor): Promise<string> {
  const [row] = await app.inOrg((tx) =>
    tx
      .select({ id: identities.memberId })
      .from(identities)
      .where(and(eq(identities.orgId, app.orgId), eq(identities.externalUserId, userId))),
  );
  if (!row) throw new Error('nobody');
  return row.id;
}

const giveRoles = (id: string, roles: Role[]) =>
  app.inOrg((tx) => tx.update(members).set({ roles }).where(eq(members.id, id)));

/** A manager of the tenant who has written to the app before. */
async function managerInTeams(): Promise<Person> {
  const visitor: Visitor = { platform: 'teams', installation: tenant, userId: randomUUID() };
  const profile = {
    name: 'T. Becker',
    email: null,
    locale: 'en' as const,
    timeZone: 'Europe/London',
    isOwnerOrAdmin: false,
    isOutsider: false,
  };
  await app.inOrg((tx) => app.engine.sessions.join(tx, app.orgId, visitor, profile, app.clock.now()));
  await giveRoles(await actingAs(visitor), ['manager']);
  return app.at(visitor);
}

async function link(person: Person, to: Person): Promise<void> {
  const code = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec((await to.type('link')).text)?.[0] ?? '';
  await person.press((await person.type(`link ${code}`)).button('Confirm'));
  expect(await actingAs(person.visitor)).toBe(await to.memberId());
}

async function unlink(person: Person): Promise<void> {
  const [row] = await app.inOrg((tx) =>
    tx
      .select({ id: identities.id })
      .from(identities)
      .where(and(eq(identities.orgId, app.orgId), eq(identities.externalUserId, person.visitor.userId))),
  );
  const asked = await person.press({ a: 'members.unlink', i: { account: row?.id } });
  await person.press(asked.button('Confirm'));
}

/** Asks for something in the chat; gives the number of the request. */
async function ask(person: Person): Promise<string> {
  await person.press({ a: 'waivers.request', i: { deal: 'D-1', percent: 1500 } });
  const [row] = await app.inOrg((tx) =>
    tx
      .select({ number: approvals.number })
      .from(approvals)
      .where(and(eq(approvals.orgId, app.orgId), eq(approvals.kind, 'waiver'))),
  );
  return `A-${row?.number}`;
}

const anyManager = () =>
  at.setPolicy({
    rules: [{ when: {}, steps: [{ need: 'any', parts: [{ who: 'role', role: 'manager' }] }] }],
  });

describe('whoever is split off again', () => {
  test('does not decide on what was asked for while the accounts were one', async () => {
    await anyManager();
    const other = await managerInTeams();
    await link(other, app.as('tom'));
    const number = await ask(other);
    await unlink(other);
    expect(await actingAs(other.visitor)).not.toBe(await app.as('tom').memberId());
    await at.watch();
    const seats = (await at.steps(number)).flatMap((step) => step.seats.map(({ memberId }) => memberId));
    expect(seats).not.toContain(await actingAs(other.visitor));
    expect(seats).toContain(await app.as('lina').memberId());
    expect((await other.type(`approve ${number}`)).text).toMatch(/^⛔.*same person/);
    expect((await at.row(number)).status).toBe('pending');
    await app.as('lina').type(`approve ${number}`);
    expect((await at.row(number)).status).toBe('approved');
  });

  test('does not decide on what they asked for themselves before, nor does the other', async () => {
    await anyManager();
    const other = await managerInTeams();
    const number = await ask(other);
    await link(other, app.as('tom'));
    await unlink(other);
    for (const person of [other, app.as('tom')]) {
      expect((await person.type(`approve ${number}`)).text).toContain('⛔');
    }
    expect((await at.row(number)).status).toBe('pending');
  });

  test('is kept out however often accounts went on since', async () => {
    await anyManager();
    const other = await managerInTeams();
    await link(other, app.as('tom'));
    const number = await ask(app.as('tom'));
    await unlink(other);
    await link(other, app.as('tom'));
    await unlink(other);
    expect((await other.type(`approve ${number}`)).text).toContain('⛔');
    expect((await at.row(number)).status).toBe('pending');
  });

  test('decides on what is asked for afterwards', async () => {
    await anyManager();
    const other = await managerInTeams();
    await link(other, app.as('tom'));
    await unlink(other);
    app.clock.forward(1000);
    const number = await ask(app.as('tom'));
    await other.type(`approve ${number}`);
    expect((await at.row(number)).status).toBe('approved');
  });
});

test('a yes given before the accounts became one is none for what the other asked', async () => {
  await at.setPolicy({
    rules: [
      {
        when: {},
        steps: [
          { need: 'any', parts: [{ who: 'role', role: 'manager' }] },
          { need: 'any', parts: [{ who: 'role', role: 'finance' }] },
        ],
      },
    ],
  });
  const other = await managerInTeams();
  const number = await ask(app.as('tom'));
  await other.type(`approve ${number}`);
  expect((await at.steps(number))[0]?.state).toBe('passed');
  await link(other, app.as('tom'));
  await at.watch();
  expect((await at.steps(number))[0]?.state).toBe('open');
});
