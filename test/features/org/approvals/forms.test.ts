import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp, testNow } from '../../../support/app.ts';
import { withWaivers } from './waivers.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp({ features: withWaivers() });
});
beforeEach(() => app.clock.set(testNow));

/** A request of Emma's that goes to Tom, on a deal of its own. */
async function ask(note: string): Promise<string> {
  const emma = app.as('emma');
  const deal = (await emma.call('deals.create', { account: 'C-1', name: note, amount: '10000 EUR' })) as {
    number: string;
  };
  const asked = await emma.call('waivers.request', { deal: deal.number, percent: 1500, note });
  return (asked as { approval: string }).approval;
}

describe('a form of a decision', () => {
  test('that says no is done and closes: the card’s tone is about the request', async () => {
    const number = await ask('no');
    const open = await app.as('tom').press({ a: 'approvals.show', i: { approval: number } });
    const form = open.button('Reject…');
    const done = await app.as('tom').submit(form, { note: 'no budget' });
    expect(done.outcome).toMatchObject({ kind: 'card', refused: false, done: true, card: { tone: 'stop' } });
    expect(done.text).toContain(`Rejected: ${number}`);
  });

  test('that comes too late is refused and says whose answer it was', async () => {
    const number = await ask('late');
    const open = await app.as('tom').press({ a: 'approvals.show', i: { approval: number } });
    await app.as('emma').type(`withdraw ${number}`);
    const late = await app.as('tom').submit(open.button('Reject…'), { note: 'no budget' });
    expect(late.outcome).toMatchObject({ kind: 'card', refused: true });
    expect(late.outcome).not.toHaveProperty('done');
    expect(late.text).toContain('already withdrawn, by Emma Clark');
  });

  test('and a click that comes too late are refused alike', async () => {
    const number = await ask('click');
    const open = await app.as('tom').press({ a: 'approvals.show', i: { approval: number } });
    await app.as('emma').type(`withdraw ${number}`);
    const late = await app.as('tom').press(open.button('Approve'));
    expect(late.outcome).toMatchObject({ kind: 'card', refused: true });
    expect(late.text).toContain('already withdrawn, by Emma Clark');
  });

  test('without a comment goes nowhere: the comment is asked for', async () => {
    const number = await ask('why');
    const open = await app.as('tom').press({ a: 'approvals.show', i: { approval: number } });
    const empty = await app.as('tom').submit(open.button('Reject…'), { note: '' });
    expect(empty.outcome).toMatchObject({ kind: 'form-errors', fields: [{ field: 'note' }] });
    expect(await app.as('tom').call('approvals.show', { approval: number })).toMatchObject({
      status: 'pending',
    });
  });

  test('that offers less never grants the whole when it is left empty', async () => {
    const number = await ask('less');
    const open = await app.as('tom').press({ a: 'approvals.show', i: { approval: number } });
    const form = open.button('Approve less…');
    const empty = await app.as('tom').submit(form, { note: 'hold' });
    expect(empty.outcome).toMatchObject({ kind: 'form-errors', fields: [{ field: 'percent' }] });
    const less = await app.as('tom').submit(form, { percent: '12', note: 'hold' });
    expect(less.text).toContain(`Approved 12% instead of 15%: ${number}`);
  });

  test('is no form at all for a plain yes, which is answered in one line', async () => {
    const number = await ask('yes');
    const open = await app.as('tom').press({ a: 'approvals.show', i: { approval: number } });
    const done = await app.as('tom').press(open.button('Approve'));
    expect(done.text).toMatch(new RegExp(`^✅ Approved: ${number} .*$`));
    expect(done.buttons).toEqual([]);
  });

  test('only looks: a button that shows a request is nothing done', async () => {
    const number = await ask('look');
    const { outcome } = await app.as('tom').press({ a: 'approvals.show', i: { approval: number } });
    expect(outcome).toMatchObject({ kind: 'card', refused: false });
    expect(outcome).not.toHaveProperty('done');
  });
});

test('the list says how long each has waited, until when an answer is due, and that it was', async () => {
  const number = await ask('Grundfos bid');
  const row = async () => (await app.as('tom').type('approvals')).text;
  expect(await row()).toMatch(/Emma Clark asked 0 min ago · answer by .*Grundfos bid/);
  app.clock.forward(3 * 3_600_000 + 1);
  expect(await row()).toContain('Emma Clark asked 3 h ago');
  app.clock.forward(48 * 3_600_000);
  const later = await row();
  expect(later).toMatch(/Emma Clark asked 2 days ago · answer was due/);
  expect(later.indexOf('Grundfos bid')).toBeGreaterThan(0);
  await app.as('emma').type(`withdraw ${number}`);
});

test('whoever asked reads that nothing waits for them, and what they asked', async () => {
  const number = await ask('mine');
  const { text } = await app.as('emma').type('approvals');
  expect(text).toMatch(new RegExp(`Nothing waits for you\\.[^]*You asked[^]*${number}`));
});

test('open leads to the page of a request', async () => {
  const number = await ask('page');
  const shown = await app.as('tom').type(`open ${number}`);
  expect(shown.text).toContain(`${number} in the browser`);
  expect(shown.text).not.toContain(`${number} ${number}`);
});
