import { beforeEach, describe, expect, it } from 'vitest';
import type { SubstituteList } from '../../../../src/features/org/approvals/desk-model.ts';
import { watchApprovals } from '../../../../src/features/org/approvals/watch.ts';
import { operate } from '../../../../src/runtime/execute.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

interface Asked {
  seats: { name: string; why: string; forName: string | null }[];
}
/** Who is asked about A-1, which waits for Tom. */
const asked = async (number = 'A-1') => {
  const { seats } = (await app.as('ada').call('approvals.show', { approval: number })) as Asked;
  return seats.map(({ name, forName }) => (forName === null ? name : `${name} for ${forName}`));
};
const known = async () => {
  const { substitutes } = (await app.as('noah').call('approvals.substitutes', {})) as SubstituteList;
  return substitutes.map(({ of, by, from, until }) => `${by.name} for ${of.name} ${from}..${until}`);
};
const watch = async () => {
  await operate(app.engine, { orgId: app.orgId, handler: 'approvals.watch' }, (ctx) =>
    watchApprovals.run(ctx, {}),
  );
  await app.drainOutbox();
};

describe('a substitute', () => {
  it('is asked at once about what waits, and says in whose place', async () => {
    expect(await asked()).toEqual(['Tom Becker']);
    const shown = await app.as('tom').type('substitute @chen today');
    expect(shown.text).toContain('Chen Jing decides for Tom Becker');
    await app.drainOutbox();
    expect(await asked()).toEqual(['Tom Becker', 'Chen Jing for Tom Becker']);
    expect((await app.as('chen').type('审批')).text).toContain('A-1');
    expect((await app.as('ada').press({ a: 'approvals.show', i: { approval: 'A-1' } })).text).toContain(
      'Chen Jing (for Tom Becker)',
    );
  });

  it('may decide, and nobody else by that', async () => {
    await app.as('tom').type('substitute @chen today');
    await app.drainOutbox();
    expect((await app.as('lina').type('同意 A-1')).text).toContain('Tom Becker');
    await app.as('chen').type('同意 A-1');
    const view = (await app.as('ada').call('approvals.show', { approval: 'A-1' })) as { status: string };
    expect(view.status).toBe('approved');
  });

  it('is no longer asked when it is ended, and asked again by undo', async () => {
    await app.as('tom').type('substitute @chen today');
    await app.drainOutbox();
    expect((await app.as('tom').type('substitute off')).text).toContain('Nobody stands in for Tom Becker');
    await app.drainOutbox();
    expect(await asked()).toEqual(['Tom Becker']);
    expect((await app.as('chen').type('同意 A-1')).text).toContain('Tom Becker');
    await app.as('tom').type('undo');
    await app.drainOutbox();
    expect(await asked()).toEqual(['Tom Becker', 'Chen Jing for Tom Becker']);
  });

  it('begins and ends by itself', async () => {
    await app.as('tom').type('substitute @chen 2026-11-11..2026-11-12');
    await app.drainOutbox();
    expect(await asked()).toEqual(['Tom Becker']);
    // By then it takes long, and others are called in as well.
    app.clock.set('2026-11-10T16:10:00Z');
    await watch();
    expect(await asked()).toContain('Chen Jing for Tom Becker');
    app.clock.set('2026-11-12T16:10:00Z');
    await watch();
    expect(await asked()).toContain('Tom Becker');
    expect(await asked()).not.toContain('Chen Jing for Tom Becker');
    expect(await known()).toEqual([]);
  });

  it('of somebody is set by an admin, and by nobody else', async () => {
    expect((await app.as('tom').type('substitute @chen today for:@lina')).text).toContain('Ada Young can');
    expect((await app.as('ada').type('substitute @chen today for:@lina')).text).toContain(
      'Chen Jing decides for Li Na',
    );
    expect((await app.as('lina').type('审批代理')).buttons.map(({ label }) => label)).toEqual(['结束']);
    const list = await app.as('ada').type('substitute');
    expect((await app.as('ada').press(list.button('End'))).text).toContain('Nobody stands in for Li Na');
  });

  it('is a manager or of finance, and somebody else than the one away', async () => {
    const rep = await app.as('tom').type('substitute @emma today');
    expect(rep.text).toContain('Emma Clark decides nothing');
    expect(rep.text).toContain('Chen Jing');
    expect((await app.as('tom').type('substitute me today')).text).toContain(
      'Nobody stands in for themselves',
    );
    expect((await app.as('emma').type('substitute @chen today')).text).toContain(
      'Emma Clark decides nothing',
    );
    expect(await known()).toEqual([]);
  });

  it('is one at a time, there themselves, and never in a circle', async () => {
    await app.as('tom').type('substitute @chen 2026-12-01..2026-12-10');
    const twice = await app.as('tom').type('substitute @lina 2026-12-10..2026-12-12');
    expect(twice.text).toContain('Chen Jing already decides for Tom Becker');
    expect(twice.text).toContain('substitute off');
    const circle = await app.as('chen').type('审批代理 @tom 2026-12-05');
    expect(circle.text).toContain('形成循环');
    const away = await app.as('lina').type('审批代理 @tom 2026-12-05..2026-12-06');
    expect(away.text).toContain('由 Chen Jing 代理');
    await app.as('lina').type('审批代理 @tom 2026-12-11');
    expect(await known()).toEqual([
      'Chen Jing for Tom Becker 2026-12-01..2026-12-10',
      'Tom Becker for Li Na 2026-12-11..2026-12-11',
    ]);
  });

  it('for days that are over is refused; without days it is asked for', async () => {
    expect((await app.as('tom').type('substitute @chen 2026-11-01..2026-11-02')).text).toContain('is over');
    const form = await app.as('tom').type('substitute @chen');
    expect(form.kind).toBe('form');
  });

  it('who has a hand in a request is not asked about it', async () => {
    await app.as('chen').type('审批代理 @tom 今天');
    await app.as('tom').type('discount D-11 30% -- last chance');
    await app.drainOutbox();
    const { asked: own } = (await app.as('tom').call('approvals.list', {})) as {
      asked: { number: string; seats: { name: string }[] }[];
    };
    expect(own.length).toBeGreaterThan(0);
    for (const { seats } of own) expect(seats.map(({ name }) => name)).not.toContain('Tom Becker');
  });
});
