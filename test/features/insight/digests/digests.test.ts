import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { keepSchedules } from '../../../../src/features/insight/digests/schedule.ts';
import { digestRuns, digests } from '../../../../src/features/insight/digests/tables.ts';
import { channels } from '../../../../src/features/org/channels/tables.ts';
import { organizations } from '../../../../src/store/tables/organizations.ts';
import { schedules } from '../../../../src/store/tables/schedules.ts';
import { type DigestApp, digestApp, direct, east, teamsEast, west } from './support.ts';

let app: DigestApp;
beforeEach(async () => {
  app = await digestApp();
});

const runs = (kind: 'team' | 'morning') =>
  app.inOrg((tx) =>
    tx
      .select({ on: digestRuns.on, skipped: digestRuns.skipped, isLate: digestRuns.isLate })
      .from(digestRuns)
      .where(and(eq(digestRuns.orgId, app.orgId), eq(digestRuns.kind, kind)))
      .orderBy(digestRuns.on),
  );

describe('a digest that is set up in a channel', () => {
  it('comes the next working morning in the channel’s own time, once, on both platforms', async () => {
    const shown = await app.as('lina').in(east).type('digest here daily 09:00 group:East');
    expect(shown.text).toContain('#sales-east的团队简报：每个工作日 09:00');
    expect(shown.text).toContain('首次：11月11日周三 09:00');
    await app.onTeams('tom').in(teamsEast).type('digest here daily 09:00 group:West');
    await app.until('2026-11-11T00:59:00Z');
    expect(app.in('C0EAST')).toHaveLength(0);
    await app.until('2026-11-11T12:00:00Z');
    const [inSlack, ...moreInSlack] = app.in('C0EAST');
    const [inTeams, ...moreInTeams] = app.in(teamsEast.id);
    expect([moreInSlack.length, moreInTeams.length]).toEqual([0, 0]);
    expect(inSlack?.text).toContain('East · 截至 11月11日周三 09:00');
    expect(inTeams?.text).toContain('West · as of Wed 11 Nov, 09:00');
    expect(inSlack?.text).not.toContain('Emma');
    expect(inTeams?.text).not.toContain('Wei');
  });

  it('stands in one thread with what it has no room for', async () => {
    await app.as('lina').in(east).type('digest here');
    await app.until('2026-11-11T01:00:00Z');
    const [post] = app.in('C0EAST');
    const below = app.seen.filter(({ thread }) => thread === post?.id);
    expect(below).toHaveLength(1);
    expect(below[0]?.text).toContain('各销售阶段的商机');
  });

  it('says how the gap of the month stood the last time, of the same team and where it has changed', async () => {
    const tom = app.as('tom').in(west);
    await tom.type('digest here daily 09:00 group:West');
    const monthOf = (at: number) =>
      app
        .in('C0WEST')
        .at(at)
        ?.text.match(/target EUR.*/)?.[0] ?? '';
    await app.until('2026-11-11T12:00:00Z');
    const first = monthOf(-1);
    expect(first).toMatch(/gap EUR [\d,]+$/);
    await app.until('2026-11-12T12:00:00Z');
    expect(monthOf(-1)).toBe(first);
    const made = await tom.type('deal "Acme Hydraulics" "Winches" EUR 50k close:20nov');
    const number = /D-\d+/.exec(made.text)?.[0] ?? '';
    await tom.type(`won ${number} EUR 50k reason:service`);
    await app.until('2026-11-13T12:00:00Z');
    const before = /gap (EUR [\d,]+)$/.exec(first)?.[1] ?? '';
    expect(monthOf(-1)).toMatch(new RegExp(`gap EUR [\\d,]+ \\(was ${before}\\)$`));
    expect(monthOf(-1)).not.toContain(`gap ${before} `);
    // Another team’s gap is no change of this one’s; everybody’s is larger by what East has to sell in EUR.
    await app.as('ada').type('target @wei.zhang nov EUR 20k');
    await app.as('ada').in(west).type('digest here daily 09:00');
    await app.until('2026-11-16T12:00:00Z');
    expect(monthOf(-1)).toMatch(/gap EUR/);
    expect(monthOf(-1)).not.toContain('was');
  });

  it('skips days off and holidays', async () => {
    await app.as('lina').in(east).type('digest here daily 09:00');
    await app.inOrg((tx) =>
      tx
        .update(organizations)
        .set({ holidays: ['2026-11-11'] })
        .where(eq(organizations.orgId, app.orgId)),
    );
    await app.until('2026-11-13T02:00:00Z');
    const days = (await runs('team')).map(({ on }) => on);
    expect(days).toEqual(['2026-11-12', '2026-11-13']);
  });

  it('set again is changed, not a second one', async () => {
    await app.as('lina').in(east).type('digest here daily 09:00 group:East');
    const again = await app.as('lina').in(east).type('digest here daily 10:00 group:East');
    expect(again.text).toContain('原来：每个工作日 09:00');
    const same = await app.as('lina').in(east).type('digest here daily 10:00 group:East');
    expect(same.text).toContain('本来就是这样');
    await app.until('2026-11-11T03:00:00Z');
    expect(app.in('C0EAST').map(({ text }) => text.split('\n')[0])).toEqual([
      'East · 截至 11月11日周三 10:00',
    ]);
  });

  it('is not for reps to set up, who read who can and may have their own', async () => {
    const refused = await app.as('emma').in(west).type('digest here daily 09:00');
    expect(refused.text).toContain('Tom Becker');
    const own = await app.as('emma').press(refused.button('For me'));
    expect(own.text).toContain('Morning list for you');
  });

  it('tells no more than its setter may see', async () => {
    const refused = await app.as('tom').in(east).type('digest here daily 09:00 group:East');
    expect(refused.text).toContain('You may not see the deals of East');
    await app.as('tom').in(east).type('digest here daily 09:00');
    await app.until('2026-11-11T12:00:00Z');
    expect(app.in('C0EAST')[0]?.text).toContain('West · ');
    expect(app.in('C0EAST')[0]?.text).not.toContain('Wei');
  });

  it('never comes where another company reads along', async () => {
    await app.inOrg((tx) =>
      tx.update(channels).set({ isShared: true }).where(eq(channels.placeId, 'C0EAST')),
    );
    const refused = await app.as('lina').in(east).type('digest here daily 09:00');
    expect(refused.text).toContain('与其他公司共享');
    expect(await app.inOrg((tx) => tx.select().from(digests).where(eq(digests.kind, 'team')))).toEqual([]);
  });

  it('comes between 05:00 and 22:00; the nearest time is one press away', async () => {
    const refused = await app.as('tom').in(west).type('digest here daily 04:59');
    expect(refused.text).toContain('between 05:00 and 22:00');
    const set = await app.as('tom').in(west).press(refused.button('At 05:00'));
    expect(set.text).toContain('on working days at 05:00');
  });

  it('typed in a direct message asks for the channel', async () => {
    const asked = await app.as('tom').in(direct).type('digest here daily 09:00');
    expect(asked.text).toContain('Which channel');
    const set = await app
      .as('tom')
      .in(direct)
      .press(asked.button(/sales-west/));
    expect(set.text).toContain('Team digest for #sales-west');
  });

  it('that was stopped comes no more; undone, it comes again', async () => {
    await app.as('lina').in(east).type('digest here daily 09:00');
    const stopped = await app.as('lina').in(east).type('digest stop here');
    expect(stopped.text).toContain('已停止');
    await app.until('2026-11-11T02:00:00Z');
    expect(app.in('C0EAST')).toHaveLength(0);
    const again = await app.as('lina').in(east).type('digest here daily 09:00');
    await app.as('lina').in(east).press(again.button('撤销'));
    await app.asJob(keepSchedules);
    await app.until('2026-11-12T02:00:00Z');
    expect(app.in('C0EAST')).toHaveLength(0);
  });

  it('is struck through no more where it was stopped; one asked for later is', async () => {
    await app.as('tom').in(west).type('digest here daily 09:00');
    await app.as('tom').in(west).type('digest now');
    await app.drainOutbox();
    const [left] = app.in('C0WEST');
    expect(left?.text).toContain('A-1 ');
    await app.as('tom').in(west).type('digest stop here');
    await app.as('tom').type('approve A-1');
    await app.drainOutbox();
    expect(app.in('C0WEST')).toEqual([left]);
    app.clock.set('2026-11-10T13:00:00Z');
    await app.as('tom').in(west).type('digest now team');
    await app.drainOutbox();
    await app.as('emma').type('done D-4');
    await app.drainOutbox();
    expect(app.in('C0WEST').map(({ edits }) => edits)).toEqual([0, 1]);
  });

  it('is struck through no more where another company reads along by now', async () => {
    await app.as('lina').in(east).type('digest now team');
    await app.drainOutbox();
    const [left] = app.in('C0EAST');
    expect(left?.text).toContain('A-4 ');
    await app.inOrg((tx) =>
      tx
        .update(channels)
        .set({ isShared: true })
        .where(and(eq(channels.orgId, app.orgId), eq(channels.placeId, 'C0EAST'))),
    );
    await app.as('lina').type('approve A-4');
    await app.drainOutbox();
    expect(app.in('C0EAST')).toEqual([left]);
  });

  it('pauses when its setter may not any more; the admins are told once', async () => {
    await app.as('tom').in(west).type('digest here daily 09:00');
    await app.as('ada').type('role @tom rep');
    app.seen.length = 0;
    await app.until('2026-11-12T12:00:00Z');
    expect(app.in('C0WEST')).toHaveLength(0);
    const told = app.seen.filter(({ text }) => text.includes('The digest of #sales-west is paused'));
    expect(told.map(({ platform }) => platform).sort()).toEqual(['slack', 'teams']);
    expect((await app.as('ada').type('digest')).text).toContain('paused: who set it up');
  });

  it('is skipped while its channel is muted', async () => {
    await app.as('lina').in(east).type('digest here daily 09:00');
    await app.as('lina').in(east).type('mute here');
    await app.until('2026-11-11T02:00:00Z');
    expect(app.in('C0EAST')).toHaveLength(0);
    expect(await runs('team')).toEqual([{ on: '2026-11-11', skipped: 'muted', isLate: false }]);
  });

  it('with nothing to say is skipped', async () => {
    await app.as('ada').type('role @chen manager');
    const set = await app.as('chen').in(direct).type('digest me team daily 09:00');
    expect(set.text).toContain('团队简报');
    const sent = await app.as('chen').in(direct).type('digest now me team');
    expect(sent.text).toContain('没有内容，未发送');
    await app.until('2026-11-11T02:00:00Z');
    expect(await runs('team')).toEqual([{ on: '2026-11-11', skipped: 'empty', isLate: false }]);
  });
});

describe('after an outage', () => {
  beforeEach(async () => {
    await app.as('lina').in(east).type('digest here daily 09:00');
  });
  const told = () => app.in('C0EAST').map(({ text }) => text);

  it('of an hour it comes late and says so', async () => {
    await app.jump('2026-11-11T02:00:00Z');
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain('（迟到）');
  });

  it('of five hours it is left out; the next one says since when changes are told', async () => {
    await app.until('2026-11-11T01:00:00Z');
    await app.jump('2026-11-12T06:00:00Z');
    expect(told()).toHaveLength(1);
    await app.until('2026-11-13T01:00:00Z');
    expect(told()).toHaveLength(2);
    expect(told()[1]).toContain('变化自 11月11日周三 09:00 起');
  });
});

describe('a morning list', () => {
  it('comes to everybody who sells or manages at 08:45 of their own time, once, on each of their platforms', async () => {
    await app.until('2026-11-11T12:00:00Z');
    const counts = new Map<string, number>();
    for (const { to, text } of app.seen) {
      // What waits for somebody's approval is told them besides.
      expect(text).toMatch(/Good morning|早上好|A-\d/);
      if (!/Good morning|早上好/.test(text)) continue;
      counts.set(to, (counts.get(to) ?? 0) + 1);
    }
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
    for (const user of ['U0EMMACLARK', 'U0WEIZHANG', 'U0WANGLEI']) expect(counts.get(user), user).toBe(1);
    const [emma] = app.in('U0EMMACLARK');
    expect(emma?.text).not.toContain('Wei');
    const due = await app.inOrg((tx) =>
      tx.select({ at: schedules.nextRunAt }).from(schedules).where(eq(schedules.scope, 'morning')),
    );
    expect(new Set(due.map(({ at }) => at.toISOString().slice(11, 16)))).toEqual(
      new Set(['00:45', '07:45', '08:45']),
    );
  });

  it('that was stopped comes no more, also to who never had it yet', async () => {
    expect((await app.as('emma').in(direct).type('digest stop me')).text).toContain('stopped');
    await app.asJob(keepSchedules);
    await app.until('2026-11-11T12:00:00Z');
    expect(app.in('U0EMMACLARK')).toHaveLength(0);
    expect(app.in('U0WEIZHANG')).toHaveLength(1);
  });

  it('can be had at another time', async () => {
    await app.as('emma').in(direct).type('digest me 10:00');
    await app.until('2026-11-11T09:59:00Z');
    expect(app.in('U0EMMACLARK')).toHaveLength(0);
    await app.until('2026-11-11T10:00:00Z');
    expect(app.in('U0EMMACLARK')).toHaveLength(1);
  });

  it('has its rows struck through where they stand as they are done', async () => {
    await app.until('2026-11-11T09:00:00Z');
    const [before] = app.in('U0EMMACLARK');
    await app
      .as('emma')
      .in(direct)
      .press(before?.button('Done') ?? { a: '', i: {} });
    await app.drainOutbox();
    const after = app.in('U0EMMACLARK');
    expect(after).toHaveLength(1);
    expect(after[0]?.edits).toBe(1);
    expect(after[0]?.text).toContain('✓ 🔴 D-4 Pilot line');
    const teams = app.seen.find(
      ({ platform, text }) => platform === 'teams' && text.includes('Emma Clark —'),
    );
    expect(teams?.text).toContain('✓ 🔴 D-4 Pilot line');
  });

  it('has requests and quotes struck through once they are decided or extended', async () => {
    await app.until('2026-11-11T09:00:00Z');
    const morning = () => app.in('U0EMMACLARK').find(({ text }) => text.includes('Good morning'));
    expect(morning()?.text).toMatch(/⏳ A-1 /);
    await app.as('tom').type('approve A-1');
    await app.drainOutbox();
    expect(morning()?.text).toMatch(/✓ ⏳ A-1 /);
    expect(morning()?.text).not.toMatch(/✓ ⌛/);
    await app
      .as('emma')
      .in(direct)
      .press(morning()?.button('Extend 30 d') ?? { a: '', i: {} });
    await app.drainOutbox();
    expect(morning()?.text).toMatch(/✓ ⌛ Q-2 /);
  });
});
