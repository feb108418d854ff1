import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Scene, startScene } from './support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

const told = (channel: string, part: string) =>
  scene.slack(channel).filter(({ text }) => text.includes(part));
const emma = 'U0EMMACLARK';

describe('alerts that were stopped in a channel', () => {
  it('are followed no further where they were told; that they are over is said, and nobody is called', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here quotes');
    await scene.inSlack('ada', 'deal-desk').type('alerts here quotes');
    await scene.watch();
    const [before] = told('sales-west', 'Q-2');
    expect(before?.card).toContain(emma);
    const { text } = await scene.inSlack('tom', 'sales-west').type('alerts stop here');
    expect(text).toContain('What stands there is marked once it is over');
    await scene.type('emma', 'quote-extend Q-2 2026-11-13');
    expect(told('sales-west', 'Q-2')).toEqual([before]);
    const [desk] = told('deal-desk', 'Q-2');
    expect(desk?.text).toContain('valid until 13 Nov 2026');
    expect(desk?.card).toContain(emma);
    await scene.type('emma', 'quote-extend Q-2 2026-12-31');
    const [after] = told('sales-west', 'Q-2');
    expect(after).toMatchObject({ id: before?.id, isEdited: true });
    expect(after?.text).toMatch(/Emma Clark · ✅ done/);
    expect(after?.card).not.toContain(emma);
  });

  it('call again once they are wanted again', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here quotes');
    await scene.watch();
    await scene.inSlack('tom', 'sales-west').type('alerts stop here');
    await scene.inSlack('tom', 'sales-west').type('alerts here quotes');
    await scene.type('emma', 'quote-extend Q-2 2026-11-13');
    expect(told('sales-west', 'Q-2')[0]).toMatchObject({ isEdited: true });
    expect(told('sales-west', 'Q-2')[0]?.card).toContain(emma);
  });

  it('are followed no further either while whoever set them up may no longer', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here quotes');
    await scene.watch();
    const before = told('sales-west', 'Q-2');
    await scene.type('ada', 'role @tom rep');
    await scene.type('emma', 'quote-extend Q-2 2026-11-13');
    expect(before).toHaveLength(1);
    expect(told('sales-west', 'Q-2')).toEqual(before);
  });

  it('change no more, not even at their end, where another company reads along', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here quotes');
    await scene.watch();
    const before = told('sales-west', 'Q-2');
    expect(before).toHaveLength(1);
    await scene.hear({ type: 'channel_shared', channel: 'sales-west' });
    await scene.type('emma', 'quote-extend Q-2 2026-11-13');
    await scene.type('emma', 'quote-extend Q-2 2026-12-31');
    expect(told('sales-west', 'Q-2')).toEqual(before);
  });

  it('end where they were told though nobody looks for that kind any more, and begin nowhere', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here overdue');
    await scene.type('emma', 'next D-12 2026-11-12 call them');
    await scene.type('emma', 'next D-4 2026-11-20 ask');
    scene.app.clock.set('2026-11-13T09:00:00Z');
    await scene.watch();
    expect(told('sales-west', 'D-12')).toHaveLength(1);
    await scene.inSlack('tom', 'sales-west').type('alerts stop here');
    const standing = scene.slack('sales-west').length;
    await scene.type('emma', 'done D-12');
    scene.app.clock.set('2026-11-24T09:00:00Z');
    await scene.watch();
    expect(told('sales-west', 'D-12')[0]?.text).toContain('✅ done');
    expect(scene.slack('sales-west')).toHaveLength(standing);
    expect(told('sales-west', 'D-4')).toEqual([]);
  });
});
