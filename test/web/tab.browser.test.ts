import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../support/app.ts';
import { seriousBarriers } from './barriers.ts';
import { desktop, executablePath, hasBrowser, tabInBrowser } from './in-browser.ts';
import { cardOfPayloads, formOfPayloads, payloads } from './payloads.ts';
import type { TabServer } from './server.ts';

const phone = { width: 360, height: 740 };

// CI sets CHROMIUM_PATH, so that a missing browser is a failure there and not a gap.
test('the browser that was named is there', () => {
  expect(hasBrowser || process.env.CHROMIUM_PATH === undefined).toBe(true);
});

describe.skipIf(!hasBrowser)(`the tab in ${executablePath}`, () => {
  const tab = tabInBrowser('emma', () => testApp());
  const { complaints, become, open, settled, picture } = tab;
  let app: TestApp;
  let server: TabServer;
  let page: Page;
  beforeEach(() => {
    ({ app, server, page } = tab);
  });

  const column = (name: string) => page.locator('.column', { has: page.getByRole('heading', { name }) });

  test('works through the day: what is done leaves the list, and undo brings it back', async () => {
    await open('/tab/');
    const done = page.getByRole('button', { name: 'Done' }).first();
    await done.waitFor();
    const before = await page.getByRole('button', { name: 'Done' }).count();
    await done.click();
    await page.locator('.dialog, .toast').first().waitFor();
    if (await page.locator('.dialog form').count()) await page.locator('.dialog button[type=submit]').click();
    const undo = page.locator('.toast, .dialog').getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    await expect
      .poll(() => page.locator('.page').getByRole('button', { name: 'Done' }).count())
      .toBe(before - 1);
    await undo.click();
    await expect.poll(() => page.locator('.page').getByRole('button', { name: 'Done' }).count()).toBe(before);
    expect(complaints).toEqual([]);
  });

  test('a form says what is wrong under its field, keeps what was typed, and saves what is right', async () => {
    await open('/tab/');
    await page.getByRole('button', { name: 'New lead' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Company/).fill('Formwork');
    await dialog.getByLabel(/^E-?mail/i).fill('jane at formwork');
    await dialog.locator('button[type=submit]').click();
    await dialog.locator('.field-error').first().waitFor();
    expect(await dialog.locator('.field-error').count()).toBe(1);
    expect(await dialog.getByLabel(/^Company/).inputValue()).toBe('Formwork');
    await picture('form-error');
    await dialog.getByLabel(/^E-?mail/i).fill('jane@formwork.example');
    await dialog.locator('button[type=submit]').click();
    await page
      .getByText(/L-\d+ .*Formwork/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  test('a deal is moved by keyboard, by menu and by dragging, and a refused move goes back', async () => {
    await open('/tab/pipeline?whose=mine');
    const card = page.locator('.column').first().locator('.deal').first();
    await card.waitFor();
    const number = (await card.getAttribute('data-deal')) ?? '';
    const [first = '', second = '', third = ''] = await page
      .locator('.column-head h2 span:first-child')
      .allInnerTexts();
    const link = page.locator(`[data-deal="${number}"] .deal-name a`);

    await link.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await column(second).locator(`[data-deal="${number}"]:not(.is-moving)`).waitFor();
    await expect
      .poll(() => page.getByRole('status').last().innerText())
      .toContain(`${number} is now in ${second}`);
    await expect.poll(() => link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await dealStage(number)).toBe(second);

    await page.getByRole('button', { name: `Move ${number} to…` }).press('Enter');
    await page.getByRole('menuitem', { name: third }).press('Enter');
    await column(third).locator(`[data-deal="${number}"]:not(.is-moving)`).waitFor();
    expect(await dealStage(number)).toBe(third);

    await page.locator(`[data-deal="${number}"]`).dragTo(column(first));
    await column(first).locator(`[data-deal="${number}"]:not(.is-moving)`).waitFor();
    expect(await dealStage(number)).toBe(first);

    server.loseNext();
    await link.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByRole('alert').waitFor();
    await column(first).locator(`[data-deal="${number}"]:not(.is-moving)`).waitFor();
    await expect.poll(() => page.getByRole('status').last().innerText()).toContain('was not moved');
    expect(await dealStage(number)).toBe(first);
  });

  async function dealStage(number: string): Promise<string> {
    const deal = (await app.as('ada').call('deals.show', { deal: number })) as { stage: { name: string } };
    return deal.stage.name;
  }

  test('a deal dropped on Won asks why, and cancelling leaves it open', async () => {
    await open('/tab/pipeline?whose=mine');
    const card = page.locator('.deal').first();
    const number = (await card.getAttribute('data-deal')) ?? '';
    const from = await card.boundingBox();
    if (!from) throw new Error('the card is not shown');
    await page.mouse.move(from.x + 20, from.y + from.height - 6);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 200, { steps: 4 });
    const zone = page.locator('.zone-won');
    await zone.waitFor();
    await picture('drag-zones');
    const to = await zone.boundingBox();
    if (!to) throw new Error('there is nowhere to drop');
    await page.mouse.move(to.x + 60, to.y + 20, { steps: 6 });
    await page.mouse.up();
    const dialog = page.getByRole('dialog');
    await dialog.locator('form').waitFor();
    await picture('won-form');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await app.as('emma').call('deals.show', { deal: number })).toMatchObject({ status: 'open' });
  });

  test('filters stand in the address', async () => {
    await become('ada');
    await open('/tab/pipeline');
    await page.locator('.deal').first().waitFor();
    const all = await page.locator('.deal').count();
    await page.getByLabel('Owner').fill('emma');
    await page.getByRole('option').first().click();
    await page.locator('.chip').waitFor();
    await expect.poll(() => page.locator('.deal').count()).toBeLessThan(all);
    const narrowed = await page.locator('.deal').count();
    expect(page.url()).toContain('owner=');
    await page.reload();
    await expect.poll(() => page.locator('.deal').count()).toBe(narrowed);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.locator('.deal').count()).toBe(all);
  });

  test('shows nobody’s data to who is not signed in, and says in both languages how to come in', async () => {
    await become(undefined);
    await open('/tab/pipeline');
    await page.getByRole('heading', { name: /not signed in/ }).waitFor();
    const text = await page.locator('body').innerText();
    expect(text).toContain('/crm open');
    expect(text).toContain('你尚未在此登录');
    expect(text).not.toContain('Northwind');
    expect(await page.locator('.bar').count()).toBe(0);
    await picture('signed-out');
  });

  test('a service that is away for a moment is asked again, and being offline is said while it lasts', async () => {
    server.loseNext();
    await open('/tab/');
    await page.locator('.panel').first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole('banner').getByRole('button', { name: 'New lead' }).click();
    await page.getByRole('alert').waitFor();
    await page.locator('.offline').waitFor();
    await page.context().setOffline(false);
    await page.locator('.offline').waitFor({ state: 'detached' });
  });

  /** Nothing a payload asks for: no element, no handler, no link that runs. */
  async function expectDeadText(): Promise<void> {
    const made =
      '#root :is(img, script, iframe, math, style, video, object, embed, base, meta, link, marquee, template)';
    expect(await page.locator(made).count()).toBe(0);
    expect(
      await page.locator('[onerror], [onload], [onfocus], [ontoggle], [onstart], [srcdoc]').count(),
    ).toBe(0);
    const schemes = await page
      .locator('#root a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
    expect(schemes.filter((scheme) => !['http:', 'https:', 'mailto:'].includes(scheme))).toEqual([]);
  }

  test('two hundred payloads stay text in every place of a card and of a form', async () => {
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    await page.route('**/api/v1/interactions', async (route) => {
      const { kind } = route.request().postDataJSON() as { kind: string };
      const outcome =
        kind === 'home'
          ? { kind: 'card', card: cardOfPayloads(), refused: false }
          : { kind: 'form', form: formOfPayloads(), message: payloads[0] };
      await route.fulfill({ json: { outcome } });
    });
    expect(payloads).toHaveLength(200);
    await open('/tab/');
    await page.locator('.panel').first().waitFor();
    const shown = await page.locator('#content').innerText();
    for (const payload of payloads) expect(shown).toContain(payload);
    await expectDeadText();
    await page.getByRole('button', { name: 'New lead' }).click();
    await page.locator('.dialog .field').first().waitFor();
    expect(await page.locator('.dialog .field').count()).toBe(200);
    await expectDeadText();
    expect(dialogs).toBe(0);
  }, 60_000);

  test('what customers are called is text, wherever it is shown', async () => {
    const emma = app.as('emma');
    const xss = payloads.join(' ').slice(0, 190);
    const made = (await emma.call('accounts.create', { name: xss })) as { number: string };
    const deal = (await emma.call('deals.create', {
      account: made.number,
      name: payloads[0],
      amount: { amountMinor: '100', currency: 'EUR' },
      note: payloads.join('\n').slice(0, 3900),
      close: '2026-12-01',
    })) as { number: string };
    for (const payload of payloads.slice(0, 20)) {
      await emma.call('deals.create', { account: made.number, name: payload });
      await emma.call('activities.log', { kind: 'call', subject: deal.number, note: payload });
    }
    await emma.call('next-steps.set', { subject: deal.number, due: { on: '2026-11-10' }, text: xss });
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    for (const path of [
      '/tab/',
      '/tab/pipeline',
      `/tab/deals/${deal.number}`,
      `/tab/accounts/${made.number}`,
      '/tab/reports',
    ]) {
      await open(path);
      await settled();
      await page.locator('.page-title').waitFor();
      if (path !== '/tab/reports') await page.getByText('onerror=alert(1)').first().waitFor();
      expect(
        await page.locator('#root :is(img, script, iframe, math, style, a[href^="javascript:"])').count(),
      ).toBe(0);
      expect(await page.locator('[onerror], [onload]').count()).toBe(0);
    }
    await open(`/tab/deals/${deal.number}`);
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('dialog').locator('form').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(
      `${server.url}/tab/pipeline?q=${encodeURIComponent(payloads[0] ?? '')}&owner=${encodeURIComponent(payloads[1] ?? '')}`,
    );
    await page.getByRole('alert').waitFor();
    expect(dialogs).toBe(0);
  });

  describe.each([
    ['light', desktop, {}],
    ['dark', desktop, { colorScheme: 'dark' }],
    ['contrast', desktop, { contrast: 'more' }],
    ['phone', phone, {}],
  ] as const)('%s', (name, viewport, media) => {
    const pages: readonly (readonly [string, string, string])[] = [
      ['emma', 'day', '/tab/'],
      ['tom', 'pipeline', '/tab/pipeline'],
      ['emma', 'deal', '/tab/deals/D-1'],
      ['emma', 'closed-deal', '/tab/deals/D-2'],
      ['emma', 'account', '/tab/accounts/C-1'],
      ['tom', 'reports', '/tab/reports'],
      ['ada', 'settings', '/tab/settings'],
      ['lina', 'zh-day', '/tab/'],
      ['lina', 'zh-pipeline', '/tab/pipeline'],
      ['lina', 'zh-reports', '/tab/reports'],
    ];
    test.each(pages)(
      'as %s, %s has no serious barrier and does not burst its width',
      async (who, what, path) => {
        await become(who);
        await page.setViewportSize(viewport);
        await page.emulateMedia(media);
        await open(path);
        await page.locator('.page-title').waitFor();
        await picture(`${name}-${what}`);
        expect(await seriousBarriers(page)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        expect(complaints).toEqual([]);
      },
    );

    test('a form has no serious barrier', async () => {
      await page.setViewportSize(viewport);
      await page.emulateMedia(media);
      await open('/tab/deals/D-1');
      await page.getByRole('button', { name: 'Next step' }).click();
      await page.getByRole('dialog').locator('form').waitFor();
      await picture(`${name}-form`);
      expect(await seriousBarriers(page)).toEqual([]);
    });
  });

  test('the check for barriers sees one that is planted', async () => {
    await open('/tab/');
    await page.locator('.panel').first().waitFor();
    await page.locator('.page-title').evaluate((title) => {
      const button = document.createElement('button');
      title.after(button);
    });
    expect(await seriousBarriers(page)).toEqual([expect.stringContaining('button-name')]);
  });

  test('inside Teams the way in names no other chat platform', async () => {
    await become(undefined);
    await open('/host');
    const entrance = page.frameLocator('#tab').locator('.entrance');
    await expect.poll(() => entrance.innerText()).toContain('open');
    expect(await entrance.innerText()).not.toMatch(/slack/i);
  });

  test('inside Teams no page names another chat platform; in a browser they name it', async () => {
    await become('ada');
    await open('/host');
    const frame = page.frameLocator('#tab');
    for (const name of ['Settings', 'Approvals', 'Reports', 'Pipeline', 'My day']) {
      await frame.getByRole('link', { name: new RegExp(`^${name}`) }).click();
      await frame.locator('.page-title').waitFor();
      if (name === 'Settings') await frame.getByText('Emma Clark').first().waitFor();
      await frame.locator('.skeleton').first().waitFor({ state: 'detached' });
      expect(await frame.locator('body').innerText()).not.toMatch(/slack/i);
    }
    await open('/tab/settings');
    await page.getByText('Slack').first().waitFor();
  });

  test('in Teams it takes theme and token of the host, and follows a change of theme', async () => {
    await open('/host');
    const frame = page.frameLocator('#tab');
    await frame.locator('.panel').first().waitFor();
    expect(await frame.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(server.tokens).toContain('header.payload.signature');
    for (const [theme, shown] of [
      ['contrast', 'contrast'],
      ['default', 'light'],
      ['dark', 'dark'],
    ]) {
      await page.evaluate(
        (to) => (window as unknown as { changeTheme(to: string): void }).changeTheme(to),
        theme ?? '',
      );
      await frame.locator(`html[data-theme="${shown}"]`).waitFor();
    }
    expect(await frame.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
    await picture('teams');
  });
});
