import type { FieldMeta } from '../../src/kernel/fields.ts';
import type { Inline } from '../../src/kernel/text.ts';
import type { Block, Button, Card, LinkButton, Row } from '../../src/view/card.ts';
import type { Form, FormField } from '../../src/view/form.ts';
import fc from './property.ts';

/** Words as customers write them, and worse: markup, mentions, emoji, right-to-left, half characters. */
const nasty = [
  '<!channel>',
  '<!here|here>',
  '<@U123ABC>',
  '<#C1|general>',
  '<https://evil.example|click>',
  '*bold* _it_ ~no~ `code` ```x```',
  '&lt;!channel&gt; &amp;',
  ':tada: :warning:',
  '@here @channel @everyone',
  '[link](https://evil.example)',
  '> quote\n- list\n# title',
  '客户(上海)有限公司',
  'شركة المضخات',
  '👨‍👩‍👧‍👦🏳️‍🌈',
  '\ud83d',
  '\u202eevil',
  '=HYPERLINK("https://evil.example")',
  ' ',
  '\n\n',
];

export const words: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...nasty), { maxLength: 4 }).map((parts) => parts.join(' ')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(4000), '很'.repeat(4000), '🚀'.repeat(2000), '') },
);

const url = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    'javascript:alert(1)',
    'https://a.example/<b>',
    '',
    'mailto:a@b.example',
    `https://a.example/${'x'.repeat(4000)}`,
  ),
);

export const inline: fc.Arbitrary<Inline> = fc.letrec<{ node: Inline }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    words,
    fc.record({ t: fc.constant('seq' as const), of: fc.array(tie('node'), { maxLength: 4 }) }),
    fc.record({
      t: fc.constantFrom('strong' as const, 'em' as const, 'strike' as const, 'code' as const),
      of: tie('node'),
    }),
    fc.record({ t: fc.constant('link' as const), of: tie('node'), url }),
    fc.record({
      t: fc.constant('person' as const),
      memberId: fc.constantFrom('m1', 'm2'),
      name: words,
      mention: fc.boolean(),
    }),
    fc.record({ t: fc.constant('command' as const), line: words }),
    fc.record({
      t: fc.constant('money' as const),
      amountMinor: fc.bigInt({ min: 0n, max: 10n ** 15n }).map(String),
      currency: fc.constantFrom('CNY', 'EUR', 'JPY'),
    }),
    fc.constant<Inline>({ t: 'percent', basisPoints: 1500 }),
    fc.constant<Inline>({ t: 'day', on: '2026-11-04' }),
    fc.constant<Inline>({ t: 'instant', at: '2026-11-04T10:00:00Z', style: 'datetime' }),
  ) as fc.Arbitrary<Inline>,
})).node;

const press = fc.oneof(
  fc.record({
    a: fc.constant('deals.show'),
    i: fc.dictionary(fc.string({ minLength: 1, maxLength: 10 }), words, { maxKeys: 3 }),
  }),
  fc.record({ p: fc.uuid() }),
);
const pressButton: fc.Arbitrary<Button> = fc.record(
  { label: inline, press, style: fc.constantFrom('primary' as const, 'danger' as const) },
  { requiredKeys: ['label', 'press'] },
);
const linkButton: fc.Arbitrary<LinkButton> = fc.record({ label: inline, url });
const row: fc.Arbitrary<Row> = fc.record(
  { text: inline, detail: inline, buttons: fc.array(pressButton, { maxLength: 4 }) },
  { requiredKeys: ['text'] },
);

export const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    t: fc.constantFrom('heading' as const, 'text' as const, 'context' as const, 'quote' as const),
    of: inline,
  }),
  fc.record({
    t: fc.constant('fields' as const),
    fields: fc.array(fc.record({ label: inline, value: inline }), { maxLength: 12 }),
  }),
  fc.record({ t: fc.constant('rows' as const), rows: fc.array(row, { maxLength: 20 }) }),
  fc
    .record({
      columns: fc.array(fc.record({ label: inline }), { minLength: 1, maxLength: 6 }),
      lines: fc.nat(30),
      cell: inline,
    })
    .map(({ columns, lines, cell }) => ({
      t: 'table' as const,
      columns,
      cells: Array.from({ length: lines }, () => columns.map(() => cell)),
    })),
  fc.record({
    t: fc.constant('bars' as const),
    title: inline,
    bars: fc.array(fc.record({ label: inline, value: fc.double(), text: inline }), { maxLength: 25 }),
  }),
  fc.constant<Block>({ t: 'divider' }),
  fc.record({
    t: fc.constant('buttons' as const),
    buttons: fc.array(fc.oneof(pressButton, linkButton), { maxLength: 30 }),
  }),
) as fc.Arbitrary<Block>;

export const card: fc.Arbitrary<Card> = fc.record(
  {
    tone: fc.constantFrom('ok' as const, 'warn' as const, 'stop' as const, 'info' as const, 'plain' as const),
    title: inline,
    blocks: fc.array(block, { maxLength: 15 }),
  },
  { requiredKeys: ['tone', 'blocks'] },
);

const options = fc.uniqueArray(
  fc.record({ value: fc.string({ minLength: 1, maxLength: 20 }), label: inline }),
  { maxLength: 12, selector: ({ value }) => value },
);
const meta: fc.Arbitrary<FieldMeta> = fc.record(
  {
    kind: fc.constantFrom<FieldMeta['kind'][]>(
      'text',
      'note',
      'ref',
      'money',
      'percent',
      'number',
      'minutes',
      'day',
      'when',
      'span',
      'email',
      'phone',
      'person',
      'oneOf',
      'manyOf',
      'flag',
    ),
    label: inline,
    hint: inline,
    placeholder: words,
    options,
    lookups: fc.array(fc.constantFrom('deal', 'account', 'member'), { maxLength: 3 }),
    multiline: fc.boolean(),
  },
  { requiredKeys: ['kind', 'label'] },
);
const field: fc.Arbitrary<FormField> = fc.record(
  {
    name: fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 1, maxLength: 8 }),
    meta,
    required: fc.boolean(),
    value: fc.oneof(words, fc.constantFrom('2026-11-04', 'true', 'yes', '9999-99-99')),
    valueLabel: words,
    error: inline,
  },
  { requiredKeys: ['name', 'meta', 'required'] },
);

export const form: fc.Arbitrary<Form> = fc.record(
  {
    press: fc.constant({ a: 'leads.create', i: { company: 'Acme' } }),
    title: inline,
    submit: inline,
    intro: inline,
    fields: fc.uniqueArray(field, { maxLength: 20, selector: ({ name }) => name }),
  },
  { requiredKeys: ['press', 'title', 'submit', 'fields'] },
);
