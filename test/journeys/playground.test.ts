import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Child, freePort, run } from './child.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);

// CI sets CHROMIUM_PATH, so that a missing browser is a failure there and not a gap.
test('the browser that was named is there', () => {
  expect(hasBrowser || process.env.CHROMIUM_PATH === undefined).toBe(true);
});

describe.skipIf(!hasBrowser)(`the playground in ${executablePath}`, () => {
  const home = mkdtempSync(join(tmpdir(), 'parley-page-'));
  /** Kept when a folder is named. */
  const pictures = process.env.PARLEY_PICTURES ?? join(home, 'pictures');
  let service: Child;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const outside: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    service = run('start', [], { PORT: String(port), DATA_DIR: join(home, 'data') });
    await service.until('/playground', 90_000);
    const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-extensions'];
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(`http://127.0.0.1:${port}/`)) outside.push(request.url());
    });
    page.setDefaultTimeout(10_000);
    await page.goto(`http://127.0.0.1:${port}/playground`);
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    service?.kill('SIGTERM');
    await service?.exited;
    rmSync(home, { recursive: true, force: true });
  });

  const picture = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });
  const become = (name: string) => page.locator('.sidebar').getByRole('button', { name }).click();
  async function type(line: string): Promise<void> {
    const composer = page.locator('#composer textarea');
    await composer.fill(line);
    await composer.press('Escape');
    await composer.press('Enter');
  }

  test('answers the line it shows with a number', async () => {
    await become('Emma Clark');
    await picture('1-start');
    await type('/crm new-lead "Acme Pumps" Jane jane@acme.example 80k');
    await page
      .getByText(/L-\d+ Acme Pumps/)
      .first()
      .waitFor();
    expect(await page.locator('.panes').innerText()).toContain('CNY 80,000');
    await picture('2-lead');
  });

  test('opens the form, says what is wrong under its field, and saves what is right', async () => {
    await type('/crm new-lead');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await dialog.locator('[id="input-f:company"]').fill('Formwork Browser');
    await dialog.locator('[id="input-f:email"]').fill('jane at formwork');
    await dialog.locator('button[type=submit]').click();
    const error = dialog.locator('.input-error');
    await error.waitFor();
    expect(await error.innerText()).toMatch(/e-mail/i);
    expect(await error.count()).toBe(1);
    await picture('3-form-error');
    await dialog.locator('[id="input-f:email"]').fill('jane@formwork.example');
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'hidden' });
    await page
      .getByText(/L-\d+ Formwork Browser/)
      .first()
      .waitFor();
    await picture('4-form-saved');
  });

  test('speaks Chinese with somebody whose profile is Chinese', async () => {
    await become('Wei Zhang');
    await type('/crm 新建线索 远景机械厂 王敏 80万');
    await page
      .getByText(/L-\d+ 远景机械厂/)
      .first()
      .waitFor();
    expect(await page.locator('.panes').innerText()).toMatch(/负责人|待识别/);
    await picture('5-chinese');
    await type('/crm 漏斗');
    await page.getByText(/漏斗/).nth(1).waitFor();
    await picture('6-chinese-pipeline');
  });

  test('shows the pipeline, the help and the day', async () => {
    await become('Tom Becker');
    for (const [name, line, shows] of [
      ['7-pipeline', '/crm pipeline', /open deals/],
      ['8-help', '/crm help', /new-lead/],
      ['9-day', '/crm today', /\d+ things? waits? for you|Nothing/],
    ] as const) {
      await type(line);
      await page.getByText(shows).last().waitFor();
      await picture(name);
    }
  });

  test('loads nothing from elsewhere and complains of nothing', () => {
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
