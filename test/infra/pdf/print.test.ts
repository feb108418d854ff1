import { describe, expect, test } from 'vitest';
import { printDocument } from '../../../src/infra/pdf/print.ts';
import { count, day, type Locale, money } from '../../../src/kernel/text.ts';
import type { Document } from '../../../src/view/document.ts';
import { readPdf } from '../../support/pdf-text.ts';

const madeAt = new Date('2026-11-10T02:00:00Z');

function print(document: Document, locale: Locale = 'en'): Promise<Uint8Array> {
  const words: Record<string, Record<Locale, string>> = {
    'sample.quote': { en: 'Quote', 'zh-CN': '报价单' },
    'sample.total': { en: 'Total', 'zh-CN': '合计' },
  };
  const reader = {
    locale,
    timeZone: 'UTC',
    translate: (key: string) => [words[key]?.[locale] ?? key],
    commandLine: (line: string) => line,
  };
  return printDocument(document, reader, madeAt);
}

function sample(lines: number, changes: Partial<Document> = {}, currency = 'CNY'): Document {
  const amount = (amountMinor: bigint) => money({ amountMinor, currency });
  return {
    fileName: 'Q-57-v2',
    title: { t: 'msg', key: 'sample.quote' },
    number: 'Q-57 v2',
    issuer: 'Northwind Industrial',
    facts: [{ label: 'Valid until', value: day('2026-12-28') }],
    parties: [{ label: 'For', lines: ['Acme Pumps', ''] }],
    table: {
      columns: [
        { label: '#', align: 'right' },
        { label: 'Item', wide: true },
        { label: 'Quantity', align: 'right' },
        { label: 'Amount', align: 'right' },
      ],
      rows: Array.from({ length: lines }, (_, index) => [
        count(index + 1),
        `Pump no. ${index + 1}`,
        count(index * 500),
        amount(BigInt(index) * 123_457n),
      ]),
    },
    totals: [
      { label: 'Lines', value: amount(19_285_000n) },
      { label: { t: 'msg', key: 'sample.total' }, value: amount(9_500_000n), isGrand: true },
    ],
    notes: ['Prices without VAT.'],
    footer: 'Northwind Industrial · Q-57 v2',
    ...changes,
  };
}

/** Right ends cannot be read from a file; a longer figure that ends at the same place begins further left. */
function leftOf(pdf: ReturnType<typeof readPdf>, text: string): number {
  const piece = pdf.pieces.find((one) => one.text === text);
  if (!piece) throw new Error(`${text} is not in the file`);
  return piece.x;
}

describe('a printed document', () => {
  test('is a PDF file with its words as text, in the language asked for', async () => {
    const english = await print(sample(3));
    expect(Buffer.from(english).toString('latin1', 0, 5)).toBe('%PDF-');
    const read = readPdf(english);
    expect(read.pages).toHaveLength(1);
    for (const said of [
      'Northwind Industrial',
      'Quote',
      'Q-57 v2',
      'Acme Pumps',
      '28 Dec 2026',
      'CNY 95,000',
    ]) {
      expect(read.pages[0]).toContain(said);
    }
    const chinese = readPdf(await print(sample(3, { issuer: '北风工业设备（上海）有限公司' }), 'zh-CN'));
    for (const said of ['北风工业设备（上海）有限公司', '报价单', '2026年12月28日', '合计']) {
      expect(chinese.pages[0]).toContain(said);
    }
    expect(chinese.structure).toContain('(zh-CN)');
  });

  test('is the same file every time, and carries the time of the business, not of the machine', async () => {
    const [first, second] = [await print(sample(3)), await print(sample(3))];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    expect(Buffer.from(first).toString('latin1')).toContain('(D:20261110020000Z)');
  });

  test('of many lines goes on over pages with the head of the table and the page number on each', async () => {
    const read = readPdf(await print(sample(60)));
    expect(read.pages).toHaveLength(3);
    read.pages.forEach((page, index) => {
      expect(page).toContain('#ItemQuantityAmount');
      expect(page).toContain(`Northwind Industrial · Q-57 v2${index + 1} / 3`);
    });
    for (const further of read.pages.slice(1)) {
      expect(further.split('\n')[0]).toBe('Northwind IndustrialQuote Q-57 v2');
    }
    const all = read.pages.join('\n');
    for (let line = 1; line <= 60; line += 1)
      expect(all.split(`Pump no. ${line}\n`).length).toBeLessThanOrEqual(2);
    for (let line = 1; line <= 60; line += 1) expect(all).toContain(`Pump no. ${line}`);
    expect(read.pages[2]).toContain('CNY 95,000');
  });

  test.each(Array.from({ length: 10 }, (_, index) => 3 * index + 10))(
    'of %i lines keeps everything above the foot of each page, and all sums on one',
    async (lines) => {
      const read = readPdf(await print(sample(lines)));
      const feet = read.pieces.filter(({ text }) => / \/ \d+$/.test(text) || text.includes('· Q-57 v2'));
      const body = read.pieces.filter((piece) => !feet.includes(piece));
      for (const { y } of body) expect(y).toBeGreaterThan(Math.max(...feet.map((foot) => foot.y)) + 5);
      const sums = body.filter(({ text }) => text === 'CNY 192,850' || text === 'CNY 95,000');
      expect(new Set(sums.map(({ page }) => page)).size).toBe(1);
    },
  );

  test('aligns figures to the right, whatever digits the currency has', async () => {
    const read = readPdf(await print(sample(5, {}, 'JPY')));
    expect(read.pages[0]).toContain('JPY 9,500,000');
    expect(leftOf(read, 'JPY 0')).toBeGreaterThan(leftOf(read, 'JPY 123,457'));
    expect(leftOf(read, 'JPY 123,457')).toBe(leftOf(read, 'JPY 246,914'));
    expect(readPdf(await print(sample(2, {}, 'KWD'))).pages[0]).toContain('KWD 123.457');
  });

  test('shows mark-up, control signs and PDF’s own in names as what they are: letters, or nothing', async () => {
    const name =
      '*Bold* <b>GmbH</b> <!channel> (a) \\) endstream\u0000\u0007 \u202eevil\u202c\u200b [TJ] 100%';
    const read = readPdf(await print(sample(1, { parties: [{ label: 'For', lines: [name] }] })));
    expect(read.pages[0]?.replaceAll('\n', ' ')).toContain(
      '*Bold* <b>GmbH</b> <!channel> (a) \\) endstream evil [TJ] 100%',
    );
    expect(read.structure).not.toMatch(/\/(JavaScript|JS|URI|OpenAction|Launch|EmbeddedFile)\b/);
  });

  test('has letters of Europe and rare Chinese ones; what no font has is a box, not a gap', async () => {
    const lines = ['Řezník Őry Łódź Şişe Ωμέγα Насосы', '喆堃镕 朱镕基 䶮', 'a\u{13000}b 한 \ud800'];
    const [page] = readPdf(await print(sample(1, { parties: [{ label: 'For', lines }] }))).pages;
    expect(page).toContain(lines[0]);
    expect(page).toContain('喆堃镕 朱镕基');
    expect(page).toContain('a□b □');
  });

  test('keeps every letter to copy, whatever other documents were made of before', async () => {
    // Letters here are drawn with those that follow as their parts.
    const built = '… : ; i j ? ! ; “” ‘’ Ä Ö ü é ñ ř ő ç % ‰ ½ № ™';
    await print(sample(1, { notes: [built], parties: [] }));
    const parts = 'office affluent 0.49% o.k. a,b ı ȷ ´ ` ¨ 1/2 TM';
    const [page] = readPdf(
      await print(sample(1, { notes: [parts], parties: [{ label: parts, lines: [parts] }] })),
    ).pages;
    expect(page?.split(parts)).toHaveLength(4);
  });

  test('breaks long names within their column and loses nothing of them', async () => {
    const name = `${'x'.repeat(150)} 不锈钢离心泵，适用于化工、食品、制药行业，含密封件（PTFE），额定流量四十立方米每小时。`;
    const document = sample(1);
    document.table.rows = [['1', name, '40', 'CNY 95,000']];
    const read = readPdf(await print(document));
    const whole = read.pages[0]?.replaceAll(/\s/g, '') ?? '';
    expect(whole).toContain(name.replaceAll(' ', ''));
    for (const line of (read.pages[0] ?? '').split('\n')) expect(line).not.toMatch(/^[，。、）]/);
  });

  test('with a line longer than a page goes on over pages', async () => {
    const document = sample(1);
    document.table.rows = [
      ['1', Array.from({ length: 900 }, (_, word) => `word${word}`).join(' '), '1', '2'],
    ];
    const read = readPdf(await print(document));
    expect(read.pages.length).toBeGreaterThan(1);
    expect(read.pages.join(' ')).toContain('word899');
  });

  test('keeps the room of a page for its notes, of which each line of its own stays one', async () => {
    const notes = [Array.from({ length: 90 }, (_, line) => `note ${line}`).join('\n')];
    const read = readPdf(await print(sample(1, { notes })));
    expect(read.pages.length).toBe(2);
    expect(read.pages[0]?.split('\n')).toContain('note 1');
    expect(read.pages[1]?.split('\n')).toContain('note 89');
  });
});
