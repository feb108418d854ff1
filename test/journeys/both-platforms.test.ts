import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Child, freePort, run } from './child.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);

// CI sets CHROMIUM_PATH, so that a missing browser is a failure there and not a gap.
test('the browser that was named is there', () => {
  expect(hasBrowser || process.env.CHROMIUM_PATH === undefined).toBe(true);
});

/** One lead from the first line to a deal that moves, by one person on both platforms and the web page. */
describe.skipIf(!hasBrowser)(`Slack, Teams and the tab in ${executablePath}`, () => {
  const home = mkdtempSync(join(tmpdir(), 'parley-both-'));
  const pictures = process.env.PARLEY_PICTURES ?? join(home, 'pictures');
  let service: Child;
  let browser: Browser;
  let page: Page;
  let base = '';
  let slack: Locator;
  let teams: Locator;
  const complaints: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    const env = { PORT: String(port), DATA_DIR: join(home, 'data'), PUBLIC_URL: base };
    service = run('start', [], env);
    await service.until('/playground', 120_000);
    const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-extensions'];
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.setDefaultTimeout(30_000);
    await page.goto(`${base}/playground`);
    slack = page.getByRole('region', { name: /^Slack/ });
    teams = page.getByRole('region', { name: /^Teams/ });
    await page.locator('.sidebar').getByRole('button', { name: 'Emma Clark' }).click();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    service?.kill('SIGTERM');
    await service?.exited;
    rmSync(home, { recursive: true, force: true });
  });

  const picture = (name: string) => page.screenshot({ path: join(pictures, `both-${name}.png`) });

  async function type(pane: Locator, line: string): Promise<void> {
    const box = pane.locator('.composer textarea');
    await box.fill(line);
    await box.press('Escape');
    await box.press('Enter');
  }
  const inSlack = (line: string) => type(slack, line);
  const inTeams = (line: string) => type(teams, line);

  /** Presses the button of the newest card that has it, and gives the dialog it opens. */
  async function openDialog(label: string): Promise<Locator> {
    await teams.getByRole('button', { name: label, exact: true }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    return dialog;
  }

  /** Two browsers and a service on a busy machine. */
  const slow = 120_000;
  let lead = '';
  let deal = '';

  test(
    'a lead typed in Slack is found in Teams by the same person',
    async () => {
      await inSlack('/crm new-lead "Twin Pumps" Jane jane@twin.example 80k');
      const shown = slack.getByText(/L-\d+ Twin Pumps/).first();
      await shown.waitFor();
      lead = /L-\d+/.exec(await shown.innerText())?.[0] ?? '';
      await inTeams(`show ${lead}`);
      await teams.getByText('CNY 80,000').last().waitFor();
      expect(await teams.innerText()).toContain('Twin Pumps');
      await picture('1-found');
    },
    slow,
  );

  test(
    'is edited there by a dialog that keeps what was typed and says what is wrong',
    async () => {
      await inTeams(`set ${lead}`);
      const dialog = await openDialog('Open the form');
      const amount = dialog.getByLabel(/amount/i);
      await amount.fill('a lot');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog
        .getByText(/“a lot”|a lot/)
        .first()
        .waitFor();
      expect(await dialog.getByLabel(/amount/i).inputValue()).toBe('a lot');
      await picture('2-error');
      await dialog.getByLabel(/amount/i).fill('95k');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await teams.getByText('CNY 95,000').last().waitFor();
      await inSlack(`/crm show ${lead}`);
      await slack.getByText('CNY 95,000').last().waitFor();
    },
    slow,
  );

  test(
    'becomes a deal in Teams and moves there by a button',
    async () => {
      await inTeams(`judge ${lead} opp`);
      await teams.getByText('Judge a lead').last().waitFor();
      const dialog = await openDialog('Open the form');
      for (const box of await dialog.getByRole('checkbox').all()) await box.check();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'hidden' });
      const opened = teams.getByText(/D-\d+ Twin Pumps/).last();
      await opened.waitFor();
      deal = /D-\d+/.exec(await opened.innerText())?.[0] ?? '';
      await inTeams(`move ${deal}`);
      await teams.getByRole('button', { name: 'quote', exact: true }).last().click();
      await teams
        .getByText(/→ quote/)
        .last()
        .waitFor();
      await picture('3-moved');
    },
    slow,
  );

  test(
    'shows the same in Slack, in the tab inside Teams and in a browser of its own',
    async () => {
      await inSlack(`/crm show ${deal}`);
      await slack.getByText(`${deal} Twin Pumps`).last().waitFor();
      expect(await slack.innerText()).toMatch(/Stage\s+quote/);

      await teams.getByRole('button', { name: 'CRM tab' }).click();
      const tab = teams.frameLocator('iframe');
      await tab
        .getByRole('link', { name: /pipeline/i })
        .first()
        .click();
      await tab.getByText('Twin Pumps').first().waitFor();
      await picture('4-tab');

      const links: string[] = [];
      page.context().on('request', (request) => {
        if (request.url().startsWith(`${base}/r/`)) links.push(request.url());
      });
      await inSlack(`/crm open ${deal}`);
      const opened = page.waitForEvent('popup');
      await slack.getByRole('button', { name: 'Open', exact: true }).last().click();
      const own = await opened;
      await own.waitForURL(`${base}/tab/deals/${deal}`);
      await own.getByText('Twin Pumps').first().waitFor();
      const words = await own.locator('main').innerText();
      expect(words).toMatch(/CNY 95,000/);
      expect(words).toMatch(/quote/i);
      await own.screenshot({ path: join(pictures, 'both-5-deal.png') });

      // A link signs in once; without a session the page has nothing to show.
      const stranger = await (await browser.newContext()).newPage();
      await stranger.goto(links[0] ?? '');
      await stranger.getByText(/was used already/).waitFor();
      await stranger.goto(`${base}/tab/deals/${deal}`);
      await stranger.getByText('/crm open').first().waitFor();
      expect(await stranger.locator('body').innerText()).not.toContain('Twin Pumps');
    },
    slow,
  );

  test('nothing broke on the way', () => {
    expect(complaints).toEqual([]);
  });
});
