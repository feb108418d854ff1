import { beforeEach, describe, expect, test } from 'vitest';
import { approvalStuck } from '../../../../src/features/org/approvals/notifications.ts';
import type { PolicyStep } from '../../../../src/features/org/approvals/policy.ts';
import { tellChanges } from '../../../../src/features/org/approvals/tell.ts';
import { type TestApp, testApp } from '../../../support/app.ts';
import { asking } from './asking.ts';
import { withWaivers } from './waivers.ts';

let app: TestApp;
let at: ReturnType<typeof asking>;

beforeEach(async () => {
  app = await testApp({ features: withWaivers() });
  at = asking(app);
});

const manager = { who: 'manager' } as const;
const finance = { who: 'role', role: 'finance' } as const;
const wanting = (...steps: PolicyStep[]) => at.setPolicy({ rules: [{ when: {}, steps }], always: [] });

describe('a step of which one yes is enough', () => {
  test('is done with one, and the request granted', async () => {
    await wanting({ need: 'any', parts: [manager, finance] });
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    expect((await app.as('chen').type(`approve ${number}`)).text).toContain('已同意');
    expect(await at.row(number)).toMatchObject({
      status: 'approved',
      decidedById: await app.as('chen').memberId(),
    });
  });

  test('goes on to the next, and nobody of it is asked any more', async () => {
    await wanting(
      { need: 'any', parts: [manager, finance] },
      { need: 'any', parts: [{ who: 'role', role: 'manager' }] },
    );
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    await app.as('chen').type(`approve ${number}`);
    expect((await app.as('lina').type('approvals')).text).toContain(number);
    const shown = await app.as('emma').press({ a: 'approvals.show', i: { approval: number } });
    expect(shown.text).not.toContain('then');
    await app.as('lina').type(`approve ${number}`);
    expect((await at.row(number)).status).toBe('approved');
  });

  test('is asked for as long as somebody could say it', async () => {
    await at.giveRoles(app.as('chen'), ['rep']);
    await wanting({ need: 'any', parts: [manager, finance] });
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    await app.as('tom').type(`approve ${number}`);
    expect((await at.row(number)).status).toBe('approved');
  });
});

describe('with a limit of managers', () => {
  const limits = [{ role: 'manager' as const, percentUpTo: 1000 }];

  test('whoever may grant more is asked after them, and below it nobody', async () => {
    await at.setPolicy({ rules: [{ when: {}, steps: [{ need: 'any', parts: [manager] }] }], limits });
    const small = await at.ask(app.as('emma'), 'D-1', 1000);
    await app.as('tom').type(`approve ${small}`);
    expect((await at.row(small)).status).toBe('approved');
    const large = await at.ask(app.as('emma'), 'D-12', 1001);
    await app.as('tom').type(`approve ${large}`);
    expect((await at.row(large)).status).toBe('pending');
    await app.as('chen').type(`approve ${large}`);
    expect((await at.row(large)).status).toBe('approved');
  });

  test('of all who have to agree it is enough that one may grant so much, whoever comes last', async () => {
    await at.setPolicy({
      rules: [{ when: {}, steps: [{ need: 'all', parts: [manager, finance] }] }],
      limits,
    });
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    await app.as('chen').type(`approve ${number}`);
    await app.as('tom').type(`approve ${number}`);
    expect((await at.row(number)).status).toBe('approved');
  });

  test('of several of whom one is enough, only one who may grant so much is', async () => {
    await at.setPolicy({
      rules: [{ when: {}, steps: [{ need: 'any', parts: [manager, finance] }] }],
      limits,
    });
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    expect((await app.as('tom').type(`approve ${number}`)).text).toContain('more than anybody who agreed');
    await app.as('chen').type(`approve ${number}`);
    expect((await at.row(number)).status).toBe('approved');
  });

  test('and of Finance, what is more than anybody may grant is not even asked', async () => {
    await at.setPolicy({ limits: [...limits, { role: 'finance' as const, percentUpTo: 1200 }] });
    await expect(at.ask(app.as('emma'), 'D-1', 1300)).rejects.toMatchObject({ code: 'rule' });
    const number = await at.ask(app.as('emma'), 'D-1', 1200);
    expect((await at.row(number)).status).toBe('pending');
  });
});

describe('what nobody may grant any more', () => {
  const stuck = async () => (await at.queued('approvals.stuck')).map(({ payload }) => payload);
  const limit = (role: 'manager' | 'finance', percent: number) =>
    app.as('ada').call('approvals.set-limit', { kind: 'waiver', role, percent });

  test('because of limits set meanwhile is told to the admins, with what to do', async () => {
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    await limit('manager', 1000);
    await app.drainOutbox();
    expect(await stuck()).toEqual([]);
    await limit('finance', 1200);
    await app.drainOutbox();
    expect(await stuck()).toMatchObject([{ view: { number }, why: 'limits' }]);
    const [told] = (await stuck()) as Parameters<typeof approvalStuck.render>[0][];
    const { blocks } = approvalStuck.render(told as never, {} as never);
    expect(JSON.stringify(blocks)).toContain('policy-limit');
    await at.watch();
    expect(await stuck()).toMatchObject([{ why: 'limits' }]);
  });

  test('because whoever might has another role now is told before anybody has agreed', async () => {
    await at.setPolicy({
      rules: [{ when: {}, steps: [{ need: 'any', parts: [manager] }] }],
      limits: [{ role: 'manager', percentUpTo: 1000 }],
    });
    await at.ask(app.as('emma'), 'D-1', 1500);
    await app.drainOutbox();
    expect(await stuck()).toEqual([]);
    await app.as('ada').call('members.role', { person: '@chen.jing', roles: ['rep'] });
    await app.drainOutbox();
    expect(await stuck()).toMatchObject([{ why: 'limits' }]);
  });

  test('is told of no request that somebody who agreed may grant', async () => {
    await at.setPolicy({
      rules: [
        {
          when: {},
          steps: [
            { need: 'all', parts: [finance] },
            { need: 'all', parts: [manager] },
          ],
        },
      ],
      limits: [{ role: 'manager', percentUpTo: 1000 }],
    });
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    await app.as('chen').type(`approve ${number}`);
    await app.drainOutbox();
    await at.watch();
    expect(await stuck()).toEqual([]);
    await app.as('tom').type(`approve ${number}`);
    expect((await at.row(number)).status).toBe('approved');
  });
});

test('whoever is asked after others, and a desk made meanwhile, get the card that others have', async () => {
  const told = async (number: string) => {
    const rows = await at.queued('approvals.asked');
    const cards = rows
      .filter(({ op }) => op === 'send')
      .map(({ payload }) => payload as { view: { number: string }; places: unknown[] });
    return JSON.stringify(cards.filter(({ view }) => view.number === number).map(({ places }) => places));
  };
  const [tom, chen] = [await app.as('tom').memberId(), await app.as('chen').memberId()];
  const number = await at.ask(app.as('emma'), 'D-1', 2500);
  await app.drainOutbox();
  expect(await told(number)).toContain(tom);
  expect(await told(number)).not.toContain(chen);
  const desk = { kind: 'channel', id: 'C0DEALDESK', name: 'deal-desk' } as const;
  await app.as('ada').in(desk).type('deal-desk here');
  expect(await told(number)).toContain('C0DEALDESK');
  await app.as('tom').type(`approve ${number}`);
  await app.drainOutbox();
  expect(await told(number)).toContain(chen);
});

test('the second click of a double click does not agree to the next step as well', async () => {
  await at.giveRoles(app.as('tom'), ['manager', 'finance']);
  await wanting({ need: 'all', parts: [manager] }, { need: 'all', parts: [finance] });
  const number = await at.ask(app.as('emma'), 'D-1', 1500);
  const click = { a: 'approvals.approve', i: { approval: number, terms: 1 } };
  await app.as('tom').press(click);
  expect((await app.as('tom').press(click)).text).toContain('have changed');
  expect((await at.row(number)).status).toBe('pending');
  expect((await app.as('tom').type(`approve ${number}`)).text).toContain('Approved');
});

test('of a step that needs all, a part nobody can do is told to the admins while others are asked', async () => {
  await wanting({ need: 'all', parts: [manager, finance] });
  await at.ask(app.as('emma'), 'D-1', 1500);
  await app.drainOutbox();
  expect(await at.queued('approvals.stuck')).toHaveLength(0);
  await app.as('ada').call('members.role', { person: '@chen.jing', roles: ['rep'] });
  await app.drainOutbox();
  expect(await at.queued('approvals.stuck')).not.toHaveLength(0);
});

test('a manager who was called in and lost the role is asked no more', async () => {
  const number = await at.ask(app.as('emma'), 'D-1', 1500);
  app.clock.forward(8 * 3_600_000);
  await at.watch();
  const [step] = await at.steps(number);
  const called = step?.seats.find(({ why }) => why === 'escalated');
  expect(called?.memberId).toBe(await app.as('ada').memberId());
  await at.giveRoles(app.as('ada'), ['admin', 'finance']);
  expect((await app.as('ada').type(`approve ${number}`)).text).toContain('not yours to decide');
  await at.watch();
  expect((await at.steps(number))[0]?.seats.map(({ memberId }) => memberId)).toEqual([
    await app.as('tom').memberId(),
  ]);
});

test('after the last day of an answer a yes grants nothing, whether or not the watch has been there', async () => {
  const number = await at.ask(app.as('emma'), 'D-1', 1500);
  app.clock.set(new Date((await at.row(number)).expiresAt.getTime()));
  expect((await app.as('tom').type(`approve ${number}`)).text).toContain('expired');
  expect(await at.row(number)).toMatchObject({ status: 'expired', decidedById: null });
  expect((await app.as('emma').type('show D-1')).text).not.toContain(`${number} 1500`);
});

describe('a request whose terms have changed', () => {
  test('ends with the next click, and whoever clicked has decided nothing', async () => {
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    await app.as('emma').type('set D-1 amount 90k EUR');
    const shown = await app.as('tom').type(`approve ${number}`);
    expect(shown.text).toContain('Overtaken');
    expect(await at.row(number)).toMatchObject({ status: 'superseded', decidedById: null });
    expect((await app.as('tom').type(`approve ${number}`)).text).not.toContain('Tom Becker');
  });

  test('shows nothing to somebody who was never asked', async () => {
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    await app.as('emma').type('set D-1 amount 90k EUR');
    for (const line of [`withdraw ${number}`, `ask ${number} what is it?`]) {
      const shown = await app.as('wei').type(line);
      expect(shown.text).toMatch(/^⛔.*Emma Clark/);
      expect(shown.text).not.toContain('D-1');
    }
  });
});

describe('the log', () => {
  test('says how much was offered instead', async () => {
    const number = await at.ask(app.as('emma'), 'D-1', 1500);
    await app.as('tom').type(`approve ${number} 12%`);
    const shown = await app.as('emma').press({ a: 'approvals.show', i: { approval: number } });
    expect(shown.text).toContain('Tom Becker agreed to 12% instead');
  });

  test('says that finance agreed to what a manager offered', async () => {
    const number = await at.ask(app.as('emma'), 'D-1', 2500);
    await app.as('tom').type(`approve ${number} 22%`);
    await app.as('chen').type(`approve ${number}`);
    expect(await at.row(number)).toMatchObject({ status: 'countered', terms: { percentBasisPoints: 2200 } });
    const shown = await app.as('emma').press({ a: 'approvals.show', i: { approval: number } });
    expect(shown.text).toContain('Chen Jing approved');
  });
});

test('news of a request that run late or twice put up no card that waits for an answer given before', async () => {
  const number = await at.ask(app.as('emma'), 'D-1', 1500);
  await app.as('tom').type(`approve ${number}`);
  const { id } = await at.row(number);
  for (const { id: logId } of [...(await at.log(number)), ...(await at.log(number))]) {
    await at.job((ctx) => tellChanges.run(ctx, { approvalId: id, logId }));
  }
  const cards = (await at.queued('approvals.asked')).filter(({ op }) => op === 'send');
  expect(cards).toEqual([]);
});
