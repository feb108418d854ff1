import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { withWaivers } from '../features/org/approvals/waivers.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { seriousBarriers } from './barriers.ts';
import { desktop, executablePath, hasBrowser, tabInBrowser } from './in-browser.ts';

const narrow = { width: 320, height: 640 };

describe.skipIf(!hasBrowser)(`approvals in ${executablePath}`, () => {
  const tab = tabInBrowser('tom', () => testApp({ features: withWaivers() }));
  const { complaints, become, open, picture } = tab;
  let app: TestApp;
  let page: Page;
  beforeEach(() => {
    ({ app, page } = tab);
  });

  const button = (name: string | RegExp) => page.locator('.page').getByRole('button', { name, exact: true });
  const inside = (name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });
  const status = async (number: string) =>
    ((await app.as('ada').call('approvals.show', { approval: number })) as { status: string }).status;

  /** A request of Emma's on a deal of its own; 15 % goes to Tom, 25 % to him and then to Finance. */
  async function ask(note: string, percent = 1500): Promise<string> {
    const emma = app.as('emma');
    const made = await emma.call('deals.create', { account: 'C-1', name: note, amount: '10000 EUR' });
    const { number: deal } = made as { number: string };
    const asked = await emma.call('waivers.request', { deal, percent, note });
    return (asked as { approval: string }).approval;
  }

  test('what waits stands in the list and is counted; answered, it is gone from both', async () => {
    const { waiting } = (await app.as('tom').call('approvals.list', {})) as { waiting: unknown[] };
    const before = waiting.length;
    const first = await ask('match Grundfos bid');
    const second = await ask('long-standing customer');
    await open('/tab/');
    const link = page.getByRole('link', { name: /^Approvals/ });
    await expect.poll(() => link.innerText()).toMatch(new RegExp(`Approvals\\s*${before + 2}`));
    await link.click();
    await page.getByRole('heading', { name: 'Waiting for you' }).waitFor();
    const rows = page.locator('.row', { hasText: 'waived on' });
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringMatching(new RegExp(`${first} 15%[^]*Emma Clark asked 0 min ago[^]*Grundfos`)),
      expect.stringMatching(new RegExp(`${second} 15%[^]*answer by[^]*long-standing`)),
    ]);
    await picture('approvals-list');

    await rows.first().getByRole('button', { name: 'Approve' }).press('Enter');
    await page.locator('.toast', { hasText: /Approved: A-\d+/ }).waitFor();
    await expect.poll(() => rows.count()).toBe(1);
    await expect.poll(() => link.innerText()).toMatch(new RegExp(`Approvals\\s*${before + 1}`));
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('page-title');
    expect(await status(first)).toBe('approved');

    await rows.first().getByRole('button', { name: 'Open' }).click();
    expect(new URL(page.url()).pathname).toBe(`/tab/approvals/${second}`);
    await button('Approve').waitFor();
    expect(await page.getByRole('link', { name: /^Approvals/ }).getAttribute('aria-current')).toBe('page');
    await app.as('emma').call('approvals.withdraw', { approval: second });
    expect(complaints).toEqual([]);
  });

  test('less is approved with a percentage, and the card then says who, when and what', async () => {
    const number = await ask('counter');
    await open(`/tab/approvals/${number}`);
    await button('Approve less…').click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('.field-error').waitFor();
    expect(await status(number)).toBe('pending');
    await dialog.getByLabel(/percent/).fill('12');
    await dialog.getByLabel(/^Comment/).fill('hold 12');
    await dialog.locator('button[type=submit]').click();
    await page.locator('.panel', { hasText: 'Approved 12% instead of 15% by Tom Becker' }).waitFor();
    expect(await page.locator('.panel').first().innerText()).toContain('hold 12');
    expect(await button(/Approve|Reject/).count()).toBe(0);
    expect(await page.locator('.page-title').innerText()).toContain('12%');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('page-title');
    await picture('approvals-decided');
    expect(complaints).toEqual([]);
  });

  test('a rejection needs its comment, said under the field, and closes the form', async () => {
    const number = await ask('reject');
    await open(`/tab/approvals/${number}`);
    await button('Reject…').press('Enter');
    const dialog = page.getByRole('dialog');
    const field = dialog.getByLabel(/^Why not/);
    await field.waitFor();
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Reject…');
    await page.keyboard.press('Enter');
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('.field-error').waitFor();
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await picture('approvals-reject-error');
    await field.fill('no budget this quarter');
    await dialog.locator('button[type=submit]').click();
    await page.locator('.toast', { hasText: /Rejected: A-\d+/ }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.locator('.panel', { hasText: 'no budget this quarter' }).first().waitFor();
    expect(await status(number)).toBe('rejected');
  });

  test('whoever agrees before others are asked reads whose turn it is', async () => {
    const number = await ask('twice', 2500);
    await open(`/tab/approvals/${number}`);
    await button('Approve').click();
    await page.locator('.toast', { hasText: /Your part of A-\d+ is done/ }).waitFor();
    await page.locator('.panel', { hasText: 'decides: Chen Jing' }).first().waitFor();
    expect(await button('Approve').count()).toBe(0);
    expect(await status(number)).toBe('pending');
  });

  test('a question joins what was said so far', async () => {
    const number = await ask('question');
    await open(`/tab/approvals/${number}`);
    await button('Ask…').click();
    await page
      .getByRole('dialog')
      .getByLabel(/^Words/)
      .fill('Which rival offers that?');
    await page.getByRole('dialog').locator('button[type=submit]').click();
    await page.locator('.page .panel', { hasText: 'Which rival offers that?' }).waitFor();
    expect(await status(number)).toBe('pending');
  });

  test('what others decide is seen without a reload', async () => {
    const number = await ask('elsewhere');
    await become('emma');
    await open(`/tab/approvals/${number}`);
    await button('Withdraw').waitFor();
    await app.as('tom').call('approvals.reject', { approval: number, note: 'no budget' });
    await page.locator('.panel', { hasText: 'Rejected by Tom Becker' }).waitFor({ timeout: 25_000 });
    expect(await page.getByRole('status').first().textContent()).toContain(`${number} has changed`);
    expect(await button('Withdraw').count()).toBe(0);
  }, 60_000);

  test('decided elsewhere while the form is open: said, nothing changed, the comment stays typed', async () => {
    const number = await ask('race');
    await open(`/tab/approvals/${number}`);
    await button('Reject…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Why not/).fill('half a page of reasons');
    await app.as('emma').call('approvals.withdraw', { approval: number });
    await dialog.locator('button[type=submit]').click();
    await dialog.getByText(/already withdrawn, by Emma Clark/).waitFor();
    expect(await dialog.getByLabel(/^Why not/).inputValue()).toBe('half a page of reasons');
    await page.locator('.panel', { hasText: 'Withdrawn by Emma Clark' }).waitFor();
    expect(await status(number)).toBe('withdrawn');
    await picture('approvals-race');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('page-title');
  });

  test('a click that comes too late says whose answer it was, and the card follows', async () => {
    const number = await ask('late');
    await open(`/tab/approvals/${number}`);
    await button('Approve').waitFor();
    await app.as('emma').call('approvals.withdraw', { approval: number });
    await button('Approve').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/already withdrawn, by Emma Clark/).waitFor();
    await page.locator('.panel', { hasText: 'Withdrawn by Emma Clark' }).waitFor();
    await inside('Close').click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('page-title');
  });

  test('a request that does not exist says so, and a program’s text stays text', async () => {
    await open('/tab/approvals/A-99999');
    await page.locator('.page-title').waitFor();
    expect(await page.locator('.page').innerText()).toMatch(/A-99999/);
    const number = await ask('<img src=x onerror=alert(1)>');
    await open(`/tab/approvals/${number}`);
    await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    expect(await page.locator('#root img').count()).toBe(0);
    await app.as('emma').call('approvals.withdraw', { approval: number });
  });

  test('partners have only pages in their navigation that they may read', async () => {
    await become('pia');
    await open('/tab/');
    await page.getByRole('link', { name: 'Settings' }).waitFor();
    const names = await page.locator('.nav-link [data-label]').allInnerTexts();
    expect(names).toEqual(['My day', 'Settings']);
    for (const name of names) {
      await page.getByRole('link', { name }).click();
      await page.locator('.page-title').waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.locator('.page').innerText()).not.toContain('You may not do that');
    }
  });

  describe.each([
    ['light', desktop, {}],
    ['dark', desktop, { colorScheme: 'dark' }],
    ['contrast', desktop, { contrast: 'more' }],
    ['narrow', narrow, {}],
  ] as const)('%s', (name, viewport, media) => {
    test.each([
      ['tom', 'en'],
      ['lina', 'zh'],
    ])(
      'as %s, list, card and form have no serious barrier and do not burst their width',
      async (who, language) => {
        const number =
          who === 'tom' ? await ask('match the bid of Grundfos for the same 40 units') : await askWei();
        await become(who);
        await page.setViewportSize(viewport);
        await page.emulateMedia(media);
        await open('/tab/approvals');
        await page.locator('.row').first().waitFor();
        await check(`${name}-${language}-list`);
        await open(`/tab/approvals/${number}`);
        await page.locator('.page .button-danger').waitFor();
        await check(`${name}-${language}-card`);
        await page.locator('.page .button-danger').click();
        await page.getByRole('dialog').locator('form').waitFor();
        await check(`${name}-${language}-form`);
        const asker = app.as(who === 'tom' ? 'emma' : 'wei');
        await asker.call('approvals.withdraw', { approval: number });
        expect(complaints).toEqual([]);
      },
    );
  });

  async function askWei(): Promise<string> {
    const wei = app.as('wei');
    const deal = await wei.call('deals.create', { account: 'C-2', name: '华东泵站', amount: '10000 CNY' });
    const { number } = deal as { number: string };
    const asked = await wei.call('waivers.request', { deal: number, percent: 1500, note: '对手报价更低' });
    return (asked as { approval: string }).approval;
  }

  async function check(name: string): Promise<void> {
    await picture(name);
    expect(await seriousBarriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  }
});
