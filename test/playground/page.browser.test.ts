import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildPage, type PageService, servePage } from './page-service.ts';
import {
  attach,
  block,
  card,
  channel,
  continueWith,
  executeButton,
  form,
  type Json,
  lina,
  showCard,
  tenantId,
  wei,
} from './teams-service.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
const wide = { width: 1440, height: 900 };
const narrow = { width: 900, height: 800 };
/** Keys are made for the first token, which takes a while on a busy machine. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 });

// CI sets CHROMIUM_PATH, so that a missing browser is a failure there and not a gap.
test('the browser that was named is there', () => {
  expect(hasBrowser || process.env.CHROMIUM_PATH === undefined).toBe(true);
});

describe.skipIf(!hasBrowser)(`the playground page in ${executablePath}`, () => {
  let wwwDir: string;
  let service: PageService;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    wwwDir = buildPage();
    const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-extensions'];
    browser = await chromium.launch({ executablePath, args });
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    await service?.close();
    if (wwwDir) rmSync(wwwDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await page?.context().close();
    await service?.close();
    service = await servePage(wwwDir);
    page = await (await browser.newContext({ viewport: wide, locale: 'en-GB' })).newPage();
    page.setDefaultTimeout(10_000);
    complaints.length = 0;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  });

  const teams = () => page.locator('section.teams');
  const composer = () => teams().locator('.composer textarea');
  const modal = () => teams().getByRole('dialog');
  const field = (name: string) => modal().getByLabel(name, { exact: true });
  /** Opens the page as Li Na, who reads English on both platforms. */
  async function open(): Promise<void> {
    await page.goto(`${service.url}/playground`);
    await page.locator('.person', { hasText: 'Li Na' }).click();
    await composer().waitFor();
  }
  const personalOf = (user: string) =>
    service.teams.standIn.screen(user, tenantId).conversations.find(({ kind }) => kind === 'personal')?.id ??
    '';
  const post = (content: Json, more: Json = {}) =>
    service.teams.post(personalOf(lina), { attachments: [attach(content)], ...more });
  const fetchButton = {
    type: 'Action.Submit',
    title: 'Open the form',
    data: { msteams: { type: 'task/fetch' }, form: 'lead' },
    associatedInputs: 'none',
  };

  test('is one person in both panes, and says who has no account in Teams', async () => {
    await open();
    await composer().fill('pipeline');
    await page.keyboard.press('Enter');
    await eventually(() => service.teams.received.length).toBe(1);
    expect(service.teams.last()).toMatchObject({ text: 'pipeline', from: { aadObjectId: lina } });
    await page.locator('.person', { hasText: 'Chen Wei' }).click();
    await composer().fill('hi');
    await page.keyboard.press('Enter');
    await eventually(() => service.teams.last().from).toMatchObject({ aadObjectId: wei });
    await page.locator('.person', { hasText: 'Sam' }).click();
    await teams().getByText('Sam has no account in Teams here.').waitFor();
    expect(complaints).toEqual([]);
  });

  test('shows one pane at a time where there is no room for two, and remembers which', async () => {
    await page.setViewportSize(narrow);
    await page.goto(`${service.url}/playground`);
    await page.getByRole('region', { name: 'Slack · East' }).waitFor();
    expect(await teams().count()).toBe(0);
    await page.getByRole('button', { name: 'Teams', exact: true }).click();
    await teams().waitFor();
    await page.reload();
    await teams().waitFor();
    expect(await page.getByRole('region', { name: 'Slack · East' }).count()).toBe(0);
    await page.locator('.person', { hasText: 'Li Na' }).click();
    await composer().waitFor();
    expect(complaints).toEqual([]);
  });

  test('keeps text of customers dead wherever a card or message shows it', async () => {
    const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>[a](javascript:alert(3))';
    const paragraph = { type: 'TextBlock', text: evil, wrap: true };
    await open();
    await post(
      card({
        body: [
          paragraph,
          { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: evil }] },
          { type: 'FactSet', facts: [{ title: evil, value: evil }] },
          { type: 'Input.Text', id: 'a', label: evil, placeholder: evil, value: evil },
          { type: 'Input.Toggle', id: 'b', title: evil, label: evil },
          {
            type: 'Input.ChoiceSet',
            id: 'c',
            label: evil,
            style: 'expanded',
            choices: [{ title: evil, value: evil }],
          },
          {
            type: 'Table',
            columns: [{ width: 1 }],
            rows: [
              {
                type: 'TableRow',
                cells: [{ type: 'TableCell', items: [paragraph] }],
              },
            ],
          },
        ],
        actions: [executeButton({ title: evil })],
      }),
      { text: evil, textFormat: 'markdown' },
    );
    await teams().locator('.ac-adaptiveCard').waitFor();
    const shown = await teams().locator('.message').innerText();
    expect(shown.split('<img src=x onerror=alert(1)>').length).toBeGreaterThan(8);
    expect(await teams().locator('img, script, a[href^=javascript]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('sends a press with what stands in the fields, and goes on from the card that comes instead', async () => {
    await open();
    await post(
      card({
        body: [block('Acme'), { type: 'Input.Text', id: 'why', label: 'Why' }],
        actions: [executeButton()],
      }),
    );
    service.teams.answer(() =>
      showCard(card({ body: [block('Moved')], actions: [executeButton({ title: 'Undo' })] })),
    );
    await teams().getByLabel('Why').fill('a good price');
    await teams().getByRole('button', { name: 'Move on' }).click();
    const undo = teams().getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    expect(service.teams.last()).toMatchObject({
      name: 'adaptiveCard/action',
      value: { action: { verb: 'move', data: { deal: 'D1', why: 'a good price' } } },
    });
    await eventually(() => undo.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('keeps the cursor in a dialog, finds choices by keyboard, and shows what was wrong', async () => {
    await open();
    await post(card({ actions: [fetchButton] }));
    service.teams.answer(({ activity }) => {
      if (activity.name === 'application/search') {
        const { queryText } = activity.value as { queryText: string };
        const results = [{ title: `${queryText} Hydraulics`, value: 'C-1' }];
        const type = 'application/vnd.microsoft.search.searchResponse';
        return Response.json({ statusCode: 200, type, value: { results } });
      }
      const wrong = activity.name === 'task/submit' ? [block('The amount is too low.')] : [];
      const { body } = form();
      return continueWith(form({ body: [...wrong, ...(body as Json[])] }));
    });
    const opener = teams().getByRole('button', { name: 'Open the form' });
    await opener.click();
    await field('Name *').waitFor();
    await eventually(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press('Tab');
      expect(await modal().evaluate((box) => box.contains(document.activeElement))).toBe(true);
    }
    await field('Name *').fill('Acme');
    await field('Account').focus();
    await page.keyboard.type('Acme');
    await modal().getByRole('option', { name: 'Acme Hydraulics' }).waitFor();
    await page.keyboard.press('Enter');
    await modal().getByRole('button', { name: 'Save' }).click();
    await modal().getByText('The amount is too low.').waitFor();
    expect(service.teams.last()).toMatchObject({
      name: 'task/submit',
      value: { data: { act: 'save', name: 'Acme', account: 'C-1', hot: 'false' } },
    });
    await page.keyboard.press('Escape');
    await modal().waitFor({ state: 'detached' });
    await eventually(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('sends nothing that was written but not chosen', async () => {
    await open();
    await post(card({ actions: [fetchButton] }));
    service.teams.answer(({ activity }) =>
      activity.name === 'application/search'
        ? Response.json({
            statusCode: 200,
            type: 'application/vnd.microsoft.search.searchResponse',
            value: { results: [] },
          })
        : continueWith(form()),
    );
    await teams().getByRole('button', { name: 'Open the form' }).click();
    await field('Name *').fill('Acme');
    await field('Account').fill('Nobody');
    await modal().getByText('Nothing found').waitFor();
    // Closes the list only.
    await page.keyboard.press('Escape');
    await modal().getByRole('button', { name: 'Save' }).click();
    await modal().getByText('Choose one from the list.').waitFor();
    expect(service.teams.received.map(({ activity }) => activity.name)).not.toContain('task/submit');
    expect(complaints).toEqual([]);
  });

  test('reaches the app in channels by a mention, and marks what only one person sees', async () => {
    await open();
    await teams().getByRole('button', { name: 'sales' }).click();
    await eventually(() => composer().inputValue()).toBe('@CRM ');
    await composer().press('End');
    await page.keyboard.type('pipe');
    await page.keyboard.press('Tab');
    await eventually(() => composer().inputValue()).toBe('@CRM pipeline');
    await page.keyboard.press('Enter');
    await eventually(() => service.teams.received.length).toBe(1);
    expect(service.teams.last()).toMatchObject({ text: '<at>CRM</at> pipeline' });
    await teams().locator('.mention', { hasText: 'CRM' }).waitFor();
    const secret = await service.teams.post(
      channel,
      { recipient: { id: '29:li.na', name: 'Li Na' }, text: 'psst', attachments: [] },
      '?isTargetedActivity=true',
    );
    await teams().locator(`[data-message="${secret}"]`).getByText('Only you can see this').waitFor();
    expect(complaints).toEqual([]);
  });

  test('searches the app from the composer and puts what is picked into the conversation', async () => {
    await open();
    service.teams.answer(() =>
      Response.json({
        composeExtension: {
          type: 'result',
          attachmentLayout: 'list',
          attachments: ['Acme', 'Bolt'].map((name) => ({
            ...attach(card({ body: [block(`Card of ${name}`)] })),
            preview: {
              contentType: 'application/vnd.microsoft.card.thumbnail',
              content: { title: name, text: 'Customer' },
            },
          })),
        },
      }),
    );
    await teams().getByRole('button', { name: 'Actions of CRM' }).click();
    await page.getByRole('menuitem', { name: 'Search CRM' }).click();
    await teams().getByRole('option', { name: 'Bolt' }).waitFor();
    await page.keyboard.type('b');
    await eventually(() => service.teams.last().value).toMatchObject({
      commandId: 'search-account',
      parameters: [{ name: 'query', value: 'b' }],
    });
    await teams().getByRole('option', { name: 'Bolt' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await teams().locator('.ac-adaptiveCard', { hasText: 'Card of Bolt' }).waitFor();
    await teams().getByText('via app').waitFor();
    expect(complaints).toEqual([]);
  });

  test('hosts the tab as Teams does: context, sign-in and themes by its own library', async () => {
    await open();
    await teams().getByRole('button', { name: 'CRM tab' }).click();
    const frame = page.frameLocator('iframe');
    await frame.locator('html').waitFor();
    const seen = () =>
      frame.locator('html').evaluate(() => (window as unknown as { seen: Record<string, unknown> }).seen);
    await eventually(seen).toMatchObject({
      theme: 'default',
      locale: 'en-us',
      user: lina,
      tenant: tenantId,
      themes: [],
    });
    const [, claims = ''] = String((await seen()).token).split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      oid: lina,
      tid: tenantId,
    });
    for (const theme of ['dark', 'contrast']) await page.getByLabel('Theme').selectOption(theme);
    await eventually(seen).toMatchObject({ themes: ['dark', 'contrast'] });
    // The library asks Microsoft's servers which hosts there are; the tab's own policy lets it reach nobody.
    expect(complaints.filter((line) => !line.includes('res.cdn.office.net'))).toEqual([]);
  });

  test('has nothing that keeps somebody with a screen reader or a keyboard out', async () => {
    await open();
    await post(form({ actions: [fetchButton, executeButton({ style: 'positive' })] }));
    await teams().getByRole('button', { name: 'Move on' }).waitFor();
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const findings = async () =>
      page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: {
            run(
              at: string,
            ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
          };
        };
        const { violations } = await axe.run('section.teams');
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
      });
    expect(await findings()).toEqual([]);
    service.teams.answer(() => continueWith(form()));
    await teams().getByRole('button', { name: 'Open the form' }).click();
    await field('Account').click();
    await modal().getByRole('option', { name: 'None' }).waitFor();
    expect(await findings()).toEqual([]);
  });
});
