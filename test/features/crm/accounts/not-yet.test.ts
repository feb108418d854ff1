import { beforeAll, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

describe('a customer who is not there yet', () => {
  it.each(['deal NewCo "x" 5k', 'contact NewCo "Zhou Min"', 'log call NewCo -- asked for a price'])(
    '%s opens the form of a new customer with the name filled in',
    async (line) => {
      const emma = app.as('emma');
      const refused = await emma.type(line);
      expect(refused.text).toContain('I cannot find “NewCo”');
      const { outcome } = await emma.press(refused.button('Create customer'));
      if (outcome.kind !== 'form') throw new Error(`no form but ${outcome.kind}`);
      expect(outcome.form.press).toMatchObject({ a: 'accounts.create' });
      expect(outcome.form.fields.find(({ name }) => name === 'name')?.value).toBe('NewCo');
    },
  );

  it.each(['archive NewCo', 'set NewCo class A', 'show NewCo', 'deal C-999 "x" 5k'])(
    '%s has nothing to save first',
    async (line) => {
      const labels = (await app.as('emma').type(line)).buttons.map(({ label }) => label);
      expect(labels).not.toContain('Create customer');
    },
  );

  it('is offered in the language of who typed', async () => {
    expect(
      (await app.as('wei').type('新建商机 新公司 水泵 5万')).buttons.map(({ label }) => label),
    ).toContain('新建客户');
  });
});

describe('an organization in which nothing is saved yet', () => {
  const olivia = async (locale: 'en' | 'zh-CN'): Promise<Person> => {
    const bare = await testApp({ demo: false });
    bare.engine.profile = async () => ({
      name: 'Olivia',
      email: null,
      locale,
      timeZone: 'UTC',
      isOwnerOrAdmin: true,
      isOutsider: false,
    });
    return bare.at({ platform: 'slack', installation: bare.installation, userId: 'U1' });
  };

  it.each([
    ['en', /\/crm (new-lead .+)\./],
    ['zh-CN', /\/crm (新建线索 .+)。/],
  ] as const)('is told by its pipeline a line that works there (%s)', async (locale, line) => {
    const who = await olivia(locale);
    const empty = await who.type('pipeline');
    const [, typed = ''] = line.exec(empty.text) ?? [];
    expect((await who.type(typed)).text).toContain('L-1');
    expect(empty.buttons).toHaveLength(2);
    for (const { press } of empty.buttons) expect((await who.press(press)).kind).toBe('form');
  });
});
