import { beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await testApp();
});

interface Stages {
  stages: { key: string; nameZh: string; probabilityBasisPoints: number; normalDays: number }[];
}
const stages = async () => ((await app.as('emma').call('stages.list', {})) as Stages).stages;
const keys = async () => (await stages()).map(({ key }) => key);

describe('stages', () => {
  it('are the default pipeline in a new organization, with English and Chinese names', async () => {
    expect((await app.as('emma').type('stages')).text).toContain('quote | 70% | 9');
    expect((await app.as('lina').type('销售阶段')).text).toContain('报价 | 70% | 9');
    expect(await keys()).toEqual(['qualify', 'tracking', 'negotiation', 'quote', 'contract']);
  });

  it('are shown as often as somebody asks', async () => {
    const first = await app.as('emma').type('stages');
    expect((await app.as('emma').type('stages')).text).toBe(first.text);
  });

  it('cannot be changed by anybody but an admin, who is named', async () => {
    for (const key of ['emma', 'tom', 'chen', 'noah']) {
      const shown = await app.as(key).type('stages set quote 1%');
      expect(shown.text).toContain('Ada Young');
    }
    expect((await stages()).find(({ key }) => key === 'quote')?.probabilityBasisPoints).toBe(7000);
  });

  it('are changed by one line, which is said back and can be undone', async () => {
    const ada = app.as('ada');
    const shown = await ada.type('stages set quote 75% 10d');
    expect(shown.text).toContain('quote · 70% → 75% · 9 days → 10 days');
    expect(shown.text).toContain('stages set quote 75% 10d');
    await ada.press(shown.button('Undo'));
    expect((await stages())[3]).toMatchObject({ probabilityBasisPoints: 7000, normalDays: 9 });
  });

  it('can be added after another one, and come back after they were removed', async () => {
    const ada = app.as('ada');
    await ada.type('stages add demo 演示 after:tracking 40% 10d');
    expect(await keys()).toEqual(['qualify', 'tracking', 'demo', 'negotiation', 'quote', 'contract']);
    await ada.type('stages remove demo');
    expect(await keys()).toEqual(['qualify', 'tracking', 'negotiation', 'quote', 'contract']);
    await ada.type('stages add demo before:contract 80% 5d');
    expect(await keys()).toEqual(['qualify', 'tracking', 'negotiation', 'quote', 'demo', 'contract']);
  });

  it('stand by their probability when no place is said', async () => {
    await app.as('ada').type('stages add demo 60% 5d');
    expect(await keys()).toEqual(['qualify', 'tracking', 'negotiation', 'demo', 'quote', 'contract']);
  });

  it('can be renamed and moved without touching their deals', async () => {
    const ada = app.as('ada');
    await ada.type('stages rename tracking follow-up 持续跟进');
    expect((await app.as('emma').type('show D-1')).text).toContain('follow-up');
    expect((await app.as('emma').type('move D-1 持续')).text).toContain('in follow-up already');
    await ada.type('stages set follow-up after:quote');
    expect(await keys()).toEqual(['qualify', 'negotiation', 'quote', 'follow-up', 'contract']);
  });

  it('are not removed while deals stand in them, unless it is said where to', async () => {
    const ada = app.as('ada');
    const refused = await ada.type('stages remove quote');
    expect(refused.text).toContain('1 deal is still in quote');
    expect(await keys()).toContain('quote');
    const done = await ada.press(refused.button('to negotiation'));
    expect(done.text).toContain('1 deal moved to negotiation');
    expect((await app.as('wei').type('show D-6')).text).toContain('谈判');
    await ada.press(done.button('Undo'));
    expect(await keys()).toContain('quote');
    expect((await app.as('wei').type('show D-6')).text).toContain('报价');
  });

  it('keep the last one', async () => {
    const ada = app.as('ada');
    for (const key of ['qualify', 'tracking', 'negotiation', 'quote']) {
      await ada.type(`stages remove ${key} to:contract`);
    }
    expect((await ada.type('stages remove contract')).text).toContain('the only stage');
    expect(await keys()).toEqual(['contract']);
  });

  it.each([
    ['stages add quote 10% 5d', 'a stage quote already'],
    ['stages set nowhere 10%', 'There is no stage nowhere'],
    ['stages rename quote contract', 'the name of another stage'],
    ['stages set quote 10% colour:red', 'does not fit here'],
    ['stages explode quote', 'I do not know what to do with explode'],
    ['stages remove quote to:quote', 'cannot stay there'],
    ['stages set quote 75% 9d ?', 'Dry run'],
  ])('%s is answered with what to do', async (line, text) => {
    expect((await app.as('ada').type(line)).text).toContain(text);
    expect((await stages()).find(({ key }) => key === 'quote')?.probabilityBasisPoints).toBe(7000);
  });
});
