import { describe, expect, it } from 'vitest';
import { validateCard } from '../../src/playground/teams/validate.ts';
import { attach, block, card, executeButton, form, group, type Json, openBench } from './teams-service.ts';

const at = (content: unknown) => validateCard(content).map((problem) => problem.at);
const withBody = (...body: Json[]) => card({ body });
const withActions = (...actions: Json[]) => card({ actions });
const open = { type: 'Action.OpenUrl', title: 'Open', url: 'https://crm.example/' };

const rich = card({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  msteams: {
    width: 'Full',
    entities: [{ type: 'mention', text: '<at>Li Na</at>', mentioned: { id: '29:li.na', name: 'Li Na' } }],
  },
  refresh: { action: executeButton(), userIds: ['29:li.na'] },
  body: [
    { ...block('Acme for <at>Li Na</at>'), size: 'Large', weight: 'Bolder', style: 'heading' },
    { type: 'RichTextBlock', inlines: ['plain ', { type: 'TextRun', text: '*dead*', italic: true }] },
    {
      type: 'ColumnSet',
      columns: [
        { type: 'Column', width: 'stretch', items: [block('a')] },
        { width: 'auto', items: [{ type: 'Image', url: 'https://crm.example/a.png', altText: 'a' }] },
      ],
    },
    { type: 'FactSet', facts: [{ title: 'Stage', value: 'Won' }] },
    {
      type: 'Table',
      columns: [{ width: 1 }],
      rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [block('a')] }] }],
    },
    { type: 'Container', style: 'emphasis', items: [{ type: 'ActionSet', actions: [open] }] },
    {
      type: 'Chart.Donut',
      data: [{ legend: 'Won', value: 3 }],
      fallback: { type: 'Image', url: 'https://crm.example/d.png' },
    },
    { type: 'Badge', text: 'Hot', fallback: 'drop' },
  ],
  actions: [
    {
      type: 'Action.ShowCard',
      title: 'More',
      card: { type: 'AdaptiveCard', version: '1.5', body: [block('x')] },
    },
    { type: 'Action.ToggleVisibility', title: 'T', targetElements: ['more'] },
  ],
});

describe('cards', () => {
  it('of every element that Teams shows are fine', () => {
    (rich.body as Json[]).push({ ...block('hidden'), id: 'more', isVisible: false });
    expect(validateCard(rich)).toEqual([]);
    expect(validateCard(form())).toEqual([]);
  });

  const wrong: [string, unknown, string][] = [
    ['no object', 'card', ''],
    ['another type', { ...card(), type: 'Card' }, '/type'],
    ['no version', { type: 'AdaptiveCard', body: [] }, '/version'],
    ['a version that Teams does not show', card({ version: '1.6' }), '/version'],
    ['an unknown element', withBody({ type: 'Media' }), '/body/0/type'],
    [
      'an element inside another',
      withBody({ type: 'Container', items: [{ type: 'Nope' }] }),
      '/body/0/items/0/type',
    ],
    ['a misspelled field', withBody({ ...block('a'), warp: true }), '/body/0/warp'],
    ['a text that is none', withBody({ type: 'TextBlock', text: 7 }), '/body/0/text'],
    ['a missing text', withBody({ type: 'TextBlock' }), '/body/0/text'],
    ['an unknown size', withBody({ ...block('a'), size: 'huge' }), '/body/0/size'],
    ['a script for a picture', withBody({ type: 'Image', url: 'javascript:alert(1)' }), '/body/0/url'],
    ['a body that is no list', card({ body: {} }), '/body'],
    [
      'two inputs of one name',
      withBody({ type: 'Input.Text', id: 'a' }, { type: 'Input.Date', id: 'a' }),
      '/body/1/id',
    ],
    ['an input without a name', withBody({ type: 'Input.Text' }), '/body/0/id'],
    [
      'a required input that says nothing',
      withBody({ type: 'Input.Text', id: 'a', label: 'A', isRequired: true }),
      '/body/0/errorMessage',
    ],
    [
      'a required input without a label',
      withBody({ type: 'Input.Text', id: 'a', isRequired: true, errorMessage: 'x' }),
      '/body/0/label',
    ],
    ['a day that is none', withBody({ type: 'Input.Date', id: 'a', value: '2026-02-31x' }), '/body/0/value'],
    ['a number that is none', withBody({ type: 'Input.Number', id: 'a', value: 'many' }), '/body/0/value'],
    [
      'a list without choices',
      withBody({ type: 'Input.ChoiceSet', id: 'a', choices: [] }),
      '/body/0/choices',
    ],
    [
      'a choice without a value',
      withBody({ type: 'Input.ChoiceSet', id: 'a', choices: [{ title: 'A' }] }),
      '/body/0/choices/0/value',
    ],
    [
      'the same choice twice',
      withBody({
        type: 'Input.ChoiceSet',
        id: 'a',
        choices: [
          { title: 'A', value: '1' },
          { title: 'B', value: '1' },
        ],
      }),
      '/body/0/choices',
    ],
    [
      'a query without a data set',
      withBody({ type: 'Input.ChoiceSet', id: 'a', choices: [], 'choices.data': { type: 'Data.Query' } }),
      '/body/0/choices.data/dataset',
    ],
    [
      'an extension with nothing in its place',
      withBody({ type: 'Chart.Line', data: [] }),
      '/body/0/fallback',
    ],
    [
      'a fallback that Teams does not know',
      withBody({ type: 'Badge', text: 'x', fallback: { type: 'Nope' } }),
      '/body/0/fallback/type',
    ],
    ['an unknown action', withActions({ type: 'Action.Http', title: 'x' }), '/actions/0/type'],
    ['a button without words', withActions({ ...open, title: '' }), '/actions/0/title'],
    ['a link to a script', withActions({ ...open, url: 'javascript:alert(1)' }), '/actions/0/url'],
    ['seven buttons', withActions(...Array.from({ length: 7 }, () => open)), '/actions'],
    [
      'a toggle of nothing',
      withActions({ type: 'Action.ToggleVisibility', title: 'T', targetElements: ['x'] }),
      '/actions/0/targetElements/0',
    ],
    [
      'a press that opens a card',
      withBody({ type: 'Container', items: [], selectAction: { type: 'Action.ShowCard', card: card() } }),
      '/body/0/selectAction/type',
    ],
    [
      'a refresh that only submits',
      card({ refresh: { action: { type: 'Action.Submit' } } }),
      '/refresh/action/type',
    ],
    [
      'a refresh for 61 people',
      card({
        refresh: {
          action: executeButton(),
          userIds: Array.from({ length: 61 }, (_, index) => `29:${index}`),
        },
      }),
      '/refresh/userIds',
    ],
    [
      'a mention that stands nowhere',
      card({
        msteams: { entities: [{ type: 'mention', text: '<at>X</at>', mentioned: { id: '1', name: 'X' } }] },
      }),
      '/msteams/entities/0/text',
    ],
    ['more than 28 KB', withBody(block('€'.repeat(10_000))), ''],
  ];

  it.each(wrong)('with %s are refused at the place of the mistake', (_, content, place) => {
    expect(at(content)).toContain(place);
  });

  it('that are refused are refused by the connector, with every mistake named', async () => {
    const { connector, standIn } = openBench();
    const content = withBody({ type: 'Nope' }, { ...block('a'), warp: true });
    const response = await connector('POST', `/v3/conversations/${group}/activities`, {
      type: 'message',
      attachments: [attach(content)],
    });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error.message).toMatch(/\/body\/0\/type.*\/body\/1\/warp/);
    expect(standIn.messages()).toEqual([]);
  });

  it('nested without end are refused, not followed', () => {
    let inner: Json = block('x');
    for (let depth = 0; depth < 40; depth++) inner = { type: 'Container', items: [inner] };
    expect(validateCard(withBody(inner)).map(({ message }) => message)).toContain('is nested too deeply');
  });
});
