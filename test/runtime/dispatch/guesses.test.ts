import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

describe('a verb that had to be guessed', () => {
  it('changes nothing by one press: the line is there to read and the form to fill in', async () => {
    const shown = await app.as('emma').type('moov D-1 quote');
    expect(shown.text).toContain('Did you mean /crm move D-1 quote?');
    expect(shown.buttons.map(({ label }) => label)).toEqual(['Fill in the form']);
    const form = await app.as('emma').press(shown.button('Fill in the form'));
    expect(form.outcome).toMatchObject({ kind: 'form', form: { press: { a: 'deals.move' } } });
  });

  it('runs at once where it only reads', async () => {
    const shown = await app.as('emma').type('pipline');
    expect((await app.as('emma').press(shown.button('Run it'))).text).toContain('Pipeline');
  });

  it('has no button where there is no form', async () => {
    const shown = await app.as('emma').type('udno');
    expect(shown.text).toContain('Did you mean /crm undo?');
    expect(shown.buttons).toEqual([]);
  });

  it.each(['cover to @wang 1nov..10nov', 'promise acme trial unit', 'task D-12 call', 'hello there'])(
    'is none in: %s',
    async (line) => {
      const shown = await app.as('emma').type(line);
      expect(shown.text).toContain('Type /crm help to see what I can do.');
      expect(shown.text).not.toContain('Did you mean');
      expect(shown.buttons).toEqual([]);
    },
  );

  it.each([
    ['推近 D-5 合同', '/crm 推进 D-5 合同', '填写表单'],
    ['安静 19:00-08:30', '/crm 安静时段 19:00-08:30', '填写表单'],
    ['等级 A>500k B>100k', '/crm 客户分级', '填写表单'],
    ['规则', '/crm 审批规则', '执行'],
  ])('is found in Chinese: %s', async (line, meant, label) => {
    const shown = await app.as('wei').type(line);
    expect(shown.text).toContain(`是否想输入 ${meant}`);
    expect(shown.buttons.map((button) => button.label)).toContain(label);
  });
});

describe('words behind a complete name', () => {
  it('are asked about, and nothing is saved', async () => {
    const shown = await app.as('emma').type('deal acme "Gaskets" 50k USDT');
    expect(shown.text).toContain('USDT is no currency I know');
    expect(shown.text).toContain('/crm deal acme Gaskets USD 50k');
    expect((await app.as('emma').type('find Gaskets')).text).not.toContain('USDT');
  });
});
