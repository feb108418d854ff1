import type { Inline } from '../../kernel/text.ts';
import type { PrintDocument } from '../../platforms/http/documents.ts';
import type { Document, DocumentParty, DocumentTotal } from '../../view/document.ts';
import type { Reader } from '../../view/reader.ts';
import { plain, spans } from '../../view/spans.ts';
import { breakLines, type Look, printable, widthOf } from './lines.ts';
import { colours, createSheet, lineHeight, paper, type Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

const room = paper.right - paper.left;
const body = 10;
const small = 8.5;

/** A document as a PDF of A4 pages with real text in it. Fonts are read with the first one, once. */
export const printDocument: PrintDocument = async (document, reader, madeAt) => {
  const title = `${plain(document.title, reader)} ${plain(document.number, reader)}`;
  const sheet = createSheet({
    title: printable(title),
    author: printable(plain(document.issuer, reader)),
    language: reader.locale,
    madeAt,
  });
  sheet.newPage();
  drawHead(sheet, document, reader);
  drawParties(sheet, document, reader);
  const continued = () => drawContinued(sheet, document, reader);
  drawTable(sheet, document.table, reader, continued);
  drawTotals(sheet, document.totals, reader, continued);
  drawNotes(sheet, document.notes, reader, continued);
  drawFeet(sheet, document.footer, reader);
  return sheet.bytes();
};

/** Issuer; then what it is on the left, its number and mark on the right. */
function drawHead(sheet: Sheet, { issuer, title, number, mark }: Document, reader: Reader): void {
  const linesOf = (text: Inline, look: Look, width: number) => breakLines(spans(text, reader), look, width);
  const all = { x: paper.left, width: room };
  sheet.y += sheet.set(linesOf(issuer, { size: 12, bold: true }, room), { ...all, y: sheet.y }, { size: 12 });
  sheet.y += 8;
  sheet.rule(sheet.y, colours.brand, 1.5);
  sheet.y += 18;
  const half = { x: paper.left, width: room * 0.6, y: sheet.y };
  const other = { x: paper.left + room * 0.6, width: room * 0.4, y: sheet.y };
  const left = sheet.set(linesOf(title, { size: 24, bold: true }, half.width), half, {
    size: 24,
    colour: colours.brand,
  });
  let right = sheet.set(linesOf(number, { size: 14, bold: true }, other.width), other, {
    size: 14,
    align: 'right',
  });
  if (mark !== undefined) {
    right += sheet.set(
      linesOf(mark, { size: body }, other.width),
      { ...other, y: other.y + right },
      {
        size: body,
        colour: colours.quiet,
        align: 'right',
      },
    );
  }
  sheet.y += Math.max(left, right) + 16;
}

/** Who it is between on the left, date and validity on the right. */
function drawParties(sheet: Sheet, { parties, facts }: Document, reader: Reader): void {
  const top = sheet.y;
  const left = { x: paper.left, width: room * 0.52 };
  let leftEnd = top;
  for (const party of parties) leftEnd = drawParty(sheet, party, reader, { ...left, y: leftEnd }) + 10;

  const x = paper.left + room * 0.58;
  const labelWidth = room * 0.18;
  const valueWidth = room * 0.24;
  let rightEnd = top;
  for (const { label, value } of facts) {
    const labels = breakLines(spans(label, reader), { size: small }, labelWidth - 6);
    const values = breakLines(spans(value, reader), { size: body }, valueWidth);
    // The smaller label stands on the same line as its value.
    sheet.set(
      labels,
      { x, width: labelWidth, y: rightEnd + (body - small) * 1.06 },
      { size: small, colour: colours.quiet },
    );
    sheet.set(values, { x: x + labelWidth, width: valueWidth, y: rightEnd }, { size: body, align: 'right' });
    rightEnd += Math.max(labels.length, values.length) * lineHeight(body) + 2;
  }
  sheet.y = Math.max(leftEnd, rightEnd) + 8;
}

function drawParty(
  sheet: Sheet,
  { label, lines }: DocumentParty,
  reader: Reader,
  column: { x: number; width: number; y: number },
): number {
  let y = column.y;
  y += sheet.set(
    breakLines(spans(label, reader), { size: small }, column.width),
    { ...column, y },
    {
      size: small,
      colour: colours.quiet,
    },
  );
  const said = lines.filter((line) => plain(line, reader) !== '');
  said.forEach((line, index) => {
    const look = { size: body, bold: index === 0 };
    y += sheet.set(breakLines(spans(line, reader), look, column.width), { ...column, y }, { size: body });
  });
  return y;
}

/** Sums stay together, and never alone on a page below nothing said about what they are sums of. */
function drawTotals(
  sheet: Sheet,
  totals: readonly DocumentTotal[],
  reader: Reader,
  continued: () => void,
): void {
  if (totals.length === 0) return;
  const rows = totals.map(({ label, value, isGrand }) => {
    const look = { size: isGrand ? 12 : body, bold: isGrand === true };
    const words = spans(value, reader);
    const width = Math.min(widthOf(words, look) + 1, room * 0.5);
    return { label: spans(label, reader), value: words, look, width, isGrand };
  });
  const valueWidth = Math.max(...rows.map(({ width }) => width));
  const labelWidth = Math.min(room - valueWidth - 12, room * 0.5);
  const set = rows.map((row) => {
    const labels = breakLines(row.label, row.look, labelWidth);
    const values = breakLines(row.value, row.look, valueWidth);
    const height = Math.max(labels.length, values.length) * lineHeight(row.look.size);
    return { ...row, labels, values, height };
  });
  const height = set.reduce((sum, row) => sum + row.height + (row.isGrand ? 10 : 3), 8);
  if (sheet.y + height > paper.bottom) continued();
  sheet.y += 8;
  for (const { labels, values, look, height: own, isGrand } of set) {
    if (isGrand) sheet.y += 4;
    const { size } = look;
    const colour = isGrand ? colours.brand : colours.text;
    const x = paper.right - valueWidth - 12 - labelWidth;
    sheet.set(labels, { x, width: labelWidth, y: sheet.y }, { size, align: 'right', colour });
    const column = { x: paper.right - valueWidth, width: valueWidth, y: sheet.y };
    sheet.set(values, column, { size, align: 'right', colour });
    sheet.y += own + 3;
  }
}

function drawNotes(sheet: Sheet, notes: readonly Inline[], reader: Reader, continued: () => void): void {
  sheet.y += 18;
  for (const note of notes) {
    const ink = { size: small, colour: colours.quiet };
    for (const line of breakLines(spans(note, reader), ink, room)) {
      if (sheet.y + lineHeight(small) > paper.bottom) continued();
      sheet.y += sheet.set([line], { x: paper.left, width: room, y: sheet.y }, ink);
    }
    sheet.y += 4;
  }
}

/** Top of a further page: whose it is and which one. */
function drawContinued(sheet: Sheet, { issuer, title, number }: Document, reader: Reader): void {
  sheet.newPage();
  const ink = { size: small, colour: colours.quiet };
  const half = room / 2 - 6;
  const left = breakLines(spans(issuer, reader), ink, half).slice(0, 1);
  const what: Inline = { t: 'seq', of: [title, number], separator: ' ' };
  const right = breakLines(spans(what, reader), ink, half).slice(0, 1);
  sheet.set(left, { x: paper.left, width: half, y: sheet.y }, ink);
  const column = { x: paper.right - half, width: half, y: sheet.y };
  sheet.y += sheet.set(right, column, { ...ink, align: 'right' });
  sheet.y += 4;
  sheet.rule(sheet.y, colours.brand, 1);
  sheet.y += 14;
}

function drawFeet(sheet: Sheet, footer: Inline, reader: Reader): void {
  const ink = { size: 8, colour: colours.quiet };
  const top = paper.bottom + 12;
  const words = breakLines(spans(footer, reader), ink, room - 60).slice(0, 2);
  sheet.eachPage((page, pages) => {
    sheet.rule(top - 4, colours.line, 0.5);
    sheet.set(words, { x: paper.left, width: room - 60, y: top }, ink);
    const figure = breakLines([{ text: `${page} / ${pages}` }], ink, 60);
    sheet.set(figure, { x: paper.right - 60, width: 60, y: top }, { ...ink, align: 'right' });
  });
}
