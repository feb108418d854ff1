import type { Page, Request } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { testApp } from '../support/app.ts';
import { seriousBarriers } from './barriers.ts';
import { desktop, executablePath, hasBrowser, tabInBrowser } from './in-browser.ts';

const phone = { width: 390, height: 844 };
const api = '**/api/v1/**';

describe.skipIf(!hasBrowser)(`the tab of a service that is away in ${executablePath}`, () => {
  const tab = tabInBrowser('emma', () => testApp());
  const { become, open, picture } = tab;
  let page: Page;
  beforeEach(() => {
    ({ page } = tab);
  });

  /** From now on these requests reach nobody. */
  const cut = (isCut: (request: Request) => boolean = () => true) =>
    page.route(api, (route) => (isCut(route.request()) ? route.abort() : route.continue()));
  const mend = () => page.unroute(api);
  const unreachable = 'The service cannot be reached.';

  test.each([
    ['a desk', desktop],
    ['a phone', phone],
  ])(
    'on %s, a form says over itself that it was not sent, keeps what was typed, and is sent later',
    async (where, size) => {
      await page.setViewportSize(size);
      await open('/tab/');
      await page.getByRole('banner').getByRole('button', { name: 'New lead' }).click();
      const dialog = page.getByRole('dialog');
      const company = dialog.getByLabel(/^Company/);
      await company.fill(`Held on ${where}`);
      await dialog.getByLabel(/^E-?mail/i).fill('jane at dropped');
      await cut();
      await dialog.locator('button[type=submit]').click();
      await dialog.getByRole('alert').filter({ hasText: unreachable }).waitFor();
      await picture(`away-form-${where.slice(2)}`);
      expect(await seriousBarriers(page)).toEqual([]);
      expect(await company.inputValue()).toBe(`Held on ${where}`);
      await mend();
      await dialog.locator('button[type=submit]').click();
      await dialog.locator('.field-error').waitFor();
      expect(await dialog.getByText(unreachable).count()).toBe(0);
      await dialog.getByLabel(/^E-?mail/i).fill(`jane@${where.slice(2)}.example`);
      await dialog.locator('button[type=submit]').click();
      await page
        .getByText(new RegExp(`L-\\d+ .*Held on ${where}`))
        .first()
        .waitFor();
    },
  );

  test('what cannot be brought up to date stays on the page, is said, and comes with a press', async () => {
    await open('/tab/deals/D-1');
    await page.locator('.record').waitFor();
    await page.getByRole('button', { name: 'Next step' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^What to do/).fill('said while the line broke');
    await cut((request) => !request.postData()?.includes('"submit"'));
    await dialog.locator('button[type=submit]').click();
    const bar = page.locator('.offline');
    await bar.getByText(unreachable).waitFor();
    await picture('away-record');
    expect(await page.locator('.record').innerText()).not.toContain('said while the line broke');
    expect(await page.locator('.stage-path li').count()).toBeGreaterThan(0);
    expect(await page.locator('.problem').count()).toBe(0);
    await mend();
    await bar.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.record', { hasText: 'said while the line broke' }).waitFor();
    await bar.waitFor({ state: 'detached' });
  });

  test.each(['Pipeline', 'Approvals', 'Reports', 'Settings'])(
    '%s cannot be opened, says so, and opens with a press',
    async (name) => {
      await open('/tab/');
      await page.locator('.panel').first().waitFor();
      await cut();
      await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
      const problem = page.locator('.problem', { hasText: unreachable }).first();
      await problem.waitFor();
      await picture(`away-${name}`);
      expect(await seriousBarriers(page)).toEqual([]);
      await mend();
      await problem.getByRole('button', { name: 'Try again' }).press('Enter');
      await page.locator('.column, .chart, .panel .block-text, .panel .facts').first().waitFor();
    },
  );

  test('a search that reaches nobody does not say that nothing was found', async () => {
    await open('/tab/pipeline');
    await page.locator('.deal').first().waitFor();
    await cut();
    await page.getByLabel('Owner').fill('emma');
    await page.getByRole('option', { name: unreachable }).waitFor();
  });

  test('whose session has ended is led to the entrance by the next page they open', async () => {
    await become('tom');
    await open('/tab/');
    await page.locator('.panel').first().waitFor();
    await become(undefined);
    await page.getByRole('link', { name: 'Pipeline' }).click();
    await page.getByRole('heading', { name: /not signed in/ }).waitFor();
  });
});
