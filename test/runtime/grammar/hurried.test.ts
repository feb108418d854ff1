import { describe, expect, it } from 'vitest';
import { features } from '../../../src/features/index.ts';
import type { ReadContext } from '../../../src/kernel/recognise/recogniser.ts';
import { parseLine } from '../../../src/runtime/grammar/parse.ts';
import { createRegistry } from '../../../src/runtime/registry.ts';
import { chinese, english } from './fixtures.ts';
import { said } from './outcome.ts';

const registry = createRegistry(features);
const read = (line: string, reader: ReadContext) => said(parseLine(line, registry, reader), reader);

/**
 * Lines of people in a hurry, to the commands there are, and what must come of each; written as in corpus.ts. Read on
 * Wednesday, 4 November 2026, 10:00 in Shanghai. Nothing wrong may be written silently, and nothing ends without a way
 * on.
 */
const lines: Readonly<Record<string, readonly (readonly [line: string, outcome: string])[]>> = {
  'a question mark or a note without a space before it': [
    ['deal acme pumps 80k?', 'deal acme pumps 80k ?'],
    ['deal acme pumps 80k usd?', 'deal acme pumps USD 80k ?'],
    ['deal acme pumps 80k close:eom?', 'deal acme pumps 80k 2026-11-30 ?'],
    ['won D-1 service?', 'won D-1 service ?'],
    ['log call acme 20m--ok', 'log call acme 20m -- ok'],
    ['log call acme 20m -- ok?', 'log call acme 20m -- ok?'],
    ['log visit acme met:Jane--ok', 'log visit acme met:Jane -- ok'],
    ['next D-1 fri call about price?', 'next D-1 2026-11-06 call about price?'],
    ['new-lead "Foo" Jane jane@foo--bar.example', 'new-lead "Foo" "Jane" jane@foo--bar.example'],
    ['find acme?', 'find "acme?"'],
  ],
  'words that name the value after them': [
    ['deal acme pumps 80k close 15nov', 'deal acme pumps 80k 2026-11-15'],
    ['deal acme pumps amount 80k closing eom', 'deal acme pumps 80k 2026-11-30'],
    ['deal acme pumps close=15nov amount=80k', 'deal acme pumps 80k 2026-11-15'],
    [
      'new-lead "Bar GmbH" "Max Muster" max@bar.example tel 030 123456',
      'new-lead "Bar GmbH" "Max Muster" max@bar.example 030123456',
    ],
    [
      'new-lead Bar GmbH, Max Muster, mail max@bar.example, mob. +49 170 1234567',
      'new-lead "Bar GmbH" "Max Muster" max@bar.example +491701234567',
    ],
    ['new-lead "Bar" "Max" phone: 030 123456', 'new-lead "Bar" "Max" 030123456'],
    ['deal acme new product 80k', 'deal acme "new product" 80k'],
    ['won D-1 price 95k', 'won D-1 95k price'],
  ],
  'reasons and rivals': [
    ['lost D-1 reason price rival Grundfos', 'lost D-1 price rival:Grundfos'],
    ['lost D-1 price, rival Grundfos Holding', 'lost D-1 price rival:"Grundfos Holding"'],
    ['lost D-1 rival Grundfos reason too expensive', 'lost D-1 "too expensive" rival:Grundfos'],
    ['lost D-1 too expensive', 'lost D-1 "too expensive"'],
    ['won D-1 reason fast delivery', 'won D-1 "fast delivery"'],
    ['lost D-1 "no reason given"', 'lost D-1 "no reason given"'],
  ],
  'phones, and what is no part of a name': [
    ['new-lead "Foo" Jane 0049 89 1234567', 'new-lead "Foo" "Jane" +49891234567'],
    ['new-lead Foo Ltd | Jane Doe | jane@foo.example', 'new-lead "Foo Ltd" "Jane Doe" jane@foo.example'],
    ['deal acme pumps 80k.-', 'deal acme pumps 80k'],
    ['deal C-1 pumps 80k @tom', '✗ unused → deal C-1 pumps 80k'],
    ['deal C-1 pumps 80k <@U0TOM|tom>', '✗ unused → deal C-1 pumps 80k'],
    ['log visit acme met Jane Wu and Bob Mc-Nab', 'log visit acme met:"Jane Wu, Bob Mc-Nab"'],
    [
      'log visit acme met:Jane talked about price',
      '✗ unused-note → log visit acme met:Jane -- talked about price',
    ],
  ],
  'numbers that are two things': [
    ['deal acme pumps 80k-100k', '✗ money-range → deal acme pumps 80k | deal acme pumps 100k'],
    ['deal acme pumps 80-100k', '✗ money-range → deal acme pumps 80k | deal acme pumps 100k'],
    [
      'new-lead "Foo" Jane 12345678',
      '✗ which → new-lead "Foo" "Jane" phone:12345678 | new-lead "Foo" "Jane" CNY 12345678',
    ],
    ['new-lead "Foo" Jane 50000000', 'new-lead "Foo" "Jane" 50m'],
    ['contact acme Jane 12345678', 'contact acme Jane 12345678'],
  ],
  'days as they are written': [
    ['deal acme pumps 80k 30.11.26', 'deal acme pumps 80k 2026-11-30'],
    ['deal acme pumps 80k 30.11.', 'deal acme pumps 80k 2026-11-30'],
    ['deal acme pumps 80k tomorow', '✗ date-meant → deal acme pumps 80k 2026-11-05'],
    ['deal acme pumps 80k q1', '✗ day-in-period → deal acme pumps 80k 2027-03-31'],
    ['deal acme pumps 80k 2 weeks', '✗ date-meant → deal acme pumps 80k 2026-11-18'],
    ['deal acme pumps close:mar', '✗ day-in-period → deal acme pumps 2027-03-31'],
    ['deal acme pumps close:q1', '✗ day-in-period → deal acme pumps 2027-03-31'],
    ['next D-1 call Jane', 'next D-1 call Jane'],
  ],
  'commands left out, names without @': [
    ['call acme 20m -- ok', '✗ unknown-verb-meant → log call acme 20m -- ok'],
    ['visit acme met:Jane', '✗ unknown-verb-meant → log visit acme met:Jane'],
    ['assign D-1 to tom becker', 'assign D-1 "tom becker"'],
    ['assign acme to tom', 'assign acme tom'],
    ['log visit C-1 met:Jane, K-12 and Mark', 'log visit C-1 met:"Jane, K-12, Mark"'],
  ],
};

const hanLines: typeof lines = {
  不加空格: [
    ['新建商机 远景 离心泵 80万？', '新建商机 远景 离心泵 80万 ?'],
    ['跟进 拜访 远景 见：王敏、李强——认可方案', '跟进 拜访 远景 见:"王敏, 李强" -- 认可方案'],
    ['跟进 电话 远景—认可方案', '跟进 电话 远景 -- 认可方案'],
    ['新建商机 远景 离心泵 预算80万', '新建商机 远景 离心泵 80万'],
    ['新建商机 远景 离心泵 金额 80万', '新建商机 远景 离心泵 80万'],
    ['新建商机 远景 离心泵 80万左右', '新建商机 远景 离心泵 80万'],
    ['新建商机 远景 离心泵 约80万元', '新建商机 远景 离心泵 80万'],
    ['新线索 远景二厂 王敏 电话13812345678', '新建线索 远景二厂 王敏 13812345678'],
    ['新线索 远景二厂 王敏 13900001111 来源 展会', '新建线索 远景二厂 王敏 13900001111 来源:展会'],
    ['新线索 远景二厂 王敏 13900001111 展会', 'form 新建线索 "远景二厂 王敏" 展会 13900001111'],
    ['新线索 远景二厂 王敏 13812345678', '新建线索 远景二厂 王敏 13812345678'],
    ['新线索 远景二厂 王敏 手机：13812345678', '新建线索 远景二厂 王敏 13812345678'],
  ],
  区间和日期: [
    [
      '新建商机 远景 离心泵 80-100万',
      '✗ money-range → 新建商机 远景 离心泵 80万 | 新建商机 远景 离心泵 100万',
    ],
    ['新建商机 远景 离心泵 80万 年底前', '新建商机 远景 离心泵 80万 2026-12-31'],
    ['新建商机 远景 离心泵 80万 12月15日前', '新建商机 远景 离心泵 80万 2026-12-15'],
    ['新建商机 远景 离心泵 80万 预计成交：12月底', '新建商机 远景 离心泵 80万 2026-12-31'],
    ['新建商机 远景 离心泵 80万 明年3月15日', '新建商机 远景 离心泵 80万 2027-03-15'],
    ['新建商机 远景 离心泵 预计成交：明年3月', '✗ day-in-period → 新建商机 远景 离心泵 2027-03-31'],
    ['漏斗 明年第一季度', '漏斗 2027-q1'],
  ],
  原因和对手: [
    ['赢单 D-5 原因 服务', '赢单 D-5 服务'],
    ['输单 D-5 价格 对手 格兰富', '输单 D-5 价格 对手:格兰富'],
    ['输单 D-5 太贵了', '输单 D-5 太贵了'],
  ],
  没有命令: [
    ['拜访 远景', '✗ unknown-verb-meant → 跟进 拜访 远景'],
    ['电话 远景 20分钟', '✗ unknown-verb-meant → 跟进 电话 远景 20m'],
  ],
};

describe.each(Object.entries(lines))('%s', (_group, cases) => {
  it.each(cases)('%s', (line, expected) => expect(read(line, english)).toBe(expected));
});

describe.each(Object.entries(hanLines))('%s', (_group, cases) => {
  it.each(cases)('%s', (line, expected) => expect(read(line, chinese)).toBe(expected));
});
