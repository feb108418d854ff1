import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approvalSteps, approvals } from '../../../../src/features/org/approvals/tables.ts';
import { connectedPlaces } from '../../../../src/features/org/members/account-state-queries.ts';
import { askWhoIsThere, dailyTimer } from '../../../../src/features/org/members/jobs.ts';
import { nextDue } from '../../../../src/kernel/schedule.ts';
import { operate } from '../../../../src/runtime/execute.ts';
import { schedules } from '../../../../src/store/tables/schedules.ts';
import { silenceIsLeaving } from '../../../controls/naive-roll-call.ts';
import { sign } from '../../../platforms/slack/support.ts';
import { type Company, secret, startCompany } from './leaving.ts';

const ada = 'U0ADAYOUNG';
const tom = 'U0TOMBECKER';
const emma = 'U0EMMACLARK';
const emmaInTeams = '0e000000-0000-4000-8000-000000000003';
const adaInTeams = '0e000000-0000-4000-8000-000000000001';

let company: Company;
beforeEach(async () => {
  company = await startCompany();
});
afterEach(() => company.close());

/** What somebody types again is no repeat of the same line a moment ago. */
const later = () => company.app.clock.forward(120_000);
const deactivate = async (user: string) => {
  const said = await company.slack.changeUser(user, { deleted: true });
  expect(said.status).toBe(200);
  await company.settle();
  return said;
};
const reactivate = async (user: string) => {
  expect((await company.slack.changeUser(user, { deleted: false })).status).toBe(200);
  await company.settle();
};
const toldAda = (words: RegExp) => company.told(ada).filter((text) => words.test(text));
const noAccess = /no access any more/;

/** Those who are asked in requests that wait, by request. */
async function seated(): Promise<string[][]> {
  const { app } = company;
  return app.inOrg(async (tx) => {
    const rows = await tx
      .select({ id: approvals.id, seats: approvalSteps.seats })
      .from(approvals)
      .innerJoin(approvalSteps, eq(approvalSteps.approvalId, approvals.id))
      .where(
        and(eq(approvals.orgId, app.orgId), eq(approvals.status, 'pending'), eq(approvalSteps.state, 'open')),
      );
    return rows.map(({ seats }) => seats.map(({ memberId }) => memberId));
  });
}

describe('somebody deactivated in Slack', () => {
  it('is out at once: no line, no page, no link, and the admins learn once what is left to do', async () => {
    await company.openPage('emma');
    expect(await company.waysIn('emma')).toBe(3);
    await deactivate(emma);
    expect(await company.member('emma')).toMatchObject({ status: 'left', accounts: ['gone'] });
    expect(await company.waysIn('emma')).toBe(0);
    expect((await company.app.as('emma').type('today')).text).toContain('access to the CRM has ended');
    const [news, ...others] = toldAda(/Emma Clark has no access any more/);
    expect(others).toEqual([]);
    expect(news).toMatch(/still looks after \d+ × .*Deal \(D-\d+/);
    expect(news).toContain('find owner:@emma.clark');
  });

  it.each([
    ['a guest in several channels', { isRestricted: true }],
    ['a guest in one channel', { isUltraRestricted: true }],
    ['of another company', { teamId: 'TFAR' }],
  ])('counts the same when they become %s', async (_, change) => {
    await company.slack.changeUser(emma, change);
    expect(await company.member('emma')).toMatchObject({ status: 'left', accounts: ['gone'] });
  });

  it('stays who they are through any other change of their profile', async () => {
    const said = await company.slack.changeUser(emma, { realName: 'Emma Clark-Jones' });
    expect(said.status).toBe(200);
    expect(await company.member('emma')).toMatchObject({ status: 'active', accounts: ['active'] });
  });

  it('decides on nothing any more: what waited for them waits for others', async () => {
    const { app } = company;
    await app.as('emma').type('discount D-1 15% -- match Grundfos bid');
    await app.drainOutbox();
    const { id } = await company.member('tom');
    const before = await seated();
    expect(before.filter((seats) => seats.includes(id))).not.toEqual([]);
    await deactivate(tom);
    const after = await seated();
    expect(after.length).toBe(before.length);
    expect(after.filter((seats) => seats.includes(id))).toEqual([]);
    expect(after.filter((seats) => seats.length === 0)).toEqual([]);
    expect(await company.unfinished()).toEqual([]);
  });

  it('has no rights when the account is there again, until an admin gives some', async () => {
    const { app } = company;
    await deactivate(emma);
    await reactivate(emma);
    expect(await company.member('emma')).toMatchObject({ status: 'left', accounts: ['back'] });
    expect((await app.as('emma').type('today')).text).toContain('access to the CRM has ended');
    const told = toldAda(/is there again/);
    expect(told).toEqual([expect.stringContaining('/crm role "Emma Clark" rep')]);
    await reactivate(emma);
    expect(toldAda(/is there again/)).toHaveLength(1);
    // What a Chinese admin is told to type is understood as well.
    const dry = await app.as('ada').type('角色 "Emma Clark" 销售 ?');
    expect(dry.text).toContain('Emma Clark is back');
    expect((await app.as('ada').type('role "Emma Clark" rep')).text).toContain('Emma Clark is back');
    expect(await company.member('emma')).toMatchObject({ status: 'active', accounts: ['active'] });
    expect((await app.as('emma').type('whoami')).text).toContain('Emma Clark');
  });

  it('gets no way in by a role an admin gives while the account is still gone', async () => {
    const { app } = company;
    await deactivate(emma);
    await app.as('ada').type('role "Emma Clark" rep');
    expect(await company.member('emma')).toMatchObject({ status: 'unlinked', accounts: ['gone'] });
    expect((await app.as('emma').type('today')).text).toContain('access to the CRM has ended');
    await reactivate(emma);
    expect((await app.as('emma').type('today')).text).toContain('access to the CRM has ended');
    later();
    await app.as('ada').type('role "Emma Clark" rep');
    expect(await company.member('emma')).toMatchObject({ status: 'active', accounts: ['active'] });
  });
});

describe('somebody who uses two chats', () => {
  /** Emma brings a code from Slack to Teams. */
  async function useBoth(key: string, inTeams: string): Promise<void> {
    const code = /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/.exec(
      (await company.app.as(key).type('link')).text,
    )?.[0];
    const { app, tenant, teams } = company;
    await teams.say({ user: inTeams, text: `link ${code}` });
    const there = app.at({ platform: 'teams', installation: tenant, userId: inTeams });
    const asked = await there.type(`link ${code}`);
    await there.press(asked.button('Confirm'));
    expect((await there.type('whoami')).text).toContain(key === 'emma' ? 'Emma Clark' : 'Ada Young');
  }

  it('loses the one that ended, with the pages opened, and goes on in the other', async () => {
    const { app, tenant } = company;
    await useBoth('emma', emmaInTeams);
    await company.openPage('emma');
    await deactivate(emma);
    expect(await company.member('emma')).toMatchObject({ status: 'active', accounts: ['gone', 'active'] });
    expect(await company.waysIn('emma')).toBe(0);
    expect((await app.as('emma').type('today')).text).toContain('access to the CRM has ended');
    const there = app.at({ platform: 'teams', installation: tenant, userId: emmaInTeams });
    expect((await there.type('whoami')).text).toContain('Emma Clark');
    expect(toldAda(/An account of Emma Clark has ended/)).toHaveLength(1);
    await reactivate(emma);
    expect((await app.as('emma').type('today')).text).toContain('access to the CRM has ended');
    await app.as('ada').type('role "Emma Clark" rep');
    expect((await app.as('emma').type('whoami')).text).toContain('Emma Clark');
  });

  it('is asked about in Teams when they are not in a team any more, and stays when they only left it', async () => {
    await useBoth('emma', emmaInTeams);
    await company.teams.leave({ user: emmaInTeams, conversation: '19:general@thread.tacv2' });
    await company.app.drainOutbox();
    expect(await company.member('emma')).toMatchObject({ accounts: ['active', 'active'] });
    expect(company.teams.calls().filter(({ operation }) => operation === 'member')).not.toEqual([]);
  });

  it('loses the one in Teams once the directory does not know it any more', async () => {
    await useBoth('emma', emmaInTeams);
    await company.teams.leave({ user: emmaInTeams });
    await company.app.drainOutbox();
    expect(await company.member('emma')).toMatchObject({ status: 'active', accounts: ['active', 'gone'] });
    await deactivate(emma);
    expect(await company.member('emma')).toMatchObject({ status: 'left', accounts: ['gone', 'gone'] });
  });

  it('is found out by the daily question in Teams as well, and not by an app that was removed', async () => {
    await useBoth('emma', emmaInTeams);
    await useBoth('ada', adaInTeams);
    const users = company.teams.tenants()[0]?.users ?? [];
    Object.assign(users.find(({ aadObjectId }) => aadObjectId === emmaInTeams) ?? {}, { isDeleted: true });
    Object.assign(users.find(({ aadObjectId }) => aadObjectId === adaInTeams) ?? {}, { hasApp: false });
    await company.askWhoIsThere();
    expect(await company.member('emma')).toMatchObject({ accounts: ['active', 'gone'] });
    expect(await company.member('ada')).toMatchObject({ accounts: ['active', 'active'] });
  });
});

describe('the last admin', () => {
  it('keeps their place, and the ledger says what happened, once', async () => {
    const { app } = company;
    await deactivate(ada);
    await deactivate(ada);
    await company.askWhoIsThere();
    expect(await company.member('ada')).toMatchObject({ status: 'active', accounts: ['active'] });
    const ledger = (await app.as('ada').type('deliveries')).text;
    expect(ledger.match(/Ada Young · held · the chat account of the only admin has ended/g)).toHaveLength(1);
  });

  it('goes with the next daily question once somebody else is admin', async () => {
    await deactivate(ada);
    await company.app.as('ada').type('role "Tom Becker" admin,manager');
    await company.askWhoIsThere();
    expect(await company.member('ada')).toMatchObject({ status: 'left', accounts: ['gone'] });
  });

  it('is one of two who are deactivated in the same moment', async () => {
    await company.app.as('ada').type('role "Tom Becker" admin,manager');
    await Promise.all([
      company.slack.changeUser(ada, { deleted: true }),
      company.slack.changeUser(tom, { deleted: true }),
    ]);
    await company.app.drainOutbox();
    const both = [await company.member('ada'), await company.member('tom')];
    expect(both.map(({ status }) => status).sort()).toEqual(['active', 'left']);
  });
});

describe('events nobody sent, and those sent twice', () => {
  it('do nothing when they are not signed by Slack', async () => {
    const body = JSON.stringify({
      type: 'event_callback',
      event_id: 'EvForged',
      team_id: company.app.installation,
      event: { type: 'user_change', user: { id: emma, team_id: company.app.installation, deleted: true } },
    });
    const seconds = Math.floor(Date.now() / 1000);
    const headers = { 'content-type': 'application/json' };
    const forged = await company.request(body, { ...headers, ...sign(body, seconds, 'somebody else’s') });
    expect(forged.status).toBe(401);
    expect(await company.member('emma')).toMatchObject({ status: 'active' });
    const old = await company.request(body, { ...headers, ...sign(body, seconds - 900, secret) });
    expect(old.status).toBe(401);
    expect(await company.member('emma')).toMatchObject({ status: 'active' });
    // The same body counts when it is Slack's: what was refused was the signature.
    const signed = await company.request(body, { ...headers, ...sign(body, seconds, secret) });
    expect(signed.status).toBe(200);
    expect(await company.member('emma')).toMatchObject({ status: 'left' });
  });

  it('do nothing again: a copy that comes after the person was let in changes nothing', async () => {
    const { delivery } = await deactivate(emma);
    if (!delivery) throw new Error('nothing was sent');
    await company.slack.events.repeat(delivery.eventId);
    await reactivate(emma);
    await company.app.as('ada').type('role "Emma Clark" rep');
    await company.slack.events.repeat(delivery.eventId);
    await company.app.drainOutbox();
    expect(await company.member('emma')).toMatchObject({ status: 'active', accounts: ['active'] });
    expect(toldAda(/Emma Clark has no access any more/)).toHaveLength(1);
  });

  it('of another workspace say nothing about people here', async () => {
    const body = JSON.stringify({
      type: 'event_callback',
      event_id: 'EvElsewhere',
      team_id: 'T0ELSEWHERE',
      event: { type: 'user_change', user: { id: emma, team_id: 'T0ELSEWHERE', deleted: true } },
    });
    const seconds = Math.floor(Date.now() / 1000);
    await company.request(body, { 'content-type': 'application/json', ...sign(body, seconds, secret) });
    expect(await company.member('emma')).toMatchObject({ status: 'active' });
  });
});

describe('the daily question who is there', () => {
  it('makes good in one pass for all events that got lost', async () => {
    await deactivate('U0NOAHPATEL');
    company.silently('U0NOAHPATEL', { deleted: false });
    company.silently(emma, { deleted: true });
    company.silently(tom, { deleted: true });
    company.silently('U0WEIZHANG', { isUltraRestricted: true });
    await company.askWhoIsThere();
    const states = await Promise.all(['noah', 'emma', 'tom', 'wei', 'lina', 'ada'].map(company.member));
    expect(states.map(({ status, accounts }) => [status, ...accounts])).toEqual([
      ['left', 'back'],
      ['left', 'gone'],
      ['left', 'gone'],
      ['left', 'gone'],
      ['active', 'active'],
      ['active', 'active'],
    ]);
    const gone = states.slice(1, 4).map(({ id }) => id);
    expect((await seated()).flat().filter((id) => gone.includes(id))).toEqual([]);
    expect(await company.unfinished()).toEqual([]);
    await company.settle();
    const before = company.told(ada).length;
    await company.askWhoIsThere();
    await company.settle();
    expect(company.told(ada)).toHaveLength(before);
  });

  it('reads every page of a large workspace', async () => {
    const users = company.slack.workspaces()[0]?.users ?? [];
    const person = { locale: 'en-US', tz: 'UTC', email: '' } as const;
    const crowd = Array.from({ length: 450 }, (_, n) => ({
      id: `U1${n}`,
      name: `u${n}`,
      realName: `U ${n}`,
    }));
    users.unshift(...crowd.map((one) => ({ ...person, ...one })));
    company.silently('U0PIALIND', { deleted: true });
    await company.askWhoIsThere();
    await company.settle();
    expect(await company.member('pia')).toMatchObject({ status: 'left' });
    const pages = company.slack.calls().filter(({ method }) => method === 'users.list');
    expect(pages.length).toBeGreaterThanOrEqual(3);
  });

  it('waits as long as Slack wants it to, and goes on from the same page', async () => {
    company.silently(emma, { deleted: true });
    company.slack.faults.add({ kind: '429', method: 'users.list', count: 1, retryAfter: 47 });
    await company.askWhoIsThere();
    expect(await company.member('emma')).toMatchObject({ status: 'active' });
    const waiting = (await company.unfinished()).find(({ dueInSeconds }) => dueInSeconds > 0);
    expect(waiting?.state).toBe('ready');
    expect(waiting?.dueInSeconds).toBeGreaterThan(30);
    expect(waiting?.dueInSeconds).toBeLessThanOrEqual(47);
    await company.pass(47);
    expect(await company.member('emma')).toMatchObject({ status: 'left' });
  });

  const kept = async () => {
    const before = await company.statuses();
    await company.askWhoIsThere();
    expect(await company.statuses()).toEqual(before);
    expect(Object.values(before).filter((status) => status === 'active').length).toBeGreaterThan(5);
    expect(toldAda(noAccess)).toEqual([]);
  };

  it('ends nobody’s access over an empty list', async () => {
    company.slack.workspaces()[0]?.users.splice(0);
    await kept();
  });

  it('ends nobody’s access over a page that lacks people', async () => {
    company.slack.workspaces()[0]?.users.splice(2);
    await kept();
  });

  it.each([
    ['an error', { kind: '500' }],
    ['an answer that got lost', { kind: 'lost_answer', lostAs: 'abort' }],
    ['a token that was taken back', { kind: 'revoked_token' }],
    ['too many questions', { kind: '429', retryAfter: 30 }],
  ] as const)('ends nobody’s access over %s', async (_, fault) => {
    company.slack.faults.add({ ...fault, method: 'users.list' });
    await kept();
  });

  it('ends nobody’s access where the scope is missing, and does not ask again and again', async () => {
    const workspace = company.slack.workspaces()[0];
    if (workspace) workspace.scopes = ['chat:write', 'im:write'];
    await kept();
    expect(await company.unfinished()).toEqual([]);
    expect(company.slack.calls().filter(({ method }) => method === 'users.list')).toHaveLength(1);
  });

  it('would end everybody’s if silence counted as leaving', async () => {
    const platform = company.app.platforms.get('slack');
    if (!platform) throw new Error('no Slack');
    company.app.platforms.set('slack', silenceIsLeaving(platform));
    company.slack.workspaces()[0]?.users.splice(0);
    await company.askWhoIsThere();
    const statuses = await company.statuses();
    expect(Object.entries(statuses).filter(([, status]) => status === 'active')).toEqual([
      ['Ada Young', 'active'],
    ]);
  });

  it('is asked of connected places only, every night of the organization', async () => {
    const { app } = company;
    const places = await operate(app.engine, { orgId: app.orgId, handler: 'test' }, connectedPlaces);
    expect(places.map(({ platform }) => platform)).toEqual(['slack', 'teams']);
    const [row] = await app.inOrg((tx) =>
      tx
        .select()
        .from(schedules)
        .where(and(eq(schedules.orgId, app.orgId), eq(schedules.job, askWhoIsThere.name))),
    );
    const calendar = { timeZone: 'Asia/Shanghai', workdays: [1, 2, 3, 4, 5], holidays: [] };
    expect(row?.nextRunAt).toEqual(nextDue(dailyTimer.rule, calendar, app.clock.now()).at);
  });
});
