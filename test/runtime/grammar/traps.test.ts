import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/runtime/grammar/parse.ts';
import { english, registry } from './fixtures.ts';
import { outcome, rawOf } from './outcome.ts';

const japanese = { ...english, currency: 'JPY' };
const european = { ...english, currency: 'EUR' };

describe('people and links as platforms send them', () => {
  it('are names, not markup', () => {
    expect(rawOf('assign L-311 <@U123|wang>').to).toBe('<@U123|wang>');
    expect(rawOf('pipeline <@29:1x-y.z|Wang Lei>').owner).toBe('<@29:1x-y.z|Wang Lei>');
    expect(rawOf('new-lead Acme <mailto:jane@acme.cn|jane@acme.cn>').email).toBe('jane@acme.cn');
    expect(rawOf('new-lead Acme <tel:+8613812345678|+86 138 1234 5678>').phone).toBe('+8613812345678');
    expect(rawOf('find <https://acme.cn|acme.cn>').query).toBe('acme.cn');
  });
  it('work with words for the arrows that get lost', () => {
    for (const arrow of ['to', '>', '->', '→', '给']) {
      expect(rawOf(`assign L-311 ${arrow} @wang`)).toEqual({ record: 'L-311', to: '@wang' });
    }
    expect(rawOf('find pump over:50k').over).toEqual(rawOf('find pump 高于：5万').over);
  });
});

describe('a note', () => {
  it.each(['--', '—', '–', '——', '备注:', '备注：'])('starts at %s', (mark) => {
    expect(rawOf(`log call D-142 ${mark} he will sign`).note).toBe('he will sign');
    expect(rawOf(`log call D-142 ${mark}he will sign`).note).toBe('he will sign');
  });
  it('keeps its question mark to itself', () => {
    expect(outcome('log call D-142 -- is it 80k ?')).toBe('log call D-142 -- is it 80k ?');
    expect(parseLine('log call D-142 -- is it 80k ?', registry, english)).toMatchObject({ dryRun: false });
  });
  it.each(['?', '？'])('comes after the %s that makes it a dry run', (mark) => {
    const parsed = parseLine(`move D-142 quote ${mark} -- why not`, registry, english);
    expect(parsed).toMatchObject({ dryRun: true, raw: { stage: 'quote', note: 'why not' } });
  });
  it('is no note inside a word', () => {
    expect(rawOf('new-lead "A--B" C—D').company).toBe('A--B');
    expect(rawOf('new-lead "A--B" C—D').contactName).toBe('C—D');
  });
});

describe('full-width input', () => {
  it('means the same', () => {
    expect(rawOf('ｎｅｗ－ｌｅａｄ　“Acme　Pumps”').company).toBe('Acme　Pumps');
    expect(rawOf('new-lead　Acme　８０ｋ').amount).toEqual(rawOf('new-lead Acme 80k').amount);
    expect(rawOf('discount　Ｄ－１４２　１５％')).toEqual(rawOf('discount D-142 15%'));
    expect(rawOf('assign L-311 ＠wang').to).toBe('@wang');
    expect(rawOf('won D-142 reason：price').reason).toBe('price');
  });
});

describe('units that mean two things', () => {
  it('¥ is asked about where it is neither currency', () => {
    expect(rawOf('deal acme pumps ¥80k').amount).toEqual({ amountMinor: '8000000', currency: 'CNY' });
    expect(rawOf('deal acme pumps ¥80k', japanese).amount).toEqual({ amountMinor: '80000', currency: 'JPY' });
    expect(outcome('deal acme pumps ¥80k', european)).toBe(
      '✗ money-which → deal acme pumps CNY 80k | deal acme pumps JPY 80k',
    );
  });
  it('w is ten thousand in money and a week in time', () => {
    expect(rawOf('deal acme pumps 8w').amount).toEqual({ amountMinor: '8000000', currency: 'CNY' });
    expect(rawOf('next D-142 +2w').due).toEqual({ on: '2026-11-18' });
  });
  it('m is minutes in log, million in money, and a question where both are open', () => {
    expect(rawOf('log call D-142 20m').minutes).toBe(20);
    expect(rawOf('deal acme pumps 20m').amount).toEqual({ amountMinor: '2000000000', currency: 'CNY' });
    expect(outcome('plan-visit D-142 20m')).toMatch(/^✗ which → /);
  });
  it('3/11 is a question', () => {
    expect(outcome('set D-142 close:3/11')).toBe(
      '✗ date-which → set D-142 close:2026-11-03 | set D-142 close:2027-03-11',
    );
  });
});

describe('discounts', () => {
  it.each(['85折', '8.5折', '打85折', '15%', '打八五折', '15% off'])('%s is 15 %% off', (text) => {
    expect(rawOf(`折扣 D-142 ${text}`).discount).toBe(1500);
  });
});

describe('phone numbers', () => {
  it('of eleven digits are never amounts', () => {
    expect(rawOf('new-lead Acme 13812345678 80000')).toEqual({
      company: 'Acme',
      phone: '13812345678',
      amount: { amountMinor: '8000000', currency: 'CNY' },
    });
    expect(outcome('paid D-142 13812345678')).toBe('✗ money-phone');
  });
  it('are one value however they are spaced', () => {
    expect(rawOf('new-lead Acme +86 138 1234 5678 80k').phone).toBe('+8613812345678');
    expect(rawOf('new-lead Acme 138 1234 5678 80k').phone).toBe('13812345678');
  });
});

describe('text that runs to the end of the line', () => {
  it('is not searched for dates, amounts or people', () => {
    expect(rawOf('next D-142 call about 15nov')).toEqual({ about: 'D-142', text: 'call about 15nov' });
    expect(rawOf('next D-142 fri call @wang at 13812345678 80k -- soon?').text).toBe(
      'call @wang at 13812345678 80k -- soon?',
    );
    expect(rawOf('kb seal 80k 15nov').query).toBe('seal 80k 15nov');
  });
  it('needs no --', () => {
    expect(rawOf('next D-142 fri -- call Zhou')).toEqual(rawOf('next D-142 fri call Zhou'));
    expect(rawOf('promise acme -- trial unit').text).toBe('trial unit');
  });
  it('still ends before the command’s own keys', () => {
    expect(rawOf('promise acme trial unit by:5nov group:service')).toEqual({
      account: 'acme',
      text: 'trial unit',
      by: '2026-11-05',
      group: 'service',
    });
  });
});

describe('names without quotes', () => {
  it('that cannot be divided open the form with a guess', () => {
    expect(parseLine('new-lead Acme Pumps Jane Wu', registry, english)).toMatchObject({
      kind: 'parsed',
      unsure: true,
      raw: { company: 'Acme Pumps', contactName: 'Jane Wu' },
    });
    expect(parseLine('new-lead Acme Pumps', registry, english)).toMatchObject({ unsure: true });
  });
  it('that can be divided do not', () => {
    for (const line of ['new-lead Acme', 'new-lead "Acme Pumps" Jane Wu', '新建线索 远景机械 王敏 80万']) {
      expect(parseLine(line, registry, english)).not.toHaveProperty('unsure');
    }
  });
});

describe('a record number', () => {
  it('after the verb for creating shows the record and creates nothing', () => {
    for (const line of ['lead L-311', 'new-lead l311', '线索 L-311', 'L311', 'L-311']) {
      expect(outcome(line)).toBe('show L-311');
    }
  });
  it('needs no hyphen', () => expect(rawOf('move D142 quote').deal).toBe('D-142'));
});

describe('no word is dropped', () => {
  it.each([
    ['today acme', 'acme'],
    ['today 80k', '80k'],
    ['assign L-311 @wang @li', '@li'],
    ['discount D-142 15% 20%', '20%'],
    ['won D-142 soon', 'soon'],
  ])('%s names %s', (line, word) => {
    const parsed = parseLine(line, registry, english);
    expect(parsed.kind).toBe('problem');
    expect(JSON.stringify(parsed)).toContain(word);
  });
});

describe('junk in a line', () => {
  it('control characters and direction marks are dropped', () => {
    expect(outcome('show\u0000 \u202eac\u0007me\u2066')).toBe('show acme');
    expect(outcome('move \u200eD-142\u200f quote')).toBe('move D-142 quote');
  });
  it('more than 4,000 characters are refused with the number', () => {
    expect(outcome(`note D-142 ${'x'.repeat(4000)}`)).toBe('✗ too-long');
    expect(rawOf(`note D-142 ${'x'.repeat(3900)}`).text).toHaveLength(3900);
  });
  it('a quotation mark nobody closes comes back closed', () => {
    expect(outcome('new-lead "Acme Pumps Jane jane@acme.cn')).toBe(
      '✗ open-quote → new-lead "Acme Pumps Jane" jane@acme.cn',
    );
    expect(outcome('new-lead 「远景机械 80万')).toBe('✗ open-quote → new-lead 远景机械 800k');
  });
  it('an inch mark and an apostrophe are no quotation marks', () => {
    expect(rawOf('deal acme 5" 80k').title).toBe('5"');
    expect(rawOf("new-lead O'Brien 80k").company).toBe("O'Brien");
  });
});
