import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { buildTab } from './built.ts';
import { serveTab, type TabServer } from './server.ts';

export const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(executablePath);
/** Kept when a folder is named. */
const pictures = process.env.PARLEY_PICTURES;

export const desktop = { width: 1280, height: 860 };

/** The tab of a suite in a real browser; `app` and `server` are there from its first test, `page` is new for each. */
export interface TabInBrowser {
  app: TestApp;
  server: TabServer;
  page: Page;
  /** What the page has written to the console since the test began. */
  complaints: string[];
  /** From now on this person looks; `undefined`: nobody known. */
  become(key: string | undefined): Promise<void>;
  /** A path of the page. */
  open(path: string): ReturnType<Page['goto']>;
  /** Waits until nothing is on its way. */
  settled(): Promise<void>;
  picture(name: string): Promise<void>;
}

/** Opens the tab for the suite it is called in; each test begins as `person`. */
export function tabInBrowser(person: string, makeApp: () => Promise<TestApp>): TabInBrowser {
  let wwwDir: string | undefined;
  let browser: Browser | undefined;
  const tab = {
    complaints: [] as string[],
    become: async (key: string | undefined) =>
      tab.server.become(key === undefined ? undefined : await tab.app.as(key).memberId()),
    open: (path: string) => tab.page.goto(`${tab.server.url}${path}`),
    settled: () => tab.page.locator('.skeleton').first().waitFor({ state: 'detached' }),
    picture: async (name: string) => {
      await tab.settled();
      if (pictures) await tab.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: false });
    },
  } as TabInBrowser;
  beforeAll(async () => {
    wwwDir = buildTab();
    tab.app = await makeApp();
    tab.server = await serveTab(tab.app, wwwDir);
    const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-extensions'];
    browser = await chromium.launch({ executablePath, args });
    if (pictures) mkdirSync(pictures, { recursive: true });
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    await tab.server?.close();
    if (wwwDir) rmSync(wwwDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await tab.page?.context().close();
    const context = await (browser as Browser).newContext({ viewport: desktop, locale: 'en-GB' });
    tab.page = await context.newPage();
    tab.page.setDefaultTimeout(10_000);
    tab.complaints.length = 0;
    tab.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) tab.complaints.push(message.text());
    });
    tab.page.on('pageerror', (error) => tab.complaints.push(String(error)));
    await tab.become(person);
  });
  return tab;
}
