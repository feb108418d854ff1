import PDFDocument from 'pdfkit';
import { baseFace, type Face } from './fonts.ts';
import type { Line } from './lines.ts';

/** A4 in points; text stays within the margins, the foot of each page below `bottom`. */
export const paper = { width: 595.28, height: 841.89, left: 50, right: 545.28, top: 50, bottom: 778 };

export const colours = {
  text: '#1b1a19',
  quiet: '#605e5c',
  line: '#d2d0ce',
  brand: '#0b4f5f',
  band: '#f3f2f1',
};

export interface Ink {
  size: number;
  colour?: string;
  align?: 'left' | 'right';
}

/** How far a band reaches beyond the text on it. */
const bleed = 6;

/** Pages being written from top to bottom. */
export interface Sheet {
  /** Where the next thing goes, from the top of the page. */
  y: number;
  /** Sets lines below each other from `y` on, within a column; gives the height they take. */
  set(lines: readonly Line[], column: { x: number; width: number; y: number }, ink: Ink): number;
  rule(y: number, colour: string, weight?: number): void;
  band(y: number, height: number): void;
  newPage(): void;
  /** Goes through all pages once they are written. */
  eachPage(draw: (page: number, pages: number) => void): void;
  /** The finished file. */
  bytes(): Promise<Uint8Array>;
}

export interface Properties {
  title: string;
  author: string;
  language: string;
  madeAt: Date;
}

export function lineHeight(size: number): number {
  return size * 1.45;
}

export function createSheet({ title, author, language, madeAt }: Properties): Sheet {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    font: asSource(baseFace(400)),
    info: { Title: title, Author: author, CreationDate: madeAt, Producer: 'Parley', Creator: 'Parley' },
  });
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => void parts.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve);
    pdf.on('error', reject);
  });
  const registered = new Set<string>();
  const use = (face: Face) => {
    if (!registered.has(face.name)) {
      pdf.registerFont(face.name, asSource(face));
      registered.add(face.name);
    }
    return pdf.font(face.name);
  };

  const sheet: Sheet = {
    y: paper.top,
    set(lines, { x, width, y }, { size, colour = colours.text, align = 'left' }) {
      pdf.fillColor(colour);
      lines.forEach((line, index) => {
        let left = align === 'right' ? x + width - line.width : x;
        // The baseline of a line stands where Latin letters leave about the same room above and below.
        const baseline = y + index * lineHeight(size) + size * 1.06;
        for (const run of line.runs) {
          use(run.face).fontSize(size);
          pdf.text(run.text, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
          left += run.width;
        }
      });
      return lines.length * lineHeight(size);
    },
    rule(y, colour, weight = 0.75) {
      pdf
        .moveTo(paper.left - bleed, y)
        .lineTo(paper.right + bleed, y)
        .lineWidth(weight)
        .strokeColor(colour)
        .stroke();
    },
    band(y, height) {
      pdf.rect(paper.left - bleed, y, paper.right - paper.left + 2 * bleed, height).fill(colours.band);
    },
    newPage() {
      pdf.addPage();
      sheet.y = paper.top;
    },
    eachPage(draw) {
      const { count } = pdf.bufferedPageRange();
      for (let page = 0; page < count; page += 1) {
        pdf.switchToPage(page);
        draw(page + 1, count);
      }
    },
    async bytes() {
      pdf.end();
      await ended;
      return new Uint8Array(Buffer.concat(parts));
    },
  };
  return sheet;
}

/** The types know fonts as files only; a font that was read already saves reading it for every document. */
function asSource({ font }: Face): string {
  return font as unknown as string;
}
