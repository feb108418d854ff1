import { describe, expect, it } from 'vitest';
import { parseStages, printStages } from '../../../../src/features/sales/pipelines/line.ts';
import {
  defaultStages,
  placeOf,
  stageKey,
  stagesNamed,
} from '../../../../src/features/sales/pipelines/rules.ts';
import type { Token } from '../../../../src/kernel/recognise/recogniser.ts';
import { decode, tokenise } from '../../../../src/runtime/grammar/tokens.ts';
import fc from '../../../support/property.ts';

const tokensOf = (line: string): readonly Token[] => tokenise(decode(line)).tokens;

describe('naming a stage', () => {
  it.each([
    ['quote', ['quote']],
    ['QUOTE', ['quote']],
    ['quo', ['quote']],
    ['报价', ['quote']],
    ['资格', ['qualify']],
    ['q', ['qualify', 'quote']],
    ['nothing', []],
    ['', []],
  ])('%s means %j', (text, keys) => {
    expect(stagesNamed(defaultStages, text).map(({ key }) => key)).toEqual(keys);
  });

  it('takes an equal name before longer ones that begin with it', () => {
    const stages = [
      ...defaultStages,
      { ...defaultStages[0], key: 'quote-2', name: 'Quote 2', nameZh: '报价2' },
    ];
    expect(stagesNamed(stages as never, 'quote').map(({ key }) => key)).toEqual(['quote']);
  });

  it('finds every stage by any of its names, however they are spaced and cased', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (name) => {
        const key = stageKey(name);
        fc.pre(key !== '');
        const stage = { key, name, nameZh: '测试', probabilityBasisPoints: 0, normalDays: 1 };
        expect(stagesNamed([stage], name)).toEqual([stage]);
        expect(stagesNamed([stage], name.toUpperCase().normalize('NFKC'))).toEqual(
          stageKey(name.toUpperCase()) === key ? [stage] : expect.anything(),
        );
      }),
    );
  });
});

describe('the place of a stage', () => {
  const others = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  it.each([
    [{ after: { id: 'a' } }, 1],
    [{ after: { id: 'c' } }, 3],
    [{ before: { id: 'a' } }, 0],
    [{ before: { id: 'c' } }, 2],
    [{}, undefined],
    [{ after: { id: 'gone' } }, undefined],
  ])('%j is %s', (anchor, at) => {
    expect(placeOf(others, anchor)).toBe(at);
  });
});

describe('reading a change of the pipeline', () => {
  it.each([
    ['', {}],
    ['set quote 75% 10d', { change: 'set', stage: 'quote', probability: '75%', days: '10' }],
    [
      'add demo after:tracking 40% 10d',
      { change: 'add', stage: 'demo', after: 'tracking', probability: '40%', days: '10' },
    ],
    [
      'add demo 演示 after:tracking 40% 10d',
      { change: 'add', stage: 'demo', zh: '演示', after: 'tracking', probability: '40%', days: '10' },
    ],
    [
      '新增 演示 after:跟踪 40％ 10天',
      { change: 'add', stage: '演示', after: '跟踪', probability: '40%', days: '10' },
    ],
    ['rename demo presentation', { change: 'rename', stage: 'demo', name: 'presentation' }],
    [
      'rename demo "Site visit" 现场考察',
      { change: 'rename', stage: 'demo', name: 'Site visit', zh: '现场考察' },
    ],
    ['rename demo 演示', { change: 'rename', stage: 'demo', zh: '演示' }],
    ['remove demo to:tracking', { change: 'remove', stage: 'demo', to: 'tracking' }],
    ['删除 演示 移到:跟踪', { change: 'remove', stage: '演示', to: '跟踪' }],
  ])('%s', (line, raw) => {
    expect(parseStages(tokensOf(line))).toEqual(raw);
  });

  it.each(['foo', 'set quote 75% color:red', 'rename a b c d', '"set" quote'])('refuses %s', (line) => {
    expect(() => parseStages(tokensOf(line))).toThrow();
  });

  it('reads back what it prints, in both languages', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/);
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z "-]{0,12}[A-Za-z]$/);
    const raw = fc.record(
      {
        change: fc.constantFrom('set', 'rename'),
        stage: word,
        name,
        zh: fc.constantFrom('演示', '现场 考察'),
        probability: fc.integer({ min: 0, max: 100 }).map((value) => `${value}%`),
        days: fc.integer({ min: 1, max: 365 }).map(String),
        after: word,
        to: word,
      },
      { requiredKeys: ['change', 'stage'] },
    );
    fc.assert(
      fc.property(raw, fc.constantFrom('en' as const, 'zh-CN' as const), (input, locale) => {
        fc.pre(!/^\d{1,3}d$/.test(input.stage));
        expect(parseStages(tokensOf(printStages(input, { locale })))).toEqual(input);
      }),
    );
  });
});
