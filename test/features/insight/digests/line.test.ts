import { describe, expect, it } from 'vitest';
import { parseDigest, printDigest, timeIn } from '../../../../src/features/insight/digests/line.ts';
import type { ReadContext } from '../../../../src/kernel/recognise/recogniser.ts';
import { tokenise } from '../../../../src/runtime/grammar/tokens.ts';

const read: ReadContext = {
  now: new Date('2026-11-10T02:00:00Z'),
  timeZone: 'Asia/Shanghai',
  locale: 'en',
  currency: 'CNY',
  workdayEndsAt: '18:00',
};
const parse = (line: string) => parseDigest(tokenise(line, { note: true }).tokens, read);

describe('a digest line', () => {
  it.each([
    ['', {}],
    ['here daily 09:00 group:East', { channel: 'here', every: 'daily', at: '09:00', group: 'East' }],
    ['weekly fri 16:00', { every: 'weekly', weekday: 5, at: '16:00' }],
    ['#sales-east monthly', { channel: '#sales-east', every: 'monthly' }],
    ['here monthly 15 9am', { channel: 'here', every: 'monthly', day: 15, at: '09:00' }],
    [
      'here branches weekly mon 9',
      { channel: 'here', kind: 'branches', every: 'weekly', weekday: 1, at: '09:00' },
    ],
    ['me 8:45', { me: true, at: '08:45' }],
    ['morning at 08:45', { kind: 'morning', at: '08:45' }],
    ['stop here', { doing: 'stop', channel: 'here' }],
    ['stop 2', { doing: 'stop', number: 2 }],
    ['stop me', { doing: 'stop', me: true }],
    ['preview process group:East', { doing: 'preview', kind: 'process', group: 'East' }],
    ['preview team 2026-11-03', { doing: 'preview', kind: 'team', on: '2026-11-03' }],
    ['now', { doing: 'now' }],
    ['list', { doing: 'list' }],
    ['这里 每天 09:00 团队:East', { channel: 'here', every: 'daily', at: '09:00', group: 'East' }],
    ['这里 每周五 下午4点', { channel: 'here', every: 'weekly', weekday: 5, at: '16:00' }],
    ['我 早间 08:45', { me: true, kind: 'morning', at: '08:45' }],
    ['停止 本频道', { doing: 'stop', channel: 'here' }],
    ['预览 客户盘点', { doing: 'preview', kind: 'ledger' }],
    ['立即', { doing: 'now' }],
    ['list', { doing: 'list' }],
  ])('reads %s, and what it prints of it in both languages', (line, raw) => {
    expect(parse(line)).toEqual(raw);
    for (const locale of ['en', 'zh-CN'] as const) {
      expect(parse(printDigest(raw, { locale })), locale).toEqual(raw);
    }
  });

  it.each(['every full moon', 'here dayly', 'colour:red', 'stop the press'])(
    'refuses %s, showing lines',
    (line) => {
      expect(() => parse(line)).toThrow();
    },
  );

  it.each([
    ['9', '09:00'],
    ['23', '23:00'],
    ['24', undefined],
    ['09:60', undefined],
    ['4pm', '16:00'],
    ['上午9点半', '09:30'],
    ['soon', undefined],
  ])('reads the time %s as %s', (text, at) => {
    expect(timeIn(text)).toBe(at);
  });
});
