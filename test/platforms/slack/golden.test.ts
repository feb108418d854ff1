import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderCard, renderHome, renderNotice } from '../../../src/platforms/slack/render/card.ts';
import { renderForm } from '../../../src/platforms/slack/render/form.ts';
import {
  checkBlocks as standInBlocks,
  checkView as standInView,
} from '../../../src/playground/slack/validate.ts';
import { sampleCards, sampleForms } from '../../support/sample-cards.ts';
import { checkMessage, checkView } from '../../support/slack-blocks.ts';
import { chineseReader, reader } from './support.ts';

const folder = join(import.meta.dirname, '../../golden/slack');
const file = (name: string) => join(folder, `${name}.json`);
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

describe.each(Object.entries(sampleCards))('card %s', (name, card) => {
  test('looks as agreed, and Slack takes it', async () => {
    const mentionOf = (memberId: string) => (memberId === 'm2' ? 'U0LINA' : undefined);
    const message = renderCard(card, reader, { mentionOf });
    expect(checkMessage(message)).toEqual([]);
    expect(standInBlocks(message.blocks)).toEqual([]);
    await expect(json(message)).toMatchFileSnapshot(file(`card-${name}`));
    for (const view of [renderHome(card, reader), renderNotice(card, chineseReader)]) {
      expect([...checkView(view), ...standInView(view)]).toEqual([]);
    }
  });
});

describe.each(Object.entries(sampleForms))('form %s', (name, form) => {
  test('looks as agreed, and Slack takes it', async () => {
    const view = renderForm(form, reader, {
      responseUrl: 'https://hooks.slack.com/commands/1',
      channelId: 'C1',
    });
    expect([...checkView(view), ...standInView(view)]).toEqual([]);
    await expect(json(view)).toMatchFileSnapshot(file(`form-${name}`));
    expect(checkView(renderForm(form, chineseReader))).toEqual([]);
  });
});

test('bars can be a chart of Slack, with the figures beside it', async () => {
  const { pipeline } = sampleCards;
  if (!pipeline) throw new Error('sample missing');
  const message = renderCard(pipeline, reader, { charts: true });
  expect([...checkMessage(message), ...standInBlocks(message.blocks)]).toEqual([]);
  await expect(json(message)).toMatchFileSnapshot(file('card-pipeline-chart'));
});

test('the home screen has no table', async () => {
  const { pipeline } = sampleCards;
  if (!pipeline) throw new Error('sample missing');
  await expect(json(renderHome(pipeline, chineseReader))).toMatchFileSnapshot(file('home-pipeline'));
});
