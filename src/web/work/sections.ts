import type { ScreenBlock, ScreenButton, ScreenCard, Words } from '../../view/screen.ts';
import { keyed } from './keyed.ts';
import { plainWords } from './plain-words.ts';

export interface Section {
  heading: Words | undefined;
  blocks: ScreenBlock[];
}

/** A long card in parts: each heading begins one. Dividers between them are what the parts' own borders say. */
export function sectionsOf(blocks: readonly ScreenBlock[]): Section[] {
  const sections: Section[] = [{ heading: undefined, blocks: [] }];
  for (const block of blocks) {
    if (block.t === 'divider') continue;
    if (block.t === 'heading') sections.push({ heading: block.of, blocks: [] });
    else sections.at(-1)?.blocks.push(block);
  }
  return sections.filter(({ heading, blocks: own }) => heading !== undefined || own.length > 0);
}

export function keyedSections(sections: readonly Section[]): { key: string; item: Section }[] {
  return keyed(sections, ({ heading }) => plainWords(heading ?? []));
}

/** The buttons at the end of the card are those of the whole record. */
export function partsOf({ blocks }: ScreenCard): { blocks: ScreenBlock[]; buttons: ScreenButton[] } {
  const last = blocks.at(-1);
  if (last?.t !== 'buttons') return { blocks: [...blocks], buttons: [] };
  const buttons = last.buttons.filter((button) => 'press' in button);
  return buttons.length < last.buttons.length
    ? { blocks: [...blocks], buttons: [] }
    : { blocks: blocks.slice(0, -1), buttons };
}
