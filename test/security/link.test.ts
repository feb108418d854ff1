import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { connectTenant } from '../../src/connect-teams.ts';
import { createOperatorCode } from '../../src/infra/one-time-codes.ts';
import { connectInstallation, disconnectInstallation } from '../../src/infra/organizations.ts';
import { AppError } from '../../src/kernel/errors.ts';
import type { Profile, Visitor } from '../../src/runtime/interaction.ts';
import { oneTimeCodes } from '../../src/store/tables/access.ts';
import { outbox } from '../../src/store/tables/outbox.ts';
import { identities, installations, members } from '../../src/store/tables/people.ts';
import { audit } from '../../src/store/tables/trail.ts';
import { type Person, type TestApp, testApp } from '../support/app.ts';

let app: TestApp;
let other: TestApp;

beforeEach(async () => {
  [app, other] = [await testApp(), await testApp()];
});

/** Somebody whose e-mail address and name are those of an admin of the organization. */
const lookalike: Profile = {
  name: 'Ada Young',
  email: 'ada@parley.example',
  locale: 'en',
  timeZone: 'Europe/London',
  isOwnerOrAdmin: true,
  isOutsider: false,
};

const visitorOf = (installation: string): Visitor => ({
  platform: 'teams',
  installation,
  userId: randomUUID(),
});

async function newTenant(at: TestApp): Promise<string> {
  const externalId = randomUUID();
  const values = { platform: 'teams', externalId, name: 'Tenant', botUserId: null } as const;
  await connectInstallation(at.db, at.orgId, values, at.clock.now());
  return externalId;
}

async function codeOf(person: Person): Promise<string> {
  return /\w{5}-\w{5}/.exec((await person.type('link')).text)?.[0] ?? '';
}

const rolesOf = (at: TestApp, { userId }: Visitor) =>
  at.inOrg(async (tx) => {
    const rows = await tx
      .select({ name: members.name, roles: members.roles })
      .from(identities)
      .innerJoin(members, and(eq(members.orgId, identities.orgId), eq(members.id, identities.memberId)))
      .where(eq(identities.externalUserId, userId));
    return rows[0];
  });

const connect = (code: string, visitor: Visitor, profile: Profile = lookalike) =>
  connectTenant(app, code, visitor, profile, 'Far Away GmbH');

async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error('was accepted or broke', { cause: error });
  return error;
}

/** What nobody may have brought about: rows of installations and accounts. */
const tied = (at: TestApp) =>
  at.inOrg(async (tx) => ({
    installations: (await tx.select().from(installations)).length,
    identities: (await tx.select().from(identities)).length,
  }));

describe('an e-mail address', () => {
  test('of an admin gives somebody of a foreign tenant nothing here', async () => {
    const visitor = visitorOf(await newTenant(other));
    await other.inOrg((tx) =>
      other.engine.sessions.join(tx, other.orgId, visitor, lookalike, other.clock.now()),
    );
    await app.as('ada').type('new-lead "Only Here Ltd" Kim kim@here.example');
    expect((await app.as('ada').type('find "Only Here"')).text).toContain('L-');
    const before = await tied(app);
    expect((await app.at(visitor).type('find "Only Here"')).text).not.toContain('L-');
    const stranger = { ...visitor, installation: randomUUID() };
    expect((await app.at(stranger).type('find "Only Here"')).text).toContain('not connected');
    expect(await rolesOf(app, visitor)).toBeUndefined();
    expect(await tied(app)).toEqual(before);
  });

  test('of an admin gives a newcomer of one’s own tenant no more than any newcomer gets', async () => {
    const visitor = visitorOf(await newTenant(app));
    await app.inOrg((tx) =>
      app.engine.sessions.join(
        tx,
        app.orgId,
        visitor,
        { ...lookalike, isOwnerOrAdmin: false },
        app.clock.now(),
      ),
    );
    expect((await rolesOf(app, visitor))?.roles).toEqual(['rep']);
    expect((await app.as('ada').type('unlink')).text).toContain('has one chat account');
  });

  test('does not connect a tenant either', async () => {
    const before = await tied(app);
    expect((await refusalOf(connect('AAAAA-AAAAA', visitorOf(randomUUID())))).code).toBe('not_found');
    expect(await tied(app)).toEqual(before);
  });
});

test('a code of another organization is answered like one that never was, and stays good at home', async () => {
  const theirs = await codeOf(other.as('emma'));
  const person = app.at(visitorOf(await newTenant(app)));
  await app.inOrg((tx) =>
    app.engine.sessions.join(tx, app.orgId, person.visitor, lookalike, app.clock.now()),
  );
  const answers = [];
  for (const code of [theirs, 'AAAAA-AAAAA']) answers.push((await person.type(`link ${code}`)).text);
  expect(answers[0]).toBe(answers[1]);
  const unused = await other.inOrg((tx) => tx.select().from(oneTimeCodes));
  expect(unused.map(({ usedAt }) => usedAt)).toEqual([null]);
});

test.each([
  ['used', { usedAt: new Date() }],
  ['past its time', { expiresAt: new Date(Date.now() - 1000) }],
])('a code that is %s links nothing and says how to get another', async (_what, change) => {
  const code = await codeOf(app.as('emma'));
  await app.inOrg((tx) => tx.update(oneTimeCodes).set(change));
  const { text } = await app.as('noah').type(`link ${code}`);
  expect(text).toContain('I do not know this code');
  expect(text).toContain('/crm link');
});

describe('a tenant', () => {
  test('is connected by an admin’s code once; its sender is that admin, the admins are told, a trace stays', async () => {
    const [code, visitor] = [await codeOf(app.as('ada')), visitorOf(randomUUID())];
    await connect(code, visitor, { ...lookalike, name: 'A. Young', isOwnerOrAdmin: false });
    expect(await rolesOf(app, visitor)).toEqual({ name: 'Ada Young', roles: ['admin', 'manager'] });
    expect(await app.engine.sessions.organizationOf('teams', visitor.installation)).toBe(app.orgId);
    const queued = await app.inOrg((tx) => tx.select().from(outbox));
    expect(queued.map(({ name }) => name).sort()).toEqual([
      'members.account-linked',
      'members.workspace-connected',
    ]);
    const trace = await app.inOrg((tx) =>
      tx.select().from(audit).where(eq(audit.action, 'installations.connect')),
    );
    expect(trace).toMatchObject([{ actorName: 'Ada Young', platform: 'teams' }]);
    const again = visitorOf(randomUUID());
    expect((await refusalOf(connect(code, again))).code).toBe('not_found');
    expect(await rolesOf(app, again)).toBeUndefined();
  });

  test('is connected by an operator’s code: whoever brings it is the first admin', async () => {
    const visitor = visitorOf(randomUUID());
    await connect(await createOperatorCode(app.db, app.orgId), visitor, {
      ...lookalike,
      name: 'First One',
      isOwnerOrAdmin: false,
    });
    expect(await rolesOf(app, visitor)).toEqual({ name: 'First One', roles: ['admin', 'manager'] });
  });

  test('is not connected by the code of somebody who is no admin, or not one any more', async () => {
    const ordinary = await codeOf(app.as('emma'));
    const former = await codeOf(app.as('ada'));
    const ada = await app.as('ada').memberId();
    await app.inOrg((tx) =>
      tx
        .update(members)
        .set({ roles: ['manager'] })
        .where(eq(members.id, ada)),
    );
    const before = await tied(app);
    const texts = [];
    for (const code of [ordinary, former, 'AAAAA-AAAAA']) {
      texts.push((await refusalOf(connect(code, visitorOf(randomUUID())))).text);
    }
    expect(new Set(texts.map((text) => JSON.stringify(text))).size).toBe(1);
    expect(await tied(app)).toEqual(before);
  });

  test('is not connected by a guest, whatever code is brought', async () => {
    const code = await codeOf(app.as('ada'));
    const guest = { ...lookalike, isOutsider: true };
    expect((await refusalOf(connect(code, visitorOf(randomUUID()), guest))).code).toBe('not_found');
  });

  test('that is another organization’s stays so, also after it was disconnected', async () => {
    const tenant = await newTenant(other);
    const visitor = visitorOf(tenant);
    const code = await codeOf(app.as('ada'));
    expect((await refusalOf(connect(code, visitor))).code).toBe('not_found');
    await disconnectInstallation(other.db, other.orgId, 'teams', tenant);
    expect((await refusalOf(connect(code, visitor))).code).toBe('not_found');
    expect(await rolesOf(app, visitor)).toBeUndefined();
  });

  test('with one code typed by ten at once is one tenant', async () => {
    const code = await codeOf(app.as('ada'));
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => connect(code, visitorOf(randomUUID()))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
