import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OwnProfile, PageLink } from '../../../../src/features/org/members/model.ts';
import { accountLinked } from '../../../../src/features/org/members/notifications.ts';
import { connectInstallation } from '../../../../src/infra/organizations.ts';
import { createWebSessions } from '../../../../src/infra/web-sessions.ts';
import type { Role } from '../../../../src/kernel/context.ts';
import type { Profile, Visitor } from '../../../../src/runtime/interaction.ts';
import { oneTimeCodes, sessions } from '../../../../src/store/tables/access.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { identities, members } from '../../../../src/store/tables/people.ts';
import { cardButtons, type Person, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
let tenant: string;

beforeEach(async () => {
  app = await testApp();
  tenant = randomUUID();
  await connectInstallation(
    app.db,
    app.orgId,
    { platform: 'teams', externalId: tenant, name: 'Northwind AG', botUserId: null },
    app.clock.now(),
  );
});

const newcomer: Profile = {
  name: 'E. Clark',
  email: null,
  locale: 'en',
  timeZone: 'Europe/London',
  isOwnerOrAdmin: false,
  isOutsider: false,
};

/** Somebody of the tenant who has written to the app before. */
async function inTeams(profile: Partial<Profile> = {}, installation = tenant): Promise<Person> {
  const visitor: Visitor = { platform: 'teams', installation, userId: randomUUID() };
  await app.inOrg((tx) =>
    app.engine.sessions.join(tx, app.orgId, visitor, { ...newcomer, ...profile }, app.clock.now()),
  );
  return app.at(visitor);
}

const codeIn = (text: string) => /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/.exec(text)?.[0] ?? '';
const newCode = async (person: Person) => codeIn((await person.type('link')).text);
const row = (id: string) =>
  app.inOrg(async (tx) => {
    const [found] = await tx.select().from(members).where(eq(members.id, id));
    if (!found) throw new Error('no such member');
    return found;
  });
/** The member an account acts as. */
const actingAs = (visitor: Visitor) =>
  app.inOrg(async (tx) => {
    const rows = await tx
      .select({ id: identities.memberId })
      .from(identities)
      .where(and(eq(identities.orgId, app.orgId), eq(identities.externalUserId, visitor.userId)));
    return rows[0]?.id ?? '';
  });
const setRoles = async (id: string, roles: Role[]) => {
  await app.inOrg((tx) => tx.update(members).set({ roles }).where(eq(members.id, id)));
};

async function linked(key: string, from: Person): Promise<void> {
  const asked = await from.type(`link ${await newCode(app.as(key))}`);
  const done = await from.press(asked.button('Confirm'));
  expect(done.text).toContain('acts as');
}

describe('a code', () => {
  it('is shown with what to do in the other chat, and kept only as a hash', async () => {
    const { text } = await app.as('emma').type('link');
    const code = codeIn(text);
    expect(text).toContain(`In Teams, write this to the CRM app: link ${code}`);
    expect(text).not.toContain('You are an admin');
    const rows = await app.inOrg((tx) => tx.select().from(oneTimeCodes));
    expect(JSON.stringify(rows)).not.toContain(code.replace('-', ''));
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  it('names no other chat in Teams', async () => {
    const person = await inTeams();
    for (const line of ['link', 'whoami', 'team', 'unlink']) {
      expect([line, (await person.type(line)).text]).toEqual([line, expect.not.stringMatching(/slack/i)]);
    }
  });

  it('of an admin says that it connects a workspace too, and nobody else’s does', async () => {
    expect((await app.as('ada').type('link')).text).toContain('You are an admin');
    const rows = await app.inOrg((tx) => tx.select().from(oneTimeCodes));
    expect(rows.map(({ mayConnect }) => mayConnect)).toEqual([true]);
    await app.as('tom').type('link');
    const all = await app.inOrg((tx) => tx.select().from(oneTimeCodes));
    expect(all.filter(({ mayConnect }) => mayConnect)).toHaveLength(1);
  });

  it('asked for again is another one, and ends the first', async () => {
    const [first, second] = [await newCode(app.as('emma')), await newCode(app.as('emma'))];
    expect(first).not.toBe(second);
    const person = await inTeams();
    expect((await person.type(`link ${first}`)).text).toContain('I do not know this code');
    expect((await person.type(`link ${second}`)).text).toContain('You will act as Emma Clark');
  });

  it.each([
    ['in small letters', (code: string) => code.toLowerCase()],
    ['without its hyphen', (code: string) => code.replace('-', '')],
    ['with a space', (code: string) => code.replace('-', ' ')],
    ['with letters for digits', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
  ])('is read %s', async (_how, typed) => {
    const person = await inTeams();
    const asked = await person.type(`link ${typed(await newCode(app.as('emma')))}`);
    expect(asked.text).toContain('You will act as Emma Clark');
  });

  it('can be asked for and typed in Chinese', async () => {
    const shown = await app.as('wei').type('绑定');
    expect(shown.text).toContain('你的绑定码');
    const person = await inTeams({ locale: 'zh-CN' });
    expect((await person.type(`绑定 ${codeIn(shown.text)}`)).text).toContain('你在这里也将以 Wei Zhang');
  });
});

describe('a link', () => {
  it('asks first and changes nothing until it is confirmed', async () => {
    const person = await inTeams();
    const own = await actingAs(person.visitor);
    const asked = await person.type(`link ${await newCode(app.as('emma'))}`);
    expect(asked.text).toContain('You will act as Emma Clark (rep) here as well');
    expect(asked.text).toContain('This account (E. Clark, Northwind AG)');
    expect(await actingAs(person.visitor)).toBe(own);
    await person.press(asked.button('Confirm'));
    expect(await actingAs(person.visitor)).toBe(await app.as('emma').memberId());
    expect((await row(own)).status).toBe('left');
  });

  it('makes both accounts one person: what one saves the other finds', async () => {
    const person = await inTeams();
    await linked('emma', person);
    await person.type('new-lead "Both Sides Ltd" Kim kim@both.example');
    expect((await app.as('emma').type('my leads')).text).toContain('Both Sides Ltd');
    const shown = await person.type('whoami');
    expect(shown.text).toContain('Teams · Northwind AG (this one)');
    expect(shown.text).toContain('another chat · Northwind');
  });

  it('moves what the account had saved, and loses none of it', async () => {
    const person = await inTeams();
    await person.type('new-lead "Early Bird Ltd" Kim kim@early.example');
    const asked = await person.type(`link ${await newCode(app.as('emma'))}`);
    const done = await person.press(asked.button('Confirm'));
    expect(done.text).toContain('1 record saved as E. Clark moved along');
    expect((await app.as('emma').type('my leads')).text).toContain('Early Bird Ltd');
  });

  it('adds no roles and says which ones ended', async () => {
    const person = await inTeams({ isOwnerOrAdmin: true });
    const asked = await person.type(`link ${await newCode(app.as('emma'))}`);
    const done = await person.press(asked.button('Confirm'));
    expect(done.text).toContain('No roles are added by a link: admin, manager of this account ended');
    expect((await row(await app.as('emma').memberId())).roles).toEqual(['rep']);
    expect((await person.type('role @emma admin')).text).toContain('You may not do that');
  });

  it('never takes away the last admin', async () => {
    const person = await inTeams({ isOwnerOrAdmin: true });
    await setRoles(await app.as('ada').memberId(), ['manager']);
    const asked = await person.type(`link ${await newCode(app.as('emma'))}`);
    const refused = await person.press(asked.button('Confirm'));
    expect(refused.text).toContain('is the only admin');
    expect((await row(await actingAs(person.visitor))).roles).toContain('admin');
  });

  it('leaves nobody reporting to themselves', async () => {
    const person = await inTeams({ isOwnerOrAdmin: true });
    const [own, emma] = [await actingAs(person.visitor), await app.as('emma').memberId()];
    await app.inOrg((tx) => tx.update(members).set({ reportsTo: own }).where(eq(members.id, emma)));
    await linked('emma', person);
    expect((await row(emma)).reportsTo).toBeNull();
  });

  it('shows no Undo', async () => {
    const person = await inTeams();
    const asked = await person.type(`link ${await newCode(app.as('emma'))}`);
    const done = await person.press(asked.button('Confirm'));
    expect(done.buttons.map(({ label }) => label)).toEqual(['Split off']);
  });

  it('is told to the one who showed the code, who takes it back with one press', async () => {
    const person = await inTeams();
    const own = await actingAs(person.visitor);
    await linked('emma', person);
    const queued = await app.inOrg((tx) => tx.select().from(outbox));
    const message = queued.find(({ name }) => name === 'members.account-linked');
    const org = await app.inOrg((tx) => app.engine.sessions.organization(tx, app.orgId));
    const payload = accountLinked.payload.parse(message?.payload);
    expect(accountLinked.audience(payload)).toEqual([{ memberId: await app.as('emma').memberId() }]);
    const [notMe] = cardButtons(
      accountLinked.render(payload, { org, now: app.clock.now(), platform: 'slack', memberId: undefined }),
    );
    if (!notMe) throw new Error('no way out');
    const asked = await app.as('emma').press(notMe.press);
    expect(asked.text).toContain('Split the account in Northwind AG off Emma Clark?');
    await app.as('emma').press(asked.button('Confirm'));
    expect(await actingAs(person.visitor)).toBe(own);
    expect((await person.type('whoami')).text).toContain('E. Clark');
  });

  it('ends the pages that were open as the account’s old self', async () => {
    const person = await inTeams();
    const own = await actingAs(person.visitor);
    const now = new Date();
    await app.inOrg((tx) =>
      tx.insert(sessions).values({
        orgId: app.orgId,
        id: randomUUID(),
        memberId: own,
        hash: randomUUID(),
        createdAt: now,
        expiresAt: new Date(now.getTime() + 3_600_000),
      }),
    );
    await linked('emma', person);
    const open = await app.inOrg((tx) => tx.select().from(sessions).where(eq(sessions.memberId, own)));
    expect(open.map(({ endedAt }) => endedAt)).not.toContain(null);
  });
});

describe('a link is refused', () => {
  it('with one’s own code on the same account', async () => {
    const emma = app.as('emma');
    expect((await emma.type(`link ${await newCode(emma)}`)).text).toContain('acts as you already');
  });

  it('to somebody who has an account in the same workspace, with the reason', async () => {
    const { text } = await app.as('noah').type(`link ${await newCode(app.as('emma'))}`);
    expect(text).toContain('Emma Clark has an account in Northwind already');
  });

  it('to somebody who has left since', async () => {
    const [person, code] = [await inTeams(), await newCode(app.as('emma'))];
    const emma = await app.as('emma').memberId();
    await app.inOrg((tx) => tx.update(members).set({ status: 'left' }).where(eq(members.id, emma)));
    expect((await person.type(`link ${code}`)).text).toContain('Emma Clark has no access any more');
  });

  it('for an account that is linked already', async () => {
    const person = await inTeams();
    await linked('emma', person);
    const { text } = await person.type(`link ${await newCode(app.as('wei'))}`);
    expect(text).toMatch(/linked with another chat|请先用/);
    expect(await actingAs(person.visitor)).toBe(await app.as('emma').memberId());
  });

  it('outside a chat, where there is no account to link', async () => {
    const code = await newCode(app.as('emma'));
    await expect(app.as('wei').call('members.link', { code })).rejects.toMatchObject({ code: 'rule' });
  });

  it('a second time with one code, and to all but one of many at once', async () => {
    const code = await newCode(app.as('emma'));
    const people = await Promise.all([inTeams(), inTeams(), inTeams(), inTeams()]);
    const asked = await Promise.all(people.map((one) => one.type(`link ${code}`)));
    await Promise.all(people.map((one, at) => one.press(asked[at]?.button('Confirm') ?? { p: '' })));
    const emma = await app.as('emma').memberId();
    const acting = await Promise.all(people.map((one) => actingAs(one.visitor)));
    expect(acting.filter((id) => id === emma)).toHaveLength(1);
  });
});

describe('splitting off', () => {
  it('shows one’s accounts, and nothing to split off when there is one', async () => {
    expect((await app.as('emma').type('unlink')).text).toContain('has one chat account');
    const person = await inTeams();
    await linked('emma', person);
    const shown = await app.as('emma').type('unlink');
    expect(shown.buttons.map(({ label }) => label)).toEqual(['Split off', 'Split off']);
  });

  it('gives no more roles than the person has by then', async () => {
    const person = await inTeams();
    await linked('emma', person);
    await setRoles(await app.as('emma').memberId(), ['read-only']);
    const shown = await person.type('unlink');
    const asked = await person.press(shown.buttons[1]?.press ?? { p: '' });
    await person.press(asked.button('Confirm'));
    expect((await row(await actingAs(person.visitor))).roles).toEqual([]);
  });

  it('of the account one came with leaves it without roles, under a name of its own', async () => {
    const person = await inTeams();
    await linked('emma', person);
    const shown = await person.type('unlink');
    const asked = await person.press(shown.buttons[0]?.press ?? { p: '' });
    const done = await person.press(asked.button('Confirm'));
    expect(done.text).toContain('It goes on as Emma Clark · Northwind: no role');
    const { name, roles } = await row(await actingAs(app.as('emma').visitor));
    expect([name, roles]).toEqual(['Emma Clark · Northwind', []]);
    expect((await person.type('my leads')).text).toContain('L-1');
  });

  it('can be followed by another link', async () => {
    const person = await inTeams();
    const own = await actingAs(person.visitor);
    await linked('emma', person);
    const shown = await person.type('unlink');
    const asked = await person.press(shown.buttons[1]?.press ?? { p: '' });
    await person.press(asked.button('Confirm'));
    expect(await actingAs(person.visitor)).toBe(own);
    await linked('emma', person);
    expect(await actingAs(person.visitor)).toBe(await app.as('emma').memberId());
  });

  it('ends the codes and page links that were got with the account before', async () => {
    const person = await inTeams();
    const own = await actingAs(person.visitor);
    await linked('emma', person);
    const code = await newCode(person);
    const { url } = (await app.as('emma').call('members.open', {})) as PageLink;
    const shown = await app.as('emma').type('unlink');
    const asked = await app.as('emma').press(shown.buttons[1]?.press ?? { p: '' });
    await app.as('emma').press(asked.button('Confirm'));
    expect(await actingAs(person.visitor)).toBe(own);
    expect((await person.type(`link ${code}`)).text).toContain('I do not know this code');
    expect(await createWebSessions(app.db).begin(url.split('/r/')[1] ?? '')).toBeUndefined();
  });

  it('never touches the only account or somebody else’s', async () => {
    const mine = (await app.as('emma').call('members.whoami', {})) as OwnProfile;
    const theirs = (await app.as('wei').call('members.whoami', {})) as OwnProfile;
    const split = (account: string | undefined) => app.as('emma').call('members.unlink', { account });
    await expect(split(mine.accounts[0]?.id)).rejects.toMatchObject({ code: 'rule' });
    await expect(split(theirs.accounts[0]?.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(split(randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    await expect(split('x')).rejects.toMatchObject({ code: 'not_found' });
  });
});
