import { beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../support/app.ts';
import { readDigest } from '../../insight/figures-support.ts';

// Q-2 of Emma's D-1 is sent and stands until 12 November; it is 10 November.
let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const says = async (line: string) => (await app.as('emma').type(line)).text;
const rowOf = (text: string, quote: string) =>
  text.split('\n').find((line) => line.includes(`${quote} v`)) ?? '';

/** What the list, the card of the deal and the quote itself call it, and whether the digest still asks about it. */
async function told(quote: string) {
  const memberId = await app.as('emma').memberId();
  const { text } = await readDigest(app, 'morning', { owners: { memberIds: [memberId] }, memberId });
  const word = /\b(?:draft|sent|accepted|declined|expired|superseded|withdrawn)\b/;
  return {
    list: word.exec(rowOf(await says('quotes'), quote))?.[0],
    deal: word.exec(rowOf(await says('show D-1'), quote))?.[0],
    quote: /Status: (\w+)/.exec(await says(`show ${quote}`))?.[1],
    isAsked: text.split('\n').some((line) => line.includes('expires') && line.includes(quote)),
  };
}
const all = (word: string, isAsked = false) => ({ list: word, deal: word, quote: word, isAsked });

describe('list, deal, quote and digest say the same of a quote', () => {
  it('that is sent, withdrawn, and back by undo', async () => {
    expect(await told('Q-2')).toEqual(all('sent', true));
    await says('quote-withdraw Q-2 wrong prices');
    expect(await told('Q-2')).toEqual(all('withdrawn'));
    await says('undo');
    expect(await told('Q-2')).toEqual(all('sent', true));
  });

  it('that expires, and is extended', async () => {
    app.clock.set('2026-11-13T02:00:00Z');
    expect(await told('Q-2')).toEqual(all('expired'));
    await says('quote-extend Q-2 2d');
    expect(await told('Q-2')).toEqual(all('sent', true));
  });

  it('beside which another is accepted; taking that one back opens it again, and undo closes it', async () => {
    await says('quote D-1 40x"Pump P40" 70k');
    expect(await says('quote-accept Q-5')).toContain('No longer open: Q-2');
    expect(await told('Q-2')).toEqual(all('superseded'));
    expect(await told('Q-5')).toEqual(all('accepted'));
    const shown = await says('quote-withdraw Q-5 typing error');
    expect(shown).toContain('The deal keeps its amount.');
    expect(shown).toContain('Open again: Q-2');
    expect(await told('Q-2')).toEqual(all('sent', true));
    expect(await told('Q-5')).toEqual(all('withdrawn'));
    await says('undo');
    expect(await told('Q-2')).toEqual(all('superseded'));
    expect(await told('Q-5')).toEqual(all('accepted'));
  });

  it('of which only the accepted one is taken back: what was a draft is one again, what was declined stays so', async () => {
    await says('quote D-1 40x"Pump P40" 70k');
    await says('quote D-1 40x"Pump P40" 71k');
    await says('quote-decline Q-2 too expensive');
    await says('quote-accept Q-5');
    expect(await says('quote-withdraw Q-5')).toContain('Open again: Q-6.');
    expect(await told('Q-6')).toEqual(all('draft'));
    expect(await told('Q-2')).toEqual(all('declined'));
    expect(await says('quote-accept Q-6')).toContain('Q-6 v1 is accepted');
  });
});

it('the deal shows the quote that was accepted, however many were made and taken back after it', async () => {
  await says('quote-accept Q-2');
  for (const quote of ['Q-5', 'Q-6', 'Q-7', 'Q-8']) {
    await says(`quote D-1 7${quote.slice(2)}k`);
    await says(`quote-withdraw ${quote}`);
  }
  expect(rowOf(await says('show D-1'), 'Q-2')).toContain('accepted');
});

it('a quote of a deal that is lost is no longer valid until a day, nor listed as what is to be decided first', async () => {
  await says('quote-send Q-3');
  await says('lost D-1 reason:price');
  expect(rowOf(await says('show D-1'), 'Q-2')).toMatch(/sent$/);
  expect(await says('quotes')).toMatch(/Q-3[\s\S]*Q-2/);
});
