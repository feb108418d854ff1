import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../support/app.ts';
import { seriousBarriers } from './barriers.ts';
import { executablePath, hasBrowser, tabInBrowser } from './in-browser.ts';

const phone = { width: 390, height: 844 };

describe.skipIf(!hasBrowser)(`the tab on a phone in ${executablePath}`, () => {
  const tab = tabInBrowser('ada', () => testApp());
  const { become, open, picture } = tab;
  let page: Page;
  beforeEach(async () => {
    ({ page } = tab);
    await page.setViewportSize(phone);
  });

  /** Parts of the page that are wider than what is seen of them, but for the stages and the board. */
  const sideways = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.page *')].flatMap((element) =>
        getComputedStyle(element).overflowX === 'auto' && element.scrollWidth > element.clientWidth
          ? [element.className]
          : [],
      ),
    );

  test.each([
    ['ada', 'Emma Clark', ['Roles', 'Team or branch', 'Reports to', 'Chat account']],
    ['lina', 'Wei Zhang', ['角色', '团队或分公司', '上级', '聊天身份']],
  ])('as %s, people are read one below the other, each value with its name', async (who, name, labels) => {
    await become(who);
    await open('/tab/settings');
    const person = page.locator('.stacked', { hasText: name }).first();
    await person.waitFor();
    expect(await person.locator('dt').allInnerTexts()).toEqual(labels);
    await person.scrollIntoViewIfNeeded();
    await picture(`phone-people-${who}`);
    expect(await sideways()).toEqual([]);
    expect(await seriousBarriers(page)).toEqual([]);
  });

  test('turned to its side or on a desk the same people stand in a table', async () => {
    await open('/tab/settings');
    await page.locator('.stacked').first().waitFor();
    await page.setViewportSize({ width: 900, height: 600 });
    await page.getByRole('cell', { name: 'Emma Clark' }).waitFor();
    expect(await page.locator('.stacked').count()).toBe(0);
  });

  test('the figures of reports are read without scrolling sideways', async () => {
    await become('tom');
    await open('/tab/reports');
    const tables = page.getByText('As a table');
    await tables.nth(2).waitFor();
    for (const table of await tables.all()) await table.click();
    await page.locator('.stacked').first().waitFor();
    await picture('phone-reports-table');
    expect(await sideways()).toEqual([]);
  });
});
