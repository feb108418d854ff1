import { inflateSync } from 'node:zlib';

/** What a reader of a PDF file finds in it: the words of each page in the order they were set, line by line. */
export interface ReadPdf {
  pages: string[];
  /** Every piece of text with where it stands, in points from the lower left corner of its page. */
  pieces: { page: number; x: number; y: number; text: string }[];
  /** The document's own properties, as written. */
  info: string;
  /** Everything that is no stream. */
  structure: string;
}

interface Stored {
  head: string;
  stream: Buffer | undefined;
}

/** Reads files as our printer writes them (no object streams): enough to select and copy text like a viewer does. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes).toString('latin1');
  if (!file.startsWith('%PDF-')) throw new Error('not a PDF file');
  if (!file.trimEnd().endsWith('%%EOF')) throw new Error('the file is cut off');
  const objects = objectsOf(file);
  const at = (reference: string | undefined) => {
    const found = objects.get(Number(/^(\d+) 0 R/.exec(reference ?? '')?.[1]));
    if (!found) throw new Error(`no object ${reference}`);
    return found;
  };
  const root = at(/\/Root (\d+ 0 R)/.exec(file)?.[1]);
  const tree = at(/\/Pages (\d+ 0 R)/.exec(root.head)?.[1]);
  const kids = [...(/\/Kids \[([^\]]*)\]/.exec(tree.head)?.[1] ?? '').matchAll(/\d+ 0 R/g)];
  const pieces = kids.flatMap(([kid], index) => {
    const page = at(kid);
    const resources = at(/\/Resources (\d+ 0 R)/.exec(page.head)?.[1]);
    const fonts = new Map(
      [...resources.head.matchAll(/\/(F\d+) (\d+ 0 R)/g)].map(([, name = '', reference]) => {
        const unicode = at(/\/ToUnicode (\d+ 0 R)/.exec(at(reference).head)?.[1]);
        return [name, signsOf(unicode.stream?.toString('latin1') ?? '')];
      }),
    );
    const content = at(/\/Contents (\d+ 0 R)/.exec(page.head)?.[1]).stream?.toString('latin1') ?? '';
    return piecesOf(content, fonts).map((piece) => ({ page: index + 1, ...piece }));
  });
  const pages = kids.map((_, index) => textOf(pieces.filter(({ page }) => page === index + 1)));
  const info = at(/\/Info (\d+ 0 R)/.exec(file)?.[1]).head;
  return { pages, pieces, info, structure: [...objects.values()].map(({ head }) => head).join('\n') };
}

function objectsOf(file: string): Map<number, Stored> {
  const objects = new Map<number, Stored>();
  const start = /(\d+) 0 obj\n/g;
  for (let match = start.exec(file); match; match = start.exec(file)) {
    const rest = file.slice(start.lastIndex);
    const streamAt = rest.indexOf('stream\n');
    const endAt = rest.indexOf('endobj');
    if (streamAt < 0 || endAt < streamAt) {
      objects.set(Number(match[1]), { head: rest.slice(0, endAt), stream: undefined });
      start.lastIndex += endAt;
      continue;
    }
    const head = rest.slice(0, streamAt);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
    const from = streamAt + 'stream\n'.length;
    const raw = Buffer.from(rest.slice(from, from + length), 'latin1');
    objects.set(Number(match[1]), { head, stream: head.includes('/FlateDecode') ? inflateSync(raw) : raw });
    start.lastIndex += from + length;
  }
  return objects;
}

/** Glyph → text, from `<0000> <0002> [<0000> <0051> …]`. */
function signsOf(map: string): Map<number, string> {
  const signs = new Map<number, string>();
  for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], index) => {
      const units = (hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16));
      signs.set(Number.parseInt(from, 16) + index, String.fromCharCode(...units));
    });
  }
  return signs;
}

function piecesOf(content: string, fonts: ReadonlyMap<string, Map<number, string>>) {
  const pieces: { x: number; y: number; text: string }[] = [];
  let font = new Map<number, string>();
  let [x, y] = [0, 0];
  const operators = /1 0 0 1 (\S+) (\S+) Tm|\/(F\d+) \S+ Tf|\[([^\]]*)\] TJ/g;
  for (const [, right, up, name, shown] of content.matchAll(operators)) {
    if (up !== undefined) [x, y] = [Number(right), Number(up)];
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    if (shown === undefined) continue;
    const glyphs = [...shown.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
    const text = glyphs.map((glyph) => font.get(Number.parseInt(glyph, 16)) ?? '\ufffd').join('');
    pieces.push({ x, y, text });
  }
  return pieces;
}

/** What is set at the same height is one line. */
function textOf(pieces: readonly { y: number; text: string }[]): string {
  const lines: { y: number; text: string }[] = [];
  for (const { y, text } of pieces) {
    const last = lines.at(-1);
    if (last?.y === y) last.text += text;
    else lines.push({ y, text });
  }
  return lines.map(({ text }) => text).join('\n');
}
