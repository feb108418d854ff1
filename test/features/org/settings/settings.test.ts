import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SettingsView } from '../../../../src/features/org/settings/model.ts';
import {
  changeHolidays,
  readHours,
  readWorkdays,
  spansOf,
} from '../../../../src/features/org/settings/rules.ts';
import { type TestApp, testApp } from '../../../support/app.ts';
import fc from '../../../support/property.ts';

describe('working hours', () => {
  it.each([
    ['09:00-18:00', ['09:00', '18:00']],
    ['9-18', ['09:00', '18:00']],
    ['8:30 to 17:15', ['08:30', '17:15']],
    ['９:00至18:00', ['09:00', '18:00']],
    ['18-9', undefined],
    ['9-9', undefined],
    ['9-25', undefined],
    ['9:60-18', undefined],
    ['all day', undefined],
  ])('%s is %j', (text, expected) => {
    const read = readHours(text);
    expect(read && [read.startsAt, read.endsAt]).toEqual(expected);
  });
});

describe('workdays', () => {
  it.each([
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['sun-thu', [1, 2, 3, 4, 7]],
    ['周一至周五', [1, 2, 3, 4, 5]],
    ['1,2,3,6', [1, 2, 3, 6]],
    ['Mon, Wed Fri', [1, 3, 5]],
    ['mon-mon', [1]],
    ['mon-', undefined],
    ['someday', undefined],
    ['', undefined],
  ])('%s is %j', (text, expected) => {
    expect(readWorkdays(text)).toEqual(expected);
  });

  it('are shown as spans that hold the same days', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (days) => {
        const back = spansOf(days).flatMap(([from, to]) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index),
        );
        expect(back).toEqual([...days].sort((a, b) => a - b));
      }),
    );
  });
});

describe('holidays', () => {
  const readDay = (word: string) => (/^\d{4}-\d\d-\d\d$/.test(word) ? word : undefined);
  const current = ['2026-10-01', '2026-12-25'];
  it.each([
    ['2026-12-26', { holidays: ['2026-12-26'] }],
    ['+2026-12-26', { holidays: ['2026-10-01', '2026-12-25', '2026-12-26'] }],
    ['-2026-10-01,+2026-01-01', { holidays: ['2026-01-01', '2026-12-25'] }],
    ['2026-12-26，2026-12-26', { holidays: ['2026-12-26'] }],
    ['none', { holidays: [] }],
    ['无', { holidays: [] }],
    ['xmas', { unknown: 'xmas' }],
  ])('%s', (text, expected) => {
    expect(changeHolidays(current, text, readDay)).toEqual(expected);
  });
});

describe('settings', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  beforeEach(() => app.clock.forward(61_000));
  const settings = async () => (await app.as('noah').call('settings.show', {})) as SettingsView;

  it('are shown to everybody inside by one word', async () => {
    const { text, buttons } = await app.as('emma').type('settings');
    for (const part of ['Northwind Industrial', 'CNY', 'Asia/Shanghai', '09:00–18:00', 'Mon–Fri']) {
      expect(text).toContain(part);
    }
    expect(buttons).toEqual([]);
    expect((await app.as('wei').type('设置')).text).toContain('工作日: 周一–周五');
  });

  it('are changed by an admin only', async () => {
    const { text } = await app.as('tom').type('settings zone Berlin');
    expect(text).toContain('⛔ You can see the settings but not change them. Ada Young can.');
    expect((await settings()).timeZone).toBe('Asia/Shanghai');
  });

  it('change by words in any order and name the line back', async () => {
    const shown = await app.as('ada').type('settings holidays +2026-12-25,+26dec hours 8-17 zone Berlin');
    expect(shown.text).toContain('Time zone: Asia/Shanghai → Europe/Berlin');
    expect(shown.text).toContain('Working hours: 09:00–18:00 → 08:00–17:00');
    const back = /To go back: \/crm (.*)/.exec(shown.text)?.[1] ?? '';
    expect(await settings()).toMatchObject({
      timeZone: 'Europe/Berlin',
      holidays: ['2026-12-25', '2026-12-26'],
    });
    await app.as('ada').type(back);
    expect(await settings()).toMatchObject({
      timeZone: 'Asia/Shanghai',
      workdayStartsAt: '09:00',
      workdayEndsAt: '18:00',
      holidays: [],
    });
  });

  it('ask before another currency, since amounts keep theirs', async () => {
    const asked = await app.as('ada').type('settings currency EUR');
    expect(asked.text).toContain('Amounts saved so far stay in CNY');
    expect((await settings()).currency).toBe('CNY');
    await app.as('ada').press(asked.button('Confirm'));
    expect((await settings()).currency).toBe('EUR');
    expect((await app.as('chen').type('show D-5')).text).toContain('CNY 860,000');
    await app.as('ada').press((await app.as('ada').type('settings currency CNY')).button('Confirm'));
  });

  it.each([
    ['settings currency XYZ', 'XYZ is no currency'],
    ['settings zone Moon', 'Moon is no time zone'],
    ['settings hours 18-9', '18-9 are no working hours'],
    ['settings workdays someday', 'someday are no weekdays'],
    ['settings holidays xmas', 'xmas is no day'],
  ])('refuse %s and say what to type', async (line, text) => {
    const before = await settings();
    expect((await app.as('ada').type(line)).text).toContain(text);
    expect(await settings()).toEqual(before);
  });

  it('leave a trace of each change, numbered', async () => {
    const shown = await app.as('ada').type('settings workdays sun-thu');
    expect(shown.text).toContain('Workdays: Mon–Fri → Mon–Thu, Sun');
    expect(shown.buttons.map(({ label }) => label)).not.toContain('Undo');
    await app.as('ada').type('settings workdays mon-fri');
  });
});
