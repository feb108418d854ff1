import { expect } from 'vitest';
import { webWords } from '../../src/platforms/http/words.ts';
import { renderCard, renderNotice } from '../../src/platforms/slack/render/card.ts';
import { renderForm } from '../../src/platforms/slack/render/form.ts';
import { slackWords } from '../../src/platforms/slack/words.ts';
import { renderCard as renderTeamsCard } from '../../src/platforms/teams/render/card.ts';
import { renderForm as renderTeamsForm } from '../../src/platforms/teams/render/form.ts';
import { teamsWords } from '../../src/platforms/teams/words.ts';
import {
  checkBlocks as standInBlocks,
  checkView as standInView,
} from '../../src/playground/slack/validate.ts';
import { validateCard as standInCard } from '../../src/playground/teams/validate.ts';
import type { PlatformWords } from '../../src/runtime/ports.ts';
import type { Card } from '../../src/view/card.ts';
import type { Outcome } from '../../src/view/outcome.ts';
import type { Reader } from '../../src/view/reader.ts';
import { screenOf } from '../../src/view/screen.ts';
import { checkMessage, checkView } from '../support/slack-blocks.ts';
import { checkTeamsCard } from '../support/teams-cards.ts';

type FormOutcome = Extract<Outcome, { kind: 'form' | 'form-errors' }>;

/** A place where every card and form must be shown whole. */
export interface Surface {
  name: string;
  words: PlatformWords;
  card(card: Card, reader: Reader): void;
  form(outcome: FormOutcome, reader: Reader): void;
}

const slack: Surface = {
  name: 'Slack',
  words: slackWords,
  card(card, reader) {
    const message = renderCard(card, reader);
    expect([...checkMessage(message), ...standInBlocks(message.blocks)]).toEqual([]);
    const notice = renderNotice(card, reader);
    expect([...checkView(notice), ...standInView(notice)]).toEqual([]);
    expectTold(shownTexts(message.blocks), message.text);
  },
  form({ form }, reader) {
    const view = renderForm(form, reader, {
      responseUrl: 'https://hooks.slack.com/commands/1',
      channelId: 'C1',
    });
    expect([...checkView(view), ...standInView(view)]).toEqual([]);
  },
};

const teams: Surface = {
  name: 'Teams',
  words: teamsWords,
  card(card, reader) {
    const { card: shown, summary } = renderTeamsCard(card, reader);
    expect([...checkTeamsCard(shown), ...standInCard(shown)]).toEqual([]);
    expectTold(shownTexts(shown.body), summary);
  },
  form(outcome, reader) {
    const errors = outcome.kind === 'form-errors' ? outcome.fields : [];
    const { card, title } = renderTeamsForm(outcome.form, reader, { errors });
    expect(title.trim()).not.toBe('');
    expect([...checkTeamsCard(card), ...standInCard(card)]).toEqual([]);
  },
};

/** Our own pages: what they get is JSON, complete and without markup of any kind. */
const web: Surface = {
  name: 'Web',
  words: webWords,
  card(card, reader) {
    const screen = screenOf({ kind: 'card', card }, reader);
    expect(JSON.parse(JSON.stringify(screen))).toEqual(screen);
    if (screen.kind !== 'card') throw new Error(`no card but ${screen.kind}`);
    expect(screen.card.blocks).toHaveLength(card.blocks.length);
    expectTold(shownTexts(screen.card.blocks), screen.card.text);
  },
  form(outcome, reader) {
    const screen = screenOf(outcome, reader);
    expect(JSON.parse(JSON.stringify(screen))).toEqual(screen);
    if (screen.kind !== 'form') throw new Error(`no form but ${screen.kind}`);
    const names = screen.form.fields.map(({ name }) => name);
    expect(names).toEqual(outcome.form.fields.map(({ name }) => name));
    for (const field of screen.form.fields) expect(field.label.trim(), field.name).not.toBe('');
  },
};

export const surfaces: readonly Surface[] = [slack, teams, web];

/** Every number and amount that is shown is in the text that alone tells the whole. */
function expectTold(shown: readonly string[], text: string): void {
  const all = shown.join('\n');
  const facts = new Set([
    ...(all.match(/\b[LDCKQAP]-\d+\b/g) ?? []),
    ...(all.match(/\b[A-Z]{3}\s[\d.,]+\d/g) ?? []),
  ]);
  expect([...facts].filter((fact) => !text.includes(fact))).toEqual([]);
}

/** Everything a message shows but its buttons. */
function shownTexts(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(shownTexts);
  if (typeof part !== 'object' || part === null) return [];
  const { type, t, press, text, ...rest } = part as Record<string, unknown>;
  if (type === 'button' || type === 'actions' || type === 'ActionSet' || t === 'buttons') return [];
  if (press !== undefined) return [];
  return [
    ...(typeof text === 'string' ? [text] : shownTexts(text)),
    ...Object.values(rest).flatMap(shownTexts),
  ];
}
