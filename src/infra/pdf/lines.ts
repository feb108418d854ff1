import type { Span } from '../../view/spans.ts';
import { type Run, runsOf, type Weight } from './fonts.ts';

/** One line of a paragraph, from left to right. Lengths are points. */
export interface Line {
  runs: (Run & { width: number })[];
  width: number;
}

export interface Look {
  size: number;
  bold?: boolean;
}

interface Word {
  text: string;
  weight: Weight;
  width: number;
  /** What ends a line is not counted. */
  isSpace: boolean;
}

/** Signs no line ends with, and signs no line begins with. */
const opening = '(\\[{（［｛〈《「『【〔“‘¥￥$€£';
const closing = ')\\]}）］｝〉》」』】〕”’、，。．：；！？,.:;!?%％·…';
const han =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u3000-\\u303f\\uff00-\\uffef';
const unit = new RegExp(
  `\\n|[^\\S\\n]+|[${opening}]*[${han}][${closing}]*|[^\\s${han}]+[${closing}]*|\\S`,
  'gu',
);

/** What is no letter on paper: controls, marks that turn the direction of text, signs without a width. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Variation_Selector}]/gu;

/** Widths at size 1: to measure is most of the work, and words and figures come again. */
const advances = new Map<string, number>();
const mostAdvances = 20_000;

/** Text as it can be printed: one line break for each kind of it, nothing invisible that changes what is read. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .split('\n')
    .map((line) => line.replace(unprintable, ''))
    .join('\n');
}

/** Breaks text into lines of at most `room`; words are cut only where one alone is longer. */
export function breakLines(spans: readonly Span[], look: Look, room: number): Line[] {
  const lines: Word[][] = [[]];
  let width = 0;
  for (const word of wordsOf(spans, look, room)) {
    if (word.text === '\n') {
      lines.push([]);
      width = 0;
      continue;
    }
    if (!word.isSpace && width > 0 && width + word.width > room) {
      lines.push([]);
      width = 0;
    }
    if (word.isSpace && width === 0) continue;
    lines.at(-1)?.push(word);
    width += word.width;
  }
  return lines.map((words) => lineOf(words, look.size));
}

/** Width of the text on one line. */
export function widthOf(spans: readonly Span[], look: Look): number {
  const lines = breakLines(spans, look, Number.POSITIVE_INFINITY);
  return Math.max(0, ...lines.map((line) => line.width));
}

function wordsOf(spans: readonly Span[], look: Look, room: number): Word[] {
  return spans.flatMap((span) => {
    const weight: Weight = look.bold || span.bold ? 700 : 400;
    const texts = printable(span.text).match(unit) ?? [];
    return texts.flatMap((text) => {
      const word = wordOf(text, weight, look.size);
      return word.width <= room ? [word] : [...text].map((sign) => wordOf(sign, weight, look.size));
    });
  });
}

function wordOf(text: string, weight: Weight, size: number): Word {
  const width = text === '\n' ? 0 : widthOfRuns(runsOf(text, weight), size);
  return { text, weight, width, isSpace: text.trim() === '' };
}

function widthOfRuns(runs: readonly Run[], size: number): number {
  return runs.reduce((sum, run) => sum + widthOfRun(run, size), 0);
}

function widthOfRun({ face: { name, font }, text }: Run, size: number): number {
  const id = `${name} ${text}`;
  let advance = advances.get(id);
  if (advance === undefined) {
    if (advances.size >= mostAdvances) advances.clear();
    advance = font.layout(text).advanceWidth / font.unitsPerEm;
    advances.set(id, advance);
  }
  return advance * size;
}

/** Words of equal weight are set as one, so that copied text has its spaces. */
function lineOf(words: Word[], size: number): Line {
  while (words.at(-1)?.isSpace) words.pop();
  const texts: { text: string; weight: Weight }[] = [];
  for (const { text, weight } of words) {
    const last = texts.at(-1);
    if (last?.weight === weight) last.text += text;
    else texts.push({ text, weight });
  }
  const runs = texts
    .flatMap(({ text, weight }) => runsOf(text, weight))
    .map((run) => ({ ...run, width: widthOfRun(run, size) }));
  return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
}
