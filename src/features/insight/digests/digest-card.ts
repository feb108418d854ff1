import { command, dotted, type Inline, instant, seq, strike, strong } from '../../../kernel/text.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { t } from './messages.ts';
import type { DigestSaid, LineSaid, SectionSaid } from './model.ts';
import { mostFigures } from './rules.ts';
import { kindText, ruleText } from './words.ts';

/** What the numbers of a digest are opened with, the number itself left out. */
export type OpenWith = Record<string, unknown>;

/** The digest as its message says it. */
export function digestCard(said: DigestSaid, opens: OpenWith): Card {
  const { sections, since, isCalm, isLate } = said;
  const blocks: Block[] = [];
  const isTeam = said.kind === 'team';
  const shown = sections.filter(({ lines, figures }) => lines.length > 0 || figures.length > 0);
  for (const [index, section] of shown.entries()) {
    const head = isTeam ? strong(seq(`${index + 1} `, t(`section-${section.section}`))) : undefined;
    blocks.push(...sectionBlocks(section, head, opens));
  }
  const small: Inline[] = [];
  if (isCalm && shown.length > 0) small.push(t('nothing-at-risk'));
  if (since !== null) small.push(t('since', { at: instant(since) }));
  if (said.runId !== null && threadOf(said)) small.push(t('in-thread'));
  small.push(footer(said));
  blocks.push({ t: 'context', of: dotted(...small) });
  const title = titleOf(said);
  return { tone: 'plain', title: isLate ? t('late-on', { title }) : title, blocks };
}

function titleOf({ kind, scopeName, greeting, asOf }: DigestSaid): Inline {
  if (greeting) return t('good-morning', greeting);
  const at = t('as-of', { at: instant(asOf) });
  const scope = scopeName ?? t('everybody');
  return kind === 'team'
    ? t('title-plain', { scope, at })
    : t('title-of', { kind: kindText(kind), scope, at });
}

/** How often it comes and whose it is, what it counts, and where to change it. */
function footer({ runId, kind, rule, setBy, sections, isPartial }: DigestSaid): Inline {
  const hasFigures = sections.some(({ figures }) => figures.length > 0);
  const numbers = hasFigures ? t('footer-numbers') : undefined;
  if (runId === null) return dotted(t('footer-preview'), isPartial && t('partial-yours'), numbers);
  return dotted(
    rule !== null && setBy !== null ? t('footer', { rule: ruleText(rule), name: setBy }) : undefined,
    isPartial && (setBy === null ? t('partial-yours') : t('partial-of', { name: setBy })),
    t(`counts-${kind}`),
    t('footer-change', { line: command('digest') }),
    numbers,
  );
}

function sectionBlocks(section: SectionSaid, head: Inline | undefined, opens: OpenWith): Block[] {
  const blocks: Block[] = [];
  const [first, ...others] = section.lines;
  let rest = section.lines;
  if (head) {
    if (first && isBare(first)) {
      blocks.push({ t: 'text', of: seq(head, '  ', lineText(first)) });
      rest = others;
    } else blocks.push({ t: 'text', of: head });
  }
  if (rest.length > 0) blocks.push({ t: 'rows', rows: rest.map(rowOf) });
  const buttons = section.figures
    .slice(0, mostFigures)
    .map(
      ({ name, label }): Button => ({ label, press: { a: 'digests.open', i: { ...opens, figure: name } } }),
    );
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  return blocks;
}

function isBare({ buttons, record }: LineSaid): boolean {
  return record === undefined && (buttons === undefined || buttons.length === 0);
}

function lineText({ text, isDone, isOfMany }: LineSaid): Inline {
  if (!isDone) return text;
  return isOfMany ? dotted(text, t('that-done')) : seq('✓ ', strike(text));
}

function rowOf(line: LineSaid): Row {
  const { buttons, isDone } = line;
  return { text: lineText(line), ...(buttons && buttons.length > 0 && !isDone ? { buttons } : {}) };
}

/** Whether there is more than the message holds. */
export function threadOf({ sections, funnel }: DigestSaid): boolean {
  return funnel.length > 0 || sections.some(({ thread }) => thread.length > 0);
}

/** A preview is read by one person, in one piece. */
export function previewOf(said: DigestSaid, opens: OpenWith): Card {
  const card = digestCard(said, opens);
  const foot = card.blocks.slice(-1);
  return { ...card, blocks: [...card.blocks.slice(0, -1), ...threadCard(said).blocks, ...foot] };
}

/** What stands in the thread under the message. */
export function threadCard({ sections, funnel }: DigestSaid): Card {
  const blocks: Block[] = [];
  for (const { section, thread, left } of sections) {
    if (thread.length === 0) continue;
    blocks.push({ t: 'text', of: strong(t(`section-${section}`)) });
    blocks.push({ t: 'rows', rows: thread.map(rowOf) });
    if (left > 0) blocks.push({ t: 'context', of: t('thread-left', { count: left }) });
  }
  if (funnel.length > 0) blocks.push({ t: 'bars', title: t('funnel'), bars: funnel });
  return { tone: 'plain', title: dotted(t('thread-title')), blocks };
}
