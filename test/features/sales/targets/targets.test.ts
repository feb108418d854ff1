import { beforeEach, describe, expect, it } from 'vitest';
import type { TargetView } from '../../../../src/features/sales/targets/model.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

const show = async (key: string, input: Record<string, unknown> = {}) =>
  (await app.as(key).call('targets.show', input)) as TargetView;
const names = (view: TargetView) => view.rows.map(({ person, unit }) => person?.name ?? unit);

describe('a target', () => {
  it('is set for a person and month by one line, and changed by another', async () => {
    const lina = app.as('lina');
    expect((await lina.type('target @wang 2027-01 400k')).text).toContain('Wang Lei 的目标为 CNY 400,000');
    const changed = await lina.type('target @wang 2027-01 450k');
    expect(changed.text).toContain('CNY 400,000 → CNY 450,000');
    await lina.press(changed.button('撤销'));
    const view = await show('wang', { month: { from: '2027-01-01', to: '2027-01-31' } });
    expect(view.total).toMatchObject([{ targetMinor: '40000000', gapMinor: '40000000' }]);
  });

  it('may be undone and set again', async () => {
    const lina = app.as('lina');
    const first = await lina.type('target @wang 2027-01 400k');
    await lina.press(first.button('撤销'));
    expect((await lina.type('target @wang 2027-01 500k')).text).toContain('的目标为 CNY 500,000');
  });

  it('is this month’s when no month is said', async () => {
    expect((await app.as('lina').type('target @wang 410k')).text).toContain('2026年11月');
  });

  it('cannot be set by a rep, not even the own one; the managers above are named', async () => {
    const shown = await app.as('emma').type('target me 1k');
    expect(shown.text).toContain('Tom Becker');
    expect((await show('emma')).total).toMatchObject([{ targetMinor: '7000000' }]);
  });

  it('cannot be set for people of another manager', async () => {
    expect((await app.as('lina').type('target @emma 1k')).text).toContain('Tom Becker');
    expect((await app.as('ada').type('target @emma 71k')).text).toContain('CNY 71,000');
  });

  it('is for one month', async () => {
    expect((await app.as('lina').type('target @wang q4 500k')).text).toContain('一个月');
  });
});

describe('each level sees its own gap', () => {
  it('a rep the own one', async () => {
    const view = await show('wang');
    expect(view).toMatchObject({
      scope: { kind: 'own' },
      monthOn: '2026-11-01',
      level: 'person',
      total: [
        {
          currency: 'CNY',
          targetMinor: '40000000',
          wonMinor: '26000000',
          gapMinor: '14000000',
          reachedBasisPoints: 6500,
        },
      ],
    });
    expect(names(view)).toEqual(['Wang Lei']);
  });

  it('a manager that of everybody below, and how many have none', async () => {
    const view = await show('lina');
    expect(names(view)).toEqual(['Wang Lei', 'Wei Zhang']);
    expect(view.total).toMatchObject([{ targetMinor: '90000000', gapMinor: '64000000' }]);
    expect((await show('tom')).withoutTarget).toBe(1);
  });

  it('who sees everything that of the teams, unlike currencies apart', async () => {
    const view = await show('ada');
    expect(view.level).toBe('group');
    expect(names(view)).toEqual(['Li Na', 'Tom Becker']);
    expect(view.total.map(({ currency }) => currency)).toEqual(['CNY', 'EUR']);
    expect(names(await show('chen', { by: 'region' }))).toEqual(['East', 'West']);
    expect(names(await show('ada', { by: 'person' }))).toEqual(['Emma Clark', 'Wang Lei', 'Wei Zhang']);
  });

  it('in words and in Chinese', async () => {
    const shown = await app.as('wei').type('销售目标');
    expect(shown.text).toContain('销售目标 · 2026年11月 · 你');
    const all = await app.as('ada').type('target');
    expect(all.text).toContain('Li Na | CNY 900,000 | CNY 260,000 | CNY 640,000 | 28%');
    expect((await app.as('ada').press(all.button('Month before'))).text).toContain('October 2026');
  });

  it('of people out of sight is refused', async () => {
    expect((await app.as('emma').type('target @wei')).text).toContain('Li Na');
  });
});
