import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { members } from '../../src/store/tables/people.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { seriousBarriers } from './barriers.ts';
import { executablePath, hasBrowser, tabInBrowser } from './in-browser.ts';

const phone = { width: 390, height: 844 };

/** An organization on its first day: its owner and a rep, and nothing else. */
async function bareApp(): Promise<TestApp> {
  const app = await testApp({ demo: false });
  const at = { createdAt: app.clock.now(), updatedAt: app.clock.now() };
  const person = { ...at, orgId: app.orgId, timeZone: 'Asia/Shanghai', status: 'active' } as const;
  await app.inOrg((tx) =>
    tx.insert(members).values([
      { ...person, id: app.engine.newId(), name: 'Ada Young', locale: 'en', roles: ['admin', 'manager'] },
      { ...person, id: app.engine.newId(), name: 'Wei Zhang', locale: 'zh-CN', roles: ['rep'] },
      { ...person, id: app.engine.newId(), name: 'Noah Patel', locale: 'en', roles: ['read-only'] },
    ]),
  );
  return app;
}

describe.skipIf(!hasBrowser)(`the tab of a new organization in ${executablePath}`, () => {
  const tab = tabInBrowser('ada', bareApp);
  const { become, open, picture, complaints } = tab;
  let page: Page;
  beforeEach(() => {
    ({ page } = tab);
  });

  const inPage = (name: string) => page.locator('.page').getByRole('button', { name, exact: true });
  const form = () => page.getByRole('dialog').locator('form').waitFor();

  test.each([
    ['/tab/', 'New lead'],
    ['/tab/pipeline', 'New deal'],
    ['/tab/approvals', 'Ask for a discount'],
    ['/tab/reports', 'New deal'],
    ['/tab/reports', 'Set a target'],
    ['/tab/settings', 'Change'],
  ])('%s has nothing yet and leads on: %s', async (path, next) => {
    await open(path);
    await inPage(next).first().waitFor();
    await picture(`empty-${path.slice(5)}`);
    expect(await seriousBarriers(page)).toEqual([]);
    await inPage(next).first().click();
    await form();
    expect(complaints).toEqual([]);
  });

  test.each([
    ['/tab/', '新建线索'],
    ['/tab/pipeline', '新建商机'],
    ['/tab/approvals', '申请折扣'],
    ['/tab/reports', '新建商机'],
  ])('on a phone in Chinese %s leads on: %s', async (path, next) => {
    await become('wei');
    await page.setViewportSize(phone);
    await open(path);
    await inPage(next).waitFor();
    await picture(`empty-zh-${path.slice(5)}`);
    expect(await inPage('设定目标').count()).toBe(0);
    await inPage(next).click();
    await form();
  });

  test('a board that is narrowed to nothing offers to widen it, and no deal of another kind', async () => {
    await open('/tab/pipeline?q=zzz');
    await page.getByText('No open deals fit this.').waitFor();
    expect(await inPage('New deal').count()).toBe(0);
    await inPage('Clear filters').click();
    await inPage('New deal').waitFor();
  });

  test('who only reads is offered nothing that would be refused', async () => {
    await become('noah');
    for (const path of ['/tab/pipeline', '/tab/reports', '/tab/approvals']) {
      await open(path);
      await page.locator('.page-title').waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      expect(await page.getByRole('button', { name: /^(New|Set|Ask)/ }).count()).toBe(0);
    }
  });

  test('a page that does not exist says so and leads back', async () => {
    await open('/tab/nowhere');
    await page.getByRole('heading', { name: 'There is no such page.' }).waitFor();
    await page.locator('.page').getByRole('link', { name: 'My day' }).click();
    await page.getByRole('heading', { name: 'My day' }).waitFor();
  });
});
