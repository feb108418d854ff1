import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { mountWeb } from '../../../../src/mount-web.ts';
import { isLinkButton } from '../../../../src/view/card.ts';
import { type Shown, type TestApp, testApp } from '../../../support/app.ts';
import { readPdf } from '../../../support/pdf-text.ts';

let app: TestApp;
let web: Hono;

beforeAll(async () => {
  app = await testApp();
  web = new Hono();
  web.route('/', await mountWeb(app, { publicUrl: 'https://crm.example.com', entra: undefined }));
});

function cardLinks({ outcome }: Shown): { url: string }[] {
  if (!('card' in outcome)) return [];
  return outcome.card.blocks.flatMap((block) =>
    block.t === 'buttons' ? block.buttons.filter(isLinkButton) : [],
  );
}

/** Presses the link of a reply as its reader's browser does. */
async function follow(shown: Shown): Promise<Response> {
  const [link, ...more] = cardLinks(shown);
  expect(more).toEqual([]);
  const entered = await web.request(new URL(link?.url ?? '').pathname, { method: 'POST' });
  expect(entered.status).toBe(303);
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return web.request(entered.headers.get('location') ?? '', { headers: { cookie } });
}

async function printed(shown: Shown): Promise<string> {
  const answer = await follow(shown);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  return readPdf(new Uint8Array(await answer.arrayBuffer())).pages.join('\n');
}

describe('the PDF of a quote', () => {
  test('is one press away from the quote, for whoever sees it', async () => {
    const quote = await app.as('emma').type('show Q-2');
    const reply = await app.as('emma').press(quote.button('PDF'));
    expect(reply.text).toContain('Q-2 v1 as a PDF');
    const text = await printed(reply);
    for (const said of [
      'Northwind Industrial',
      'Quote',
      'Q-2 v1',
      'Emma Clark',
      'Pump P40',
      'Control unit CU8',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).toContain('EUR 80,000');
    expect(text).toContain('Prices without VAT');
  });

  test('is named after the quote and its version', async () => {
    const answer = await follow(await app.as('emma').type('quote-pdf Q-2'));
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="Q-2-v1.pdf"');
  });

  test('says what a manager reads of a quote to nobody: no cost, no margin, no list price', async () => {
    const card = await app.as('tom').type('show Q-1');
    expect(card.text).toMatch(/[Mm]argin/);
    expect(card.text).toContain('below list');
    const text = await printed(await app.as('tom').type('quote-pdf Q-1'));
    expect(text).toContain('EUR 45,000');
    expect(text).not.toMatch(/margin|cost|list|3,400|2,040|28,560/i);
    expect(text).not.toContain('47,600');
  });

  test('shows what was taken off the whole, and one sum where nothing was', async () => {
    const off = await printed(await app.as('emma').type('quote-pdf Q-1'));
    expect(off).toContain('LinesEUR 45,220');
    expect(off).toContain('Discount 0.49%−EUR 220');
    expect(off).toContain('TotalEUR 45,000');
    const plain = await printed(await app.as('emma').type('quote-pdf Q-2'));
    expect(plain).not.toContain('Discount');
    expect(plain).not.toContain('Lines');
  });

  test('comes in the language asked for, whoever asks', async () => {
    const text = await printed(await app.as('emma').type('quote-pdf Q-2 language:zh'));
    for (const said of ['报价单', '有效期', '数量', '合计', '价格不含增值税', '业务联系人'])
      expect(text).toContain(said);
    expect(text).not.toMatch(/Quote|Total|Valid/);
    const line = await app.as('emma').type('报价PDF Q-2 语言:en');
    expect(await printed(line)).toContain('Quote');
  });

  test('of an old version says that it was replaced, and of a draft that it is one', async () => {
    const made = await app.as('emma').type('quote D-1 3x"Pump P40" valid:30d');
    const number = /Q-\d+/.exec(made.text)?.[0] ?? '';
    expect(await printed(await app.as('emma').type(`quote-pdf ${number}`))).toContain('Draft');
    await app.as('emma').type(`quote-line ${number} 2x"Control unit CU8"`);
    const old = await printed(await app.as('emma').type(`quote-pdf ${number} version:1`));
    expect(old).toContain('Replaced by v2');
    expect(old).not.toContain('Control unit CU8');
    const now = await printed(await app.as('emma').type(`quote-pdf ${number}`));
    expect(now).toContain(`${number} v2`);
    expect(now).toContain('Control unit CU8');
  });

  test('a link works once', async () => {
    const reply = await app.as('emma').type('quote-pdf Q-2');
    expect((await follow(reply)).status).toBe(200);
    const path = new URL(cardLinks(reply)[0]?.url ?? '').pathname;
    expect((await web.request(path, { method: 'POST' })).status).toBe(410);
  });

  test('is refused to whoever does not see the deal, by line and by address, and to partners', async () => {
    const refused = await app.as('wei').type('quote-pdf Q-2');
    expect(refused.text).toContain('Emma Clark');
    expect(cardLinks(refused)).toEqual([]);
    expect(cardLinks(await app.as('pia').type('quote-pdf Q-2'))).toEqual([]);

    const memberId = await app.as('wei').memberId();
    const path = '/documents/quotes.show?quote=Q-2';
    const link = await app.inOrg((tx) =>
      app.engine.codes.issueOpen(tx, { orgId: app.orgId, memberId, path }),
    );
    const entered = await web.request(link, { method: 'POST' });
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const answer = await web.request(path, { headers: { cookie } });
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain('80,000');
  });

  test('of a version that never was names the versions there are', async () => {
    const reply = await app.as('emma').type('quote-pdf Q-2 version:9');
    expect(reply.text).toContain('has no version 9');
  });
});
