import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Scene, startScene } from '../features/insight/alerts/support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

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
