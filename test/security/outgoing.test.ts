import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoChannels } from '../../src/features/demo-set.ts';
import { digestRuns, digests } from '../../src/features/insight/digests/tables.ts';
import { channels } from '../../src/features/org/channels/tables.ts';
import { gates } from '../../src/store/tables/outbox.ts';
import { members } from '../../src/store/tables/people.ts';
import { type Scene, startScene } from '../features/insight/alerts/support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

const placeOf = (name: string) => demoChannels.find((one) => one.name === name)?.slackChannelId;

/** Everything that stands in a channel, cards included. */
const said = (channel: string) =>
  scene
    .slack(channel)
    .map(({ card }) => card)
    .join('\n');

describe('what waited for the morning', () => {
  beforeEach(async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here won');
    scene.app.clock.set('2026-11-10T20:00:00Z');
    await scene.type('emma', 'won D-1 reason:service');
  });
  const wake = async () => {
    scene.app.clock.set('2026-11-11T07:30:00Z');
    await scene.watch();
  };

  it('is told', async () => {
    await wake();
    expect(said('sales-west')).toContain('D-1 40 pumps');
  });

  it('is not told once the channel has stopped these alerts', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts stop here');
    await wake();
    expect(said('sales-west')).toBe('');
  });

  it('is not told once whoever asked for it may no longer', async () => {
    await scene.type('ada', 'role @tom rep');
    await wake();
    expect(said('sales-west')).toBe('');
  });

  it('is not told of a deal muted meanwhile', async () => {
    await scene.inSlack('tom', 'sales-west').type('mute D-1');
    await wake();
    expect(said('sales-west')).toBe('');
  });

  it('is not told of a deal that has gone to another team meanwhile', async () => {
    const wang = await scene.app.as('wang').memberId();
    await scene.app.inOrg((tx) => tx.execute(sql`update deals set owner_id = ${wang} where number = 1`));
    await wake();
    expect(said('sales-west')).toBe('');
  });
});

describe('a deal handed to another team', () => {
  it('takes what happens to it there with it: the old team is only told that it is gone', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here pushed');
    await scene.inSlack('ada', 'deal-desk').type('alerts here pushed');
    await scene.type('emma', 'set D-1 close 2026-12-20');
    await scene.type('emma', 'set D-1 close 2026-12-27');
    expect(said('sales-west')).toContain('2nd time');
    await scene.type('ada', 'assign D-1 @wang');
    await scene.type('wang', 'set D-1 value EUR 99,999');
    await scene.type('wang', 'set D-1 close 2027-01-10');
    expect(said('sales-west')).not.toMatch(/99,999|3rd time|10 Jan/);
    expect(said('sales-west')).toContain('handed over');
    expect(said('deal-desk')).toContain('99,999');
  });
});

describe('a channel in which people of another company have come to read along', () => {
  const share = () =>
    scene.app.inOrg((tx) =>
      tx.update(channels).set({ isShared: true }).where(eq(channels.name, 'sales-west')),
    );

  it('gets no digest any more, at once or at its time, and the admins are told why', async () => {
    await scene.inSlack('tom', 'sales-west').type('digest here daily 09:00');
    await share();
    const shown = await scene.inSlack('tom', 'sales-west').type('digest now');
    expect(shown.text).toContain('Not sent: people of another company read along there.');
    scene.app.clock.set('2026-11-11T08:00:00Z');
    await scene.tick();
    expect(scene.slack('sales-west')).toEqual([]);
    const told = scene.direct('ada').filter(({ card }) => card.includes('people of another company'));
    expect(told).toHaveLength(1);
  });

  it('is known to be one once somebody says anything to us there, even what is refused', async () => {
    await scene.inSlack('tom', 'sales-west').type('digest here daily 09:00');
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    const [row] = await scene.app.inOrg((tx) =>
      tx.select().from(channels).where(eq(channels.name, 'sales-west')),
    );
    const there = { kind: 'channel', id: row?.placeId ?? '', isShared: true } as const;
    const shown = await scene.app.as('tom').in(there).type('digest here daily 10:00');
    expect(shown.text).toContain('another company');
    await scene.drain();
    await scene.type('emma', 'lost D-1 reason:price');
    scene.app.clock.set('2026-11-11T08:00:00Z');
    await scene.tick();
    expect(scene.slack('sales-west')).toEqual([]);
  });

  const shut = (name: string) => {
    const { installation } = scene.app;
    return scene.app.inOrg((tx) =>
      tx
        .update(gates)
        .set({ pausedAt: new Date(), pausedReason: 'test' })
        .where(eq(gates.key, `slack:${installation}:channel:${placeOf(name)}`)),
    );
  };

  it('is known to be one as soon as Slack says so, also to what waits for it', async () => {
    await scene.inSlack('tom', 'sales-west').type('digest here daily 09:00');
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    await scene.type('emma', 'lost D-12 reason:price');
    const before = scene.slack('sales-west');
    expect(before).toHaveLength(1);
    await shut('sales-west');
    await scene.inSlack('tom', 'sales-west').type('digest now');
    await scene.drain();
    expect(await scene.hear({ type: 'channel_shared', channel: 'sales-west' })).toBe(200);
    expect(await scene.type('ada', 'deliveries all')).toContain('people of another company read along there');
    await scene.app.as('ada').type('redrive');
    await scene.drain();
    await scene.type('emma', 'lost D-1 reason:price');
    await scene.type('emma', 'reopen D-12');
    scene.app.clock.set('2026-11-11T08:00:00Z');
    await scene.tick();
    expect(scene.slack('sales-west')).toEqual(before);
  });

  it('is one of our own again once Slack says so', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here lost');
    await scene.hear({ type: 'channel_shared', channel: 'sales-west' });
    await scene.hear({ type: 'channel_unshared', channel: 'sales-west' });
    await scene.type('emma', 'lost D-1 reason:price');
    expect(said('sales-west')).toContain('D-1 40 pumps');
    await scene.hear({ type: 'channel_shared', channel: 'sales-west' });
    await scene.type('emma', 'lost D-12 reason:price');
    expect(said('sales-west')).not.toContain('D-12');
  });

  it('sees no change of the digests from before', async () => {
    await scene.inSlack('tom', 'sales-west').type('digest now');
    await scene.inSlack('tom', 'deal-desk').type('digest now');
    await scene.drain();
    const before = scene.slack('sales-west');
    expect(before).not.toEqual([]);
    await share();
    await scene.type('emma', 'done D-4');
    expect(scene.slack('sales-west')).toEqual(before);
    expect(scene.slack('deal-desk').some(({ isEdited }) => isEdited)).toBe(true);
  });
});

describe('a digest', () => {
  it('in a direct message opens its numbers for its reader alone', async () => {
    const tom = scene.app.as('tom').in({ kind: 'direct', id: 'D1' });
    await tom.type('digest me team');
    await tom.type('digest now');
    await scene.drain();
    const runs = await scene.app.inOrg((tx) =>
      tx.select().from(digestRuns).where(eq(digestRuns.kind, 'team')),
    );
    expect(runs).toHaveLength(1);
    const run = runs[0]?.id ?? '';
    const [figure] = runs[0]?.said?.sections.flatMap(({ figures }) => figures) ?? [];
    const input = { run, figure: figure?.name };
    expect(await tom.call('digests.open', input)).toMatchObject({ figure: figure?.name });
    for (const other of ['wang', 'emma', 'ada', 'noah', 'lina']) {
      await expect(scene.app.as(other).call('digests.open', input)).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });

  it('of somebody else in a direct message cannot be previewed, told or stopped by its id', async () => {
    await scene.app.as('tom').type('digest me team');
    const [row] = await scene.app.inOrg((tx) => tx.select().from(digests).where(eq(digests.kind, 'team')));
    for (const action of ['digests.preview', 'digests.now', 'digests.stop']) {
      await expect(scene.app.as('ada').call(action, { digest: row?.id })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });

  it('asked for at once by several people is one message, and asked for again later another', async () => {
    const ask = (key: string) => scene.inSlack(key, 'sales-west').type('digest now');
    await scene.inSlack('tom', 'sales-west').type('digest here daily 09:00');
    const told = () => scene.slack('sales-west').filter(({ thread }) => thread === undefined).length;
    await Promise.all([ask('tom'), ask('tom'), ask('ada'), ask('tom')]);
    await scene.drain();
    expect(told()).toBe(1);
    scene.forward(1);
    await ask('tom');
    await scene.drain();
    expect(told()).toBe(2);
  });

  it('can be stopped where it is, however many there are elsewhere', async () => {
    for (let n = 1; n <= 42; n += 1) {
      const there = { kind: 'channel', id: `C0MANY${n}`, name: `many-${n}` } as const;
      await scene.app.as('ada').in(there).type('digest here daily 09:00');
    }
    const last = scene.app.as('ada').in({ kind: 'channel', id: 'C0MANY42', name: 'many-42' });
    expect((await last.type('digest stop here')).text).toContain('#many-42');
    const left = await scene.app.inOrg((tx) => tx.select().from(digests).where(eq(digests.kind, 'team')));
    expect(left.filter(({ stoppedAt }) => stoppedAt === null)).toHaveLength(41);
  });
});

describe('somebody who left', () => {
  it('gets nothing that was still on its way to them, and sees no change of what is there', async () => {
    await scene.type('emma', 'alerts me lost pushed');
    await scene.type('emma', 'set D-1 close 2026-12-20');
    await scene.type('emma', 'set D-1 close 2026-12-27');
    const before = scene.direct('emma');
    expect(before).toHaveLength(1);
    const { app } = scene;
    const { visitor } = app.as('emma');
    const gate = `slack:${visitor.installation}:person:${visitor.userId}`;
    await app.inOrg((tx) =>
      tx.update(gates).set({ pausedAt: new Date(), pausedReason: 'test' }).where(eq(gates.key, gate)),
    );
    await scene.type('emma', 'set D-1 close 2027-01-10');
    await scene.type('emma', 'lost D-12 reason:price');
    const emma = await app.as('emma').memberId();
    await app.inOrg((tx) => tx.update(members).set({ status: 'left' }).where(eq(members.id, emma)));
    // An alert, its edit, and that what she asked for on D-12 was overtaken.
    expect(await scene.app.as('ada').call('deliveries.redrive', { gate })).toMatchObject({ messages: 3 });
    await scene.drain();
    expect(scene.direct('emma')).toEqual(before);
  });
});
