import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { sfntOf } from './sfnt.ts';

export interface Face {
  /** Name of its file, e.g. `noto-sans-latin-400-normal`. */
  name: string;
  font: Font;
}

/** Text of one font. */
export interface Run {
  face: Face;
  text: string;
}

export type Weight = 400 | 700;

const files = createRequire(import.meta.url);

/** Letters of Latin, Greek, Cyrillic and some more; one small file for each script. */
const letters = 'noto-sans';
/** Everything else: one file for the usual signs, numbered slices for the rare ones. */
const han = 'noto-sans-sc';
const usualHan = 'chinese-simplified';
const missing = '□';

interface Piece {
  family: string;
  name: string;
  ranges: [from: number, to: number][];
}

let pieces: Piece[] | undefined;
const faces = new Map<string, Face>();
const found = new Map<string, Face | undefined>();

/** Cuts text where its font changes. Signs no font has are shown as a box: something stands there. */
export function runsOf(text: string, weight: Weight): Run[] {
  const runs: Run[] = [];
  for (const sign of text) {
    const own = faceOf(sign, weight);
    const face = own ?? faceOf(missing, weight) ?? baseFace(weight);
    const shown = own ? sign : missing;
    const last = runs.at(-1);
    if (last?.face === face) last.text += shown;
    else runs.push({ face, text: shown });
  }
  return runs;
}

/** The font of Latin text, which every document has some of. */
export function baseFace(weight: Weight): Face {
  return readFace({ family: letters, name: 'latin' }, weight);
}

function faceOf(sign: string, weight: Weight): Face | undefined {
  const id = `${sign}${weight}`;
  if (!found.has(id)) found.set(id, lookFor(sign.codePointAt(0) ?? 0, weight));
  return found.get(id);
}

/** Small files first: a document without Chinese never reads the large one. */
function lookFor(codePoint: number, weight: Weight): Face | undefined {
  pieces ??= [
    ...readPieces(letters),
    { family: han, name: usualHan, ranges: [[0, 0x10ffff]] },
    ...readPieces(han).filter(({ name }) => /^\d+$/.test(name)),
  ];
  for (const piece of pieces) {
    if (!piece.ranges.some(([from, to]) => from <= codePoint && codePoint <= to)) continue;
    const face = readFace(piece, weight);
    if (face.font.hasGlyphForCodePoint(codePoint)) return face;
  }
  return undefined;
}

function readFace({ family, name }: Pick<Piece, 'family' | 'name'>, weight: Weight): Face {
  const file = `${family}-${name}-${weight}-normal`;
  let face = faces.get(file);
  if (!face) {
    const path = files.resolve(`@fontsource/${family}/files/${file}.woff`);
    const font = create(sfntOf(readFileSync(path))) as Font;
    // A font remembers a glyph with the text it was first met for, and meets parts of other glyphs (the dot of an
    // ellipsis) for none: met that way first, it would be missing in all text that is copied later.
    for (const codePoint of font.characterSet) font.glyphForCodePoint(codePoint);
    face = { name: file, font };
    faces.set(file, face);
  }
  return face;
}

/** Which signs each file holds: `"[4]": "U+1f1e9-1f1f5,U+1f21a"`. */
function readPieces(family: string): Piece[] {
  const listed = JSON.parse(
    readFileSync(files.resolve(`@fontsource/${family}/unicode.json`), 'utf8'),
  ) as Record<string, string>;
  return Object.entries(listed).map(([name, ranges]) => ({
    family,
    name: name.replace(/[[\]]/g, ''),
    ranges: ranges.split(',').map((range) => {
      const [from = '', to = from] = range.replace(/^U\+/, '').split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    }),
  }));
}
