import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderCard } from '../../../src/platforms/teams/render/card.ts';
import { renderForm } from '../../../src/platforms/teams/render/form.ts';
import { validateCard as standInCard } from '../../../src/playground/teams/validate.ts';
import { sampleCards, sampleForms } from '../../support/sample-cards.ts';
import { checkTeamsCard } from '../../support/teams-cards.ts';
import { chineseReader, reader } from './readers.ts';

const folder = join(import.meta.dirname, '../../golden/teams');
const file = (name: string) => join(folder, `${name}.json`);
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const problems = (card: unknown) => [...checkTeamsCard(card), ...standInCard(card)];

describe.each(Object.entries(sampleCards))('card %s', (name, card) => {
  test('looks as agreed, and Teams takes it', async () => {
    const mentionOf = (memberId: string) =>
      memberId === 'm2' ? { id: '29:lina', name: 'Li Na' } : undefined;
    const shown = renderCard(card, reader, { mentionOf });
    expect(problems(shown.card)).toEqual([]);
    await expect(json(shown)).toMatchFileSnapshot(file(`card-${name}`));
    expect(problems(renderCard(card, chineseReader).card)).toEqual([]);
  });
});

describe.each(Object.entries(sampleForms))('form %s', (name, form) => {
  test('looks as agreed, and Teams takes it', async () => {
    const dialog = renderForm(form, reader);
    expect(problems(dialog.card)).toEqual([]);
    await expect(json(dialog)).toMatchFileSnapshot(file(`form-${name}`));
    expect(problems(renderForm(form, chineseReader).card)).toEqual([]);
  });
});

test('a form that came back tells its problems above the fields and keeps what was typed', async () => {
  const form = sampleForms['every-field'];
  if (!form) throw new Error('sample missing');
  const dialog = renderForm(form, reader, {
    message: 'Nothing was saved.',
    errors: [
      { field: 'due', message: 'That has passed.' },
      { field: 'elsewhere', message: 'No such channel.' },
    ],
    place: { conversationId: 'c1' },
  });
  expect(problems(dialog.card)).toEqual([]);
  await expect(json(dialog)).toMatchFileSnapshot(file('form-every-field-errors'));
  const body = dialog.card.body.map((element) => JSON.stringify(element));
  expect(body[0]).toContain('Nothing was saved.');
  expect(body[1]).toContain('No such channel.');
  const due = body.findIndex((element) => element.includes('"f:due"'));
  expect(body[due - 1]).toContain('That has passed.');
  expect(body[due]).toContain('fri 10:00');
});

test('bars can be a chart of Teams, with the figures beside it', async () => {
  const { pipeline } = sampleCards;
  if (!pipeline) throw new Error('sample missing');
  const { card } = renderCard(pipeline, reader, { charts: true });
  expect(problems(card)).toEqual([]);
  await expect(json(card)).toMatchFileSnapshot(file('card-pipeline-chart'));
});
