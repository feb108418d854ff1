import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonView, TeamList } from '../../../../src/features/org/members/model.ts';
import { accessAsked } from '../../../../src/features/org/members/notifications.ts';
import type { Role } from '../../../../src/kernel/context.ts';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { members } from '../../../../src/store/tables/people.ts';
import { cardButtons, openPress, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
// Lines of one person repeat between tests; a minute later they are meant again.
beforeEach(() => app.clock.forward(61_000));

const team = async () => (await app.as('noah').call('members.team', {})) as TeamList;
const person = async (name: string): Promise<PersonView | undefined> =>
  (await team()).people.find((one) => one.name === name);
const setRoles = async (key: string, roles: Role[]) => {
  const id = await app.as(key).memberId();
  await app.inOrg((tx) =>
    tx
      .update(members)
      .set({ roles })
      .where(and(eq(members.orgId, app.orgId), eq(members.id, id))),
  );
};
const queued = (name: string) =>
  app.inOrg(async (tx) => {
    const rows = await tx.select().from(outbox).where(eq(outbox.orgId, app.orgId));
    return rows.filter((row) => row.name === name);
  });

describe('my profile', () => {
  it('says role, team, zone, language and chat accounts', async () => {
    const { text } = await app.as('emma').type('whoami');
    for (const part of ['rep', 'Tom Becker · Team', 'Europe/London · 02:', 'English', 'Slack']) {
      expect(text).toContain(part);
    }
  });

  it('takes another language and zone, and answers in them from the next line on', async () => {
    const saved = await app.as('emma').type('me language:zh zone:berlin');
    expect(saved.text).toContain('✅ Saved for Emma Clark');
    expect(saved.text).toContain('Time zone: Europe/Berlin · 03:');
    expect((await app.as('emma').type('whoami')).text).toContain('语言: 简体中文');
    await app.as('emma').press(saved.button('Undo'));
    expect((await app.as('emma').type('whoami')).text).toContain('Language: English');
  });

  it('refuses a zone that can be several, and changes nothing', async () => {
    const { text } = await app.as('emma').type('me zone:CST');
    expect(text).toContain('CST is no time zone I know');
    expect((await person('Emma Clark'))?.timeZone).toBe('Europe/London');
  });
});

describe('the team', () => {
  it('shows units, people, who reports to whom, and who has no chat account', async () => {
    const { text } = await app.as('emma').type('team');
    expect(text).toContain('Li Na · Team · in East · managed by Li Na · 2 people');
    expect(text).toContain('Wang Lei | rep | Li Na | Li Na | Slack');
    expect(text).toContain('Anna Snelling | rep | Tom Becker | Tom Becker | no chat account yet');
  });

  it('of a branch is everybody below it', async () => {
    const { people } = (await app.as('emma').call('members.team', { unit: 'group:East' })) as TeamList;
    expect(people.map(({ name }) => name)).toEqual(['Li Na', 'Wang Lei', 'Wei Zhang']);
  });
});

describe('a role', () => {
  it('is set by an admin only', async () => {
    const { text } = await app.as('tom').type('role @wang manager');
    expect(text).toContain('⛔ You may not do that (Set a role). Ada Young can.');
  });

  it('names what it was before', async () => {
    const shown = await app.as('ada').type('role @emma finance,rep');
    expect(shown.text).toContain('✅ Emma Clark is now rep, finance (was rep)');
    await app.as('ada').press(shown.button('Undo'));
    expect((await person('Emma Clark'))?.roles).toEqual(['rep']);
  });

  it('is told to the person it is given to', async () => {
    const before = (await queued('members.role-given')).length;
    const shown = await app.as('ada').type('role @wang rep,finance');
    expect((await queued('members.role-given')).length).toBe(before + 1);
    await app.as('ada').press(shown.button('Undo'));
  });

  it('that makes a manager of a new team asks first, and undo takes the team back', async () => {
    const asked = await app.as('ada').type('role @wang manager group:North');
    expect(asked.text).toContain('There is no North yet. Confirm makes it (Team).');
    expect((await team()).units.map(({ name }) => name)).not.toContain('North');
    const done = await app.as('ada').press(asked.button('Confirm'));
    expect(done.text).toContain('✅ Wang Lei is now manager of North (was rep)');
    expect((await team()).units).toContainEqual(
      expect.objectContaining({ name: 'North', kind: 'team', manager: 'Wang Lei', people: 1 }),
    );
    await app.as('ada').press(done.button('Undo'));
    expect((await team()).units.map(({ name }) => name)).not.toContain('North');
    expect((await person('Wang Lei'))?.unit?.name).toBe('Li Na');
  });

  it('that replaces a manager says whom', async () => {
    const asked = await app.as('ada').type('role @wang manager group:East');
    expect(asked.text).toContain('East is managed by Li Na. Confirm puts Wang Lei in charge instead.');
  });

  it('that ends a manager’s leaves no unit pointing at them', async () => {
    const shown = await app.as('ada').type('role @tom rep');
    expect(shown.text).toContain('without a manager now: West, Tom Becker');
    expect((await team()).units.filter(({ manager }) => manager === 'Tom Becker')).toEqual([]);
    await app.as('ada').press(shown.button('Undo'));
    expect((await team()).units.filter(({ manager }) => manager === 'Tom Becker')).toHaveLength(2);
  });

  it('of the last admin stays', async () => {
    const { text } = await app.as('ada').type('role @ada rep');
    expect(text).toContain('⛔ Ada Young is the only admin');
    expect((await person('Ada Young'))?.roles).toEqual(['admin', 'manager']);
  });

  it('never makes a circle of who reports to whom', async () => {
    const { text } = await app.as('ada').type('role @lina reports:@wei');
    expect(text).toContain('⛔ Wei Zhang works below Li Na');
    expect((await person('Li Na'))?.reportsTo).toBe('Ada Young');
  });

  it('can be typed in Chinese', async () => {
    await setRoles('ada', ['admin', 'manager']);
    const shown = await app.as('ada').type('角色 @wei 销售,财务');
    expect(shown.text).toContain('Wei Zhang is now rep, finance');
    await app.as('ada').press(shown.button('Undo'));
  });
});

describe('somebody without a role', () => {
  it('reads who can add them and asks with one press, once a day', async () => {
    await setRoles('noah', []);
    const refused = await app.as('noah').type('find acme');
    expect(refused.text).toContain('Ada Young can add you');
    const sent = await app.as('noah').press(refused.button('Ask for access'));
    expect(sent.text).toContain('✅ Sent to Ada Young');
    const again = await app.as('noah').type('ask-access');
    expect(again.text).toContain('Your request is with the admins already');
    expect(await queued('members.access-asked')).toHaveLength(1);
    app.clock.forward(25 * 3_600_000);
    expect((await app.as('noah').type('ask-access')).text).toContain('✅ Sent to Ada Young');
  });

  it('is added by the admin from the message', async () => {
    const [request] = await queued('members.access-asked');
    const card = accessAsked.render(accessAsked.payload.parse(request?.payload), {
      org: await app.engine.db.transaction({ as: 'app', orgId: app.orgId }, (tx) =>
        app.engine.sessions.organization(tx, app.orgId),
      ),
      now: app.clock.now(),
      platform: 'slack',
      memberId: undefined,
    });
    const [addAsRep] = cardButtons(card);
    if (!addAsRep) throw new Error('no button');
    const done = await app.as('ada').press(openPress(addAsRep.press));
    expect(done.text).toContain('✅ Noah Patel is now rep (was no role)');
    expect((await app.as('noah').type('find acme')).text).toContain('C-1 Acme');
    expect((await app.as('noah').type('ask-access')).text).toContain('You are in already: rep');
    await setRoles('noah', ['read-only']);
  });
});

describe('a person who leaves', () => {
  it('stays while customers, leads or deals hang on them', async () => {
    const { text } = await app.as('ada').type('deactivate @wei');
    expect(text).toContain('⛔ Wei Zhang still looks after');
    expect(text).toMatch(/2 × Customer \(C-2, C-3\)/);
    expect(text).toMatch(/3 × Deal \(D-5, D-6, D-7\)/);
    expect(text).toContain('/crm find owner:@wei.zhang');
    expect((await person('Wei Zhang'))?.status).toBe('active');
  });

  it('cannot come in any more, until an admin lets them in again', async () => {
    const gone = await app.as('ada').type('deactivate @noah');
    expect(gone.text).toContain('✅ Noah Patel has no access any more');
    expect((await app.as('noah').type('whoami')).text).toContain('Your access to the CRM has ended');
    expect((await app.as('ada').type('find owner:@noah')).text).toContain('I know no colleague “@noah”');
    const back = await app.as('ada').type('role "Noah Patel" read-only');
    expect(back.text).toContain('✅ Noah Patel is back: read-only');
    expect((await app.as('noah').type('whoami')).text).toContain('Noah Patel');
  });
});

describe('an imported person', () => {
  it('is claimed with a chat account and keeps every record', async () => {
    const asked = await app.as('ada').type('claim-member "Anna Snelling" @noah');
    expect(asked.text).toContain('Is Anna Snelling the same person as Noah Patel?');
    const done = await app.as('ada').press(asked.button('Confirm'));
    expect(done.text).toContain('✅ Noah Patel is Anna Snelling from now on');
    expect(done.buttons.map(({ label }) => label)).not.toContain('Undo');
    const me = await app.as('noah').type('whoami');
    expect(me.text).toContain('Anna Snelling');
    expect(me.text).toContain('rep');
    expect((await app.as('noah').type('find owner:me')).text).toContain('C-8 Harbour Logistics');
  });

  it('is claimed by whom they reported to, and then reports to whoever is above both', async () => {
    const own = await testApp();
    const asked = await own.as('ada').type('claim-member "Anna Snelling" @tom');
    const done = await own.as('ada').press(asked.button('Confirm'));
    expect(done.text).toContain('✅ Tom Becker is Anna Snelling from now on');
    const rows = await own.inOrg((tx) => tx.select().from(members));
    const named = (name: string) => rows.find((row) => row.name === name && row.status === 'active');
    expect(named('Anna Snelling')?.reportsTo).toBe(named('Ada Young')?.id);
    expect(named('Emma Clark')?.reportsTo).toBe(named('Anna Snelling')?.id);
  });

  it('is not claimed twice', async () => {
    const { text } = await app.as('ada').type('claim-member "Anna Snelling" @emma');
    expect(text).toContain('I cannot find “Anna Snelling”');
  });
});
