import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/runtime/grammar/parse.ts';
import { printLine } from '../../../src/runtime/grammar/print.ts';
import { checkInput, readInput } from '../../../src/runtime/grammar/read-input.ts';
import { corpus } from './corpus.ts';
import { chinese, english, registry } from './fixtures.ts';
import { outcome, rawOf, waysOut } from './outcome.ts';

describe.each(Object.entries(corpus))('%s', (_group, lines) => {
  it.each(lines.map((pair) => [...pair]))('%s', (line, expected) => {
    expect(outcome(line ?? '')).toBe(expected);
  });
});

describe('every line of the corpus', () => {
  const lines = Object.values(corpus).flat();

  it('counts at least 300', () => expect(lines.length).toBeGreaterThanOrEqual(300));

  it.each([english, chinese])('has a canonical form that gives the same input again ($locale)', (read) => {
    for (const [line] of lines) {
      const parsed = parseLine(line, registry, read);
      if (parsed.kind !== 'parsed' || parsed.ignored !== undefined) continue;
      const canonical = printLine(parsed.action, parsed.raw, read);
      const again = parseLine(canonical, registry, read);
      expect(again, `${line} → ${canonical}`).toMatchObject({ kind: 'parsed', raw: parsed.raw });
      if (again.kind === 'parsed') expect(again.action).toBe(parsed.action);
    }
  });

  it('gives values the schema accepts or finds only incomplete', () => {
    for (const [line] of lines) {
      const parsed = parseLine(line, registry, english);
      if (parsed.kind !== 'parsed') continue;
      const { values, problems } = readInput(parsed.action.input, parsed.raw, english);
      expect(problems, line).toEqual([]);
      const checked = checkInput(parsed.action.input, values);
      if (!checked.ok)
        expect(
          checked.problems.every(({ missing }) => missing),
          line,
        ).toBe(true);
    }
  });

  it('offers corrections that are read without another problem', () => {
    for (const [line] of lines) {
      const parsed = parseLine(line, registry, english);
      if (parsed.kind !== 'problem') continue;
      for (const fixed of waysOut(parsed)) {
        expect(parseLine(fixed, registry, english).kind, `${line} → ${fixed}`).not.toBe('problem');
      }
    }
  });
});

describe('what a line gives is canonical', () => {
  it('for the longest line of the manual', () => {
    const line =
      'new-lead "Acme Pumps" Jane Wu jane@acme.cn +86 138 1234 5678 src:expo 80k -- needs 40 units by March';
    expect(rawOf(line)).toEqual({
      company: 'Acme Pumps',
      contactName: 'Jane Wu',
      email: 'jane@acme.cn',
      phone: '+8613812345678',
      source: 'expo',
      amount: { amountMinor: '8000000', currency: 'CNY' },
      note: 'needs 40 units by March',
    });
  });
  it('for a next step', () => {
    expect(rawOf('下次跟进 D-142 周五上午10点 电话沟通价格')).toEqual({
      about: 'D-142',
      due: { on: '2026-11-06', at: '2026-11-06T02:00:00.000Z' },
      text: '电话沟通价格',
    });
  });
  it('and text stays as it was typed', () => {
    expect(rawOf('note d142 Re: pumps, 40 – "blue" ones').text).toBe('Re: pumps, 40 – "blue" ones');
    expect(rawOf('new-lead “远景（上海）” 王敏').company).toBe('远景（上海）');
    expect(
      rawOf('log call acme -- ask <@U123|wang> in <#C1|general> about <https://acme.cn|acme.cn>').note,
    ).toBe('ask @wang in #general about acme.cn');
  });
});

describe('the reader’s language', () => {
  it('decides the words of a printed line, not what may be typed', () => {
    expect(outcome('new-lead 远景机械 王敏 80万', chinese)).toBe('新建线索 远景机械 王敏 80万');
    expect(outcome('next D-142 fri 10:00 call', chinese)).toBe('下次跟进 D-142 2026-11-06 10:00 call');
    expect(outcome('moov D-142 quote', chinese)).toBe('✗ unknown-verb-meant → 推进 D-142 quote');
    expect(outcome('won D-142 reason:service', chinese)).toBe('赢单 D-142 原因:服务');
  });
});

describe('suggestions', () => {
  it('never name a verb the person may not use', () => {
    const allowed = (action: { name: string }) => action.name !== 'deals.move';
    const parsed = parseLine('moov D-142 quote', registry, english, { allowed });
    expect(parsed.kind === 'problem' && waysOut(parsed)).toEqual([]);
  });
  it('with a guessed verb say whether they change anything', () => {
    const guessed = (line: string) => {
      const parsed = parseLine(line, registry, english);
      return parsed.kind === 'problem' ? parsed.guesses?.map(({ isHarmless }) => isHarmless) : undefined;
    };
    expect(guessed('moov D-142 quote')).toEqual([false]);
    expect(guessed('moov D-142 quote ?')).toEqual([true]);
    expect(guessed('pipline @rep')).toEqual([true]);
  });
  it('carry what was understood, so that a form can open with it', () => {
    const parsed = parseLine('deal acme "40 pumps" 8O k', registry, english);
    expect(parsed).toMatchObject({
      kind: 'problem',
      fixedLine: 'deal acme "40 pumps" 80k',
      raw: { account: 'acme', title: '40 pumps', amount: '8O k' },
    });
  });
  it('say what the amount would be', () => {
    const parsed = parseLine('deal acme pumps 8O k', registry, english);
    expect(parsed.kind === 'problem' && parsed.message).toMatchObject({
      values: { suggestion: '80k', amount: { t: 'money', amountMinor: '8000000', currency: 'CNY' } },
    });
  });
});
