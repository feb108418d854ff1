import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approvals } from '../../../../src/features/org/approvals/tables.ts';
import { type Scene, startScene } from './support.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

const told = (channel: string, part: string) =>
  scene.slack(channel).filter(({ text }) => text.includes(part));

describe('a request nobody answers', () => {
  /** The answer to A-1 was promised by then. */
  const promised = (at: string) =>
    scene.app.inOrg((tx) =>
      tx
        .update(approvals)
        .set({ answerBy: new Date(at) })
        .where(and(eq(approvals.orgId, scene.app.orgId), eq(approvals.number, 1))),
    );

  it('is told once the promised time is over, calling whoever decides, and edited when decided', async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here approvals');
    await promised('2026-11-10T12:00:00Z');
    scene.app.clock.set('2026-11-10T12:00:00Z');
    await scene.watch();
    expect(told('sales-west', 'A-1')).toEqual([]);
    scene.forward(30);
    await scene.watch();
    await scene.watch();
    const [seen, ...more] = told('sales-west', 'A-1');
    expect(more).toEqual([]);
    expect(seen?.text).toMatch(
      /^🟡 Waits for an answer: A-1 15\s?% off .*D-12 .* · Emma Clark asked · answer was due/,
    );
    expect(seen?.card).toContain('U0TOMBECKER');
    await scene.type('tom', 'approve A-1');
    const after = told('sales-west', 'A-1');
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ id: seen?.id, isEdited: true });
    expect(after[0]?.text).toContain('✅ answered');
    expect(after[0]?.card).not.toContain('U0TOMBECKER');
  });

  it('is not told where the deal is nobody’s of theirs, and says so when it was taken back', async () => {
    await scene.inSlack('lina', 'sales-east').type('提醒 这里 审批');
    await scene.inSlack('tom', 'sales-west').type('alerts here approvals');
    await promised('2026-11-10T09:30:00Z');
    scene.forward(31);
    await scene.watch();
    expect(told('sales-east', 'A-1')).toEqual([]);
    expect(told('sales-west', 'A-1')).toHaveLength(1);
    await scene.type('emma', 'withdraw A-1');
    expect(told('sales-west', 'A-1')[0]?.text).toContain('taken back');
  });
});

describe('a quote about to expire', () => {
  beforeEach(async () => {
    await scene.inSlack('tom', 'sales-west').type('alerts here quotes');
    await scene.watch();
  });

  it('is told once with its owner called, and done when it is extended', async () => {
    await scene.watch();
    const [seen, ...more] = told('sales-west', 'Q-2');
    expect(more).toEqual([]);
    expect(seen?.text).toMatch(/^⌛ Expires soon: D-1 40 pumps · Acme .* · EUR 80,000 · Q-2 valid until/);
    expect(seen?.card).toContain('U0EMMACLARK');
    expect(seen?.card).toContain('Extend 30 d');
    expect(scene.slack('sales-west').filter(({ text }) => text.includes('Q-4'))).toEqual([]);
    await scene.type('emma', 'quote-extend Q-2 30d');
    expect(told('sales-west', 'Q-2')[0]).toMatchObject({ id: seen?.id, isEdited: true });
    expect(told('sales-west', 'Q-2')[0]?.text).toContain('✅ done');
  });

  it('says that it has expired when nobody did anything', async () => {
    scene.app.clock.set('2026-11-13T09:00:00Z');
    await scene.watch();
    const seen = told('sales-west', 'Q-2');
    expect(seen).toHaveLength(1);
    expect(seen[0]?.text).toContain('expired');
  });
});
