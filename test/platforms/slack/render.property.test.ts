import { describe, expect, test } from 'vitest';
import { renderCard, renderHome, renderNotice } from '../../../src/platforms/slack/render/card.ts';
import { renderForm } from '../../../src/platforms/slack/render/form.ts';
import {
  checkBlocks as standInBlocks,
  checkView as standInView,
} from '../../../src/playground/slack/validate.ts';
import type { Card } from '../../../src/view/card.ts';
import { card, form, words } from '../../support/arbitrary-cards.ts';
import fc from '../../support/property.ts';
import { checkMessage, checkView } from '../../support/slack-blocks.ts';
import { chineseReader, reader } from './support.ts';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 300);

describe('any card is one Slack takes', () => {
  test('as a message', () => {
    fc.assert(
      fc.property(card, fc.boolean(), (any, charts) => {
        const message = renderCard(any, reader, { charts });
        expect(checkMessage(message)).toEqual([]);
        expect(standInBlocks(message.blocks)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('in a dialog and on the home screen', () => {
    fc.assert(
      fc.property(card, (any) => {
        expect(checkView(renderNotice(any, chineseReader))).toEqual([]);
        const home = renderHome(any, reader);
        expect([...checkView(home), ...standInView(home)]).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('with mentions that are known and unknown', () => {
    fc.assert(
      fc.property(card, (any) => {
        const mentionOf = (memberId: string) => (memberId === 'm1' ? 'U777' : undefined);
        expect(checkMessage(renderCard(any, reader, { mentionOf }))).toEqual([]);
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  test.each([
    ['rows', Array.from({ length: 500 }, (_, n) => ({ text: `Row ${n}` }))],
    [
      'rows with buttons',
      Array.from({ length: 500 }, (_, n) => ({
        text: `Row ${n}`,
        buttons: [1, 2, 3].map((each) => ({ label: `B${each}`, press: { a: 'x', i: {} } })),
      })),
    ],
    ['long rows', Array.from({ length: 500 }, () => ({ text: '很'.repeat(4000) }))],
  ])('500 %s are cut, say how many are missing, and keep the buttons at the end', (_, rows) => {
    const big: Card = {
      tone: 'plain',
      title: 'Many',
      blocks: [
        { t: 'rows', rows },
        { t: 'context', of: 'small print' },
        { t: 'buttons', buttons: [{ label: 'Next 10', press: { a: 'x', i: {} } }] },
      ],
    };
    const message = renderCard(big, reader);
    expect(checkMessage(message)).toEqual([]);
    const json = JSON.stringify(message.blocks);
    expect(json).toMatch(/\+\d+ more/);
    expect(json).toContain('small print');
    expect(message.blocks.at(-1)).toMatchObject({ type: 'actions' });
  });
});

test('any form is a view Slack takes', () => {
  fc.assert(
    fc.property(form, (any) => {
      const view = renderForm(any, reader);
      expect([...checkView(view), ...standInView(view)]).toEqual([]);
    }),
    { numRuns },
  );
});

describe('customer text stays dead text', () => {
  test('no name becomes a mention, a link, markup or an emoji code', () => {
    fc.assert(
      fc.property(words, (name) => {
        const message = renderCard(
          {
            tone: 'plain',
            title: name,
            blocks: [
              { t: 'text', of: { t: 'strong', of: name } },
              { t: 'context', of: name },
              { t: 'quote', of: name },
              { t: 'fields', fields: [{ label: name, value: name }] },
              {
                t: 'rows',
                rows: [{ text: name, buttons: [{ label: name, press: { a: 'x', i: { name } } }] }],
              },
              { t: 'table', columns: [{ label: name }], cells: [[name]] },
              { t: 'bars', title: name, bars: [{ label: name, value: 1, text: name }] },
            ],
          },
          reader,
        );
        expect(liveParts(message.blocks)).toEqual([]);
        expect(message.text).not.toMatch(/<[!@#]|<https?:/);
      }),
      { numRuns: Number(process.env.NAME_RUNS ?? 1000) },
    );
  });

  test('control: the same check finds a name put into mrkdwn', () => {
    const naive = [{ type: 'section', text: { type: 'mrkdwn', text: '<!channel>' } }];
    expect(liveParts(naive)).not.toEqual([]);
  });
});

/** Everything in blocks that Slack would read as more than letters. */
function liveParts(part: unknown): unknown[] {
  if (Array.isArray(part)) return part.flatMap(liveParts);
  if (typeof part !== 'object' || part === null) return [];
  const object = part as Record<string, unknown>;
  const live = ['mrkdwn', 'markdown', 'user', 'usergroup', 'broadcast', 'link', 'emoji', 'channel'];
  const own = live.includes(String(object.type)) || object.emoji === true ? [object] : [];
  return [...own, ...Object.values(object).flatMap(liveParts)];
}
