import { describe, expect, it } from 'vitest';
import { checkBlocks, checkOptions, checkView } from '../../src/playground/slack/validate.ts';
import { button, modal, mrkdwn, openBench, plain, section } from './service.ts';

const of = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const options = (count: number) => many(count, (i) => ({ text: plain(`o${i}`), value: `v${i}` }));
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const select = (change: object) =>
  actions({ type: 'static_select', action_id: 's', options: options(1), ...change });
const input = (element: object, change: object = {}) => ({
  type: 'input',
  label: plain('l'),
  element,
  ...change,
});
const typed = (change: object = {}) => ({ type: 'plain_text_input', action_id: 't', ...change });
const table = (rows: number, columns: number) => ({
  type: 'table',
  rows: many(rows, () => many(columns, () => ({ type: 'raw_text', text: 'x' }))),
});
const bars = (change: { title?: number; label?: number; series?: number; categories?: number } = {}) => {
  const labels = many(
    change.categories ?? 1,
    (i) => of(change.label ?? 3).slice(0, -1) + String.fromCharCode(97 + i),
  );
  return {
    type: 'data_visualization',
    title: of(change.title ?? 5),
    chart: {
      type: 'bar',
      series: many(change.series ?? 1, (i) => ({
        name: `s${i}`,
        data: labels.map((label) => ({ label, value: i })),
      })),
      axis_config: { categories: labels },
    },
  };
};
const confirm = (change: object) => actions(button({ confirm: { text: plain('sure?'), ...change } }));

/** Each limit: what is accepted at it, what is refused just over it, and where the refusal points. */
const limits: [name: string, at: unknown, over: unknown, pointer: string][] = [
  ['section text 3,000', [section(of(3000))], [section(of(3001))], '/0/text/text'],
  [
    'header 150',
    [{ type: 'header', text: plain(of(150)) }],
    [{ type: 'header', text: plain(of(151)) }],
    '/0/text/text',
  ],
  [
    '10 fields',
    [{ type: 'section', fields: many(10, () => mrkdwn('x')) }],
    [{ type: 'section', fields: many(11, () => mrkdwn('x')) }],
    '/0/fields',
  ],
  [
    'field 2,000',
    [{ type: 'section', fields: [mrkdwn(of(2000))] }],
    [{ type: 'section', fields: [mrkdwn(of(2001))] }],
    '/0/fields/0/text',
  ],
  [
    'context 10',
    [{ type: 'context', elements: many(10, () => mrkdwn('x')) }],
    [{ type: 'context', elements: many(11, () => mrkdwn('x')) }],
    '/0/elements',
  ],
  [
    'actions 25',
    [actions(...many(25, (i) => button({ action_id: `a${i}` })))],
    [actions(...many(26, (i) => button({ action_id: `a${i}` })))],
    '/0/elements',
  ],
  [
    'button text 75',
    [actions(button({ text: plain(of(75)) }))],
    [actions(button({ text: plain(of(76)) }))],
    '/0/elements/0/text/text',
  ],
  [
    'button value 2,000',
    [actions(button({ value: of(2000) }))],
    [actions(button({ value: of(2001) }))],
    '/0/elements/0/value',
  ],
  [
    'action_id 255',
    [actions(button({ action_id: of(255) }))],
    [actions(button({ action_id: of(256) }))],
    '/0/elements/0/action_id',
  ],
  [
    'block_id 255',
    [{ ...section(), block_id: of(255) }],
    [{ ...section(), block_id: of(256) }],
    '/0/block_id',
  ],
  [
    'option text 75',
    [select({ options: [{ text: plain(of(75)), value: 'v' }] })],
    [select({ options: [{ text: plain(of(76)), value: 'v' }] })],
    '/0/elements/0/options/0/text/text',
  ],
  [
    'option value 150',
    [select({ options: [{ text: plain('x'), value: of(150) }] })],
    [select({ options: [{ text: plain('x'), value: of(151) }] })],
    '/0/elements/0/options/0/value',
  ],
  [
    '100 options',
    [select({ options: options(100) })],
    [select({ options: options(101) })],
    '/0/elements/0/options',
  ],
  [
    'overflow 5',
    [actions({ type: 'overflow', action_id: 'o', options: options(5) })],
    [actions({ type: 'overflow', action_id: 'o', options: options(6) })],
    '/0/elements/0/options',
  ],
  [
    'placeholder 150',
    [select({ placeholder: plain(of(150)) })],
    [select({ placeholder: plain(of(151)) })],
    '/0/elements/0/placeholder/text',
  ],
  [
    'input label 2,000',
    [input(typed(), { label: plain(of(2000)) })],
    [input(typed(), { label: plain(of(2001)) })],
    '/0/label/text',
  ],
  [
    'confirm title 100',
    [confirm({ title: plain(of(100)) })],
    [confirm({ title: plain(of(101)) })],
    '/0/elements/0/confirm/title/text',
  ],
  [
    'confirm text 300',
    [confirm({ text: plain(of(300)) })],
    [confirm({ text: plain(of(301)) })],
    '/0/elements/0/confirm/text/text',
  ],
  [
    'confirm button 30',
    [confirm({ deny: plain(of(30)) })],
    [confirm({ deny: plain(of(31)) })],
    '/0/elements/0/confirm/deny/text',
  ],
  ['50 blocks', many(50, () => section()), many(51, () => section()), ''],
  [
    '10,000 characters',
    many(4, () => section(of(2500))),
    [...many(4, () => section(of(2500))), section('x')],
    '',
  ],
  ['table 100 rows', [table(100, 2)], [table(101, 2)], '/0/rows'],
  ['table 20 columns', [table(2, 20)], [table(2, 21)], '/0/rows/0'],
  ['one table', [table(2, 2)], [table(2, 2), table(2, 2)], '/1'],
  ['chart title 50', [bars({ title: 50 })], [bars({ title: 51 })], '/0/title'],
  ['chart label 20', [bars({ label: 20 })], [bars({ label: 21 })], '/0/chart/series/0/data/0/label'],
  ['6 series', [bars({ series: 6 })], [bars({ series: 7 })], '/0/chart/series'],
  ['20 categories', [bars({ categories: 20 })], [bars({ categories: 21 })], '/0/chart/series/0/data'],
  ['2 charts', [bars(), bars()], [bars(), bars(), bars()], '/2'],
];

describe('the Slack stand-in refuses what is over a limit', () => {
  it.each(limits)('%s', (_name, at, over, pointer) => {
    expect(checkBlocks(at)).toEqual([]);
    expect(checkBlocks(over).map((problem) => problem.pointer)).toContain(pointer);
  });

  it.each([
    ['title 24', { title: plain(of(24)) }, { title: plain(of(25)) }, '/title/text'],
    ['submit 24', { submit: plain(of(24)) }, { submit: plain(of(25)) }, '/submit/text'],
    ['close 24', { close: plain(of(24)) }, { close: plain(of(25)) }, '/close/text'],
    [
      'private_metadata 3,000',
      { private_metadata: of(3000) },
      { private_metadata: of(3001) },
      '/private_metadata',
    ],
    ['callback_id 255', { callback_id: of(255) }, { callback_id: of(256) }, '/callback_id'],
    ['100 blocks', { blocks: many(100, () => section()) }, { blocks: many(101, () => section()) }, '/blocks'],
  ])('modal %s', (_name, at, over, pointer) => {
    expect(checkView(modal(at))).toEqual([]);
    expect(checkView(modal(over)).map((problem) => problem.pointer)).toContain(pointer);
  });

  it('takes 100 options as an answer to type-ahead, and no more', () => {
    expect(checkOptions({ options: options(100) })).toEqual([]);
    expect(checkOptions({ options: options(101) })).toHaveLength(1);
    expect(checkOptions({})).toHaveLength(1);
  });
});

describe('the Slack stand-in refuses what Slack does not know', () => {
  it.each<[string, unknown, string, string]>([
    ['a block type', [{ type: 'sparkline' }], '/0/type', 'unsupported_type'],
    [
      'an element type',
      [actions({ type: 'slider', action_id: 'x' })],
      '/0/elements/0/type',
      'unsupported_type',
    ],
    ['a property of a block', [{ ...section(), colour: 'red' }], '/0/colour', 'unknown_property'],
    [
      'a property of an element',
      [actions(button({ emoji: true }))],
      '/0/elements/0/emoji',
      'unknown_property',
    ],
    [
      'a property named like an inherited one',
      [{ ...section(), constructor: 'x' }],
      '/0/constructor',
      'unknown_property',
    ],
    ['an empty text', [section('')], '/0/text/text', 'failed_constraint'],
    ['a section without text', [{ type: 'section' }], '/0', 'missing_field'],
    ['mrkdwn in a header', [{ type: 'header', text: mrkdwn('x') }], '/0/text/type', 'unsupported_type'],
    ['a text input in actions', [actions(typed())], '/0/elements/0/type', 'unsupported_type'],
    ['a button in an input', [input(button())], '/0/element/type', 'unsupported_type'],
    ['an empty actions block', [actions()], '/0/elements', 'failed_constraint'],
    [
      'the same block_id twice',
      [
        { ...section(), block_id: 'b' },
        { ...section(), block_id: 'b' },
      ],
      '/1/block_id',
      'failed_constraint',
    ],
    [
      'the same action_id twice in a block',
      [actions(button(), button())],
      '/0/elements/1/action_id',
      'failed_constraint',
    ],
    [
      'a day that is none',
      [actions({ type: 'datepicker', action_id: 'd', initial_date: '4 Nov' })],
      '/0/elements/0/initial_date',
      'failed_constraint',
    ],
    [
      'an initial option that is not offered',
      [select({ initial_option: { text: plain('?'), value: '?' } })],
      '/0/elements/0/initial_option',
      'failed_constraint',
    ],
    [
      'a list with options and groups',
      [select({ option_groups: [{ label: plain('g'), options: options(1) }] })],
      '/0/elements/0',
      'failed_constraint',
    ],
    [
      'rich text with an empty run',
      [
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }],
        },
      ],
      '/0/elements/0/elements/0/text',
      'failed_constraint',
    ],
    [
      'a ragged table',
      [{ type: 'table', rows: [...table(1, 2).rows, ...table(1, 3).rows] }],
      '/0/rows/1',
      'failed_constraint',
    ],
  ])('%s', (_name, blocks, pointer, code) => {
    expect(checkBlocks(blocks)).toContainEqual(expect.objectContaining({ pointer, code }));
  });

  it.each(['table', 'markdown', 'data_visualization'])('%s in a modal or a home tab', (type) => {
    const block = {
      table: table(2, 2),
      markdown: { type: 'markdown', text: 'x' },
      data_visualization: bars(),
    }[type];
    expect(checkBlocks([block])).toEqual([]);
    for (const view of [modal({ blocks: [block] }), { type: 'home', blocks: [block] }]) {
      expect(checkView(view)).toContainEqual(expect.objectContaining({ pointer: '/blocks/0/type' }));
    }
  });

  it('a form without a submit button, or a submit button on a home tab', () => {
    expect(checkView(modal({ submit: undefined }))).toContainEqual(
      expect.objectContaining({ pointer: '/submit' }),
    );
    expect(checkView({ type: 'home', blocks: [], submit: plain('x') })).toContainEqual(
      expect.objectContaining({ pointer: '/submit', code: 'unknown_property' }),
    );
  });
});

describe('refusals come in Slack’s own shape', () => {
  it('as pointers from blocks.validate', async () => {
    const { api } = openBench();
    const answer = await api('blocks.validate', { blocks: JSON.stringify([section('')]) });
    expect(answer).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      errors: [{ pointer: '/0/text/text' }],
    });
    expect(await api('blocks.validate', { blocks: [section()] })).toEqual({ ok: true });
    const view = await api('blocks.validate', { view: modal({ title: plain(of(25)) }) });
    expect(view).toMatchObject({ error: 'invalid_view', errors: [{ pointer: '/title/text' }] });
  });

  it('as lines with pointers from chat.postMessage and views.open', async () => {
    const { api, standIn } = openBench();
    const answer = await api('chat.postMessage', { channel: 'C1', text: 'x', blocks: [section('')] });
    const line = 'must be more than 0 characters [json-pointer:/blocks/0/text/text]';
    expect(answer).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      errors: [line],
      response_metadata: { messages: [`[ERROR] ${line}`] },
    });
    const view = await api('views.publish', { user_id: 'U1', view: { type: 'home', blocks: [section('')] } });
    expect(view).toMatchObject({ ok: false, error: 'invalid_arguments' });
    expect(JSON.stringify(view)).toContain('[json-pointer:/view/blocks/0/text/text]');
    expect(standIn.messages()).toEqual([]);
  });

  it('with their own code when only the total is too long', async () => {
    const { api } = openBench();
    const blocks = many(5, () => section(of(2500)));
    expect(await api('chat.postMessage', { channel: 'C1', text: 'x', blocks })).toMatchObject({
      error: 'msg_blocks_too_long',
    });
  });
});
