import { describe, expect, test } from 'vitest';
import { renderCard } from '../../../src/platforms/teams/render/card.ts';
import { renderForm } from '../../../src/platforms/teams/render/form.ts';
import { validateCard as standInCard } from '../../../src/playground/teams/validate.ts';
import type { Card } from '../../../src/view/card.ts';
import type { Form } from '../../../src/view/form.ts';
import { cardText } from '../../../src/view/plain-text.ts';
import { card, form, words } from '../../support/arbitrary-cards.ts';
import fc from '../../support/property.ts';
import { checkTeamsCard } from '../../support/teams-cards.ts';
import { liveText } from '../../support/teams-live-text.ts';
import { chineseReader, reader } from './readers.ts';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 300);
const problems = (shown: unknown) => [...checkTeamsCard(shown), ...standInCard(shown)];
const press = { a: 'x', i: {} };

describe('any card is one Teams takes', () => {
  test('with and without charts', () => {
    fc.assert(
      fc.property(card, fc.boolean(), fc.constantFrom(reader, chineseReader), (any, charts, who) => {
        expect(problems(renderCard(any, who, { charts }).card)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('with mentions that are known and unknown, whatever people are called', () => {
    fc.assert(
      fc.property(card, words, (any, name) => {
        const mentionOf = (memberId: string) => (memberId === 'm1' ? { id: '29:m1', name } : undefined);
        expect(problems(renderCard(any, reader, { mentionOf }).card)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('with a refresh for however many people', () => {
    fc.assert(
      fc.property(card, fc.nat(100), (any, people) => {
        const userIds = Array.from({ length: people }, (_, n) => `29:${'u'.repeat(80)}${n}`);
        const shown = renderCard(any, reader, { refresh: { press, userIds } }).card;
        expect(problems(shown)).toEqual([]);
        expect(shown.refresh?.userIds.length ?? 0).toBe(Math.min(people, 60));
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
        buttons: [1, 2, 3].map((each) => ({ label: `B${each}`, press })),
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
        { t: 'buttons', buttons: [{ label: 'Next 10', press }] },
      ],
    };
    const shown = renderCard(big, reader).card;
    expect(problems(shown)).toEqual([]);
    const json = JSON.stringify(shown.body);
    const missing = Number(/\+(\d+) more/.exec(json)?.[1]);
    const kept = json.split(/Row \d|很{20,}/).length - 1;
    expect(missing + kept).toBe(500);
    expect(json).toContain('small print');
    expect(shown.body.at(-1)).toMatchObject({ type: 'ActionSet' });
  });

  test('a table is cut between its rows and says how many are missing', () => {
    const cells = Array.from({ length: 500 }, (_, n) => [`Deal ${n}`, 'x'.repeat(200)]);
    const shown = renderCard(
      { tone: 'plain', blocks: [{ t: 'table', columns: [{ label: 'Deal' }, { label: 'Note' }], cells }] },
      reader,
    ).card;
    expect(problems(shown)).toEqual([]);
    const json = JSON.stringify(shown.body);
    const kept = json.split('Deal ').length - 1;
    expect(kept).toBeGreaterThan(20);
    expect(json).toContain(`+${500 - kept} more`);
  });
});

test('the summary says every word and every figure that the card shows', () => {
  fc.assert(
    fc.property(card, (any) => {
      const { card: shown, summary } = renderCard(any, reader);
      fc.pre(Buffer.byteLength(summary) < 20_000);
      const told = squeezed(summary);
      const untold = shownWords(shown.body).filter((word) => !told.includes(word));
      expect(untold).toEqual([]);
    }),
    { numRuns },
  );
});

describe('any form is a dialog Teams takes', () => {
  test('as it opens', () => {
    fc.assert(
      fc.property(form, (any) => {
        const { card: dialog, title } = renderForm(any, reader);
        expect(problems(dialog)).toEqual([]);
        expect(title.trim()).not.toBe('');
        expect(title.length).toBeLessThanOrEqual(80);
      }),
      { numRuns },
    );
  });

  test('as it comes back with problems', () => {
    fc.assert(
      fc.property(form, words, (any, message) => {
        const errors = [
          ...any.fields.map(({ name }) => ({ field: name, message })),
          { field: 'no', message },
        ];
        const dialog = renderForm(any, chineseReader, {
          errors,
          message,
          place: { conversationId: 'c' },
        }).card;
        expect(problems(dialog)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('a value that has no room is said to be cut, and all others stay whole', () => {
    const field = (name: string, value: string) => ({
      name,
      required: false,
      value,
      meta: { kind: 'note' as const, label: name },
    });
    const big: Form = {
      press,
      title: 'Notes',
      submit: 'Save',
      fields: [field('a', '很'.repeat(9000)), field('b', '很'.repeat(500)), field('c', 'short')],
    };
    const dialog = renderForm(big, reader).card;
    expect(problems(dialog)).toEqual([]);
    const json = JSON.stringify(dialog);
    expect(json.split('too long to be shown whole')).toHaveLength(2);
    expect(json).toContain(`"${'很'.repeat(500)}"`);
    expect(json).toContain('"short"');
  });
});

/** What clients would make more of than letters: markdown, mentions, functions, markup, addresses. */
const hostile = fc
  .array(
    fc.oneof(
      words,
      fc.constantFrom(
        '[x](javascript:alert(1))',
        '[Acme](https://evil.example)',
        '**bold** _it_ ~~no~~ `code`',
        '<at>all</at>',
        '<at>Li Na</at>',
        '&lt;at&gt;Li Na&lt;/at&gt;',
        '<script>alert(1)</script>',
        '<img src=x onerror=alert(1)>',
        '{{DATE(2026-11-04T10:00:00Z, SHORT)}}',
        '{{TIME(2026-11-04T10:00:00Z)}}',
        '{{{DATE(2026-11-04T10:00:00Z)}}}',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a card template would read it
        '${$root.secret}',
        '\n- list\n1. list\n# title\n> quote\n| a | b |',
        '![x](https://evil.example/x.png)',
        '\\[x\\](https://evil.example)',
      ),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

function everywhere(name: string): Card {
  return {
    tone: 'plain',
    title: name,
    blocks: [
      { t: 'text', of: { t: 'strong', of: name } },
      { t: 'text', of: { t: 'link', of: name, url: name } },
      {
        t: 'context',
        of: { t: 'seq', of: [name, { t: 'person', memberId: 'm1', name, mention: true }, name] },
      },
      { t: 'quote', of: name },
      { t: 'fields', fields: [{ label: name, value: name }] },
      { t: 'rows', rows: [{ text: name, detail: name, buttons: [{ label: name, press }] }] },
      { t: 'table', columns: [{ label: name }], cells: [[name]] },
      { t: 'bars', title: name, bars: [{ label: name, value: 1, text: name }] },
      { t: 'buttons', buttons: [{ label: name, url: name }] },
    ],
  };
}

/** The obvious way to make a card of these texts. */
function naive(card: Card) {
  const lines = cardText({ ...card, blocks: card.blocks.slice(0, 4) }, reader).split('\n');
  return { body: lines.map((text) => ({ type: 'TextBlock', text, wrap: true })) };
}

function formEverywhere(name: string): Form {
  const options = [{ value: 'a', label: name }];
  const kinds = ['text', 'flag', 'oneOf', 'manyOf', 'ref'] as const;
  return {
    press,
    title: name,
    submit: name,
    intro: name,
    fields: kinds.map((kind) => ({
      name: kind,
      required: true,
      value: name,
      valueLabel: name,
      error: name,
      meta: { kind, label: name, hint: name, placeholder: name, options, lookups: ['account'] },
    })),
  };
}

describe('customer text stays dead text', () => {
  const runs = { numRuns: Number(process.env.NAME_RUNS ?? 1000) };

  test('no name in a card becomes a mention, a link, markup or a function', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, member) => {
        const mentionOf = () => ({ id: '29:m1', name: member });
        const shown = renderCard(everywhere(name), reader, { mentionOf, charts: true }).card;
        expect(liveText(shown)).toEqual([]);
        const entities = shown.msteams?.entities ?? [];
        expect(entities.length).toBeLessThanOrEqual(1);
        for (const { text } of entities) {
          // Exactly once: in the place where we put it.
          expect(JSON.stringify(shown.body).split(JSON.stringify(text).slice(1, -1))).toHaveLength(2);
        }
      }),
      runs,
    );
  });

  test('no name in a form does either', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        expect(liveText(renderForm(formEverywhere(name), reader).card)).toEqual([]);
      }),
      runs,
    );
  });

  test('two people of one name are two mentions', () => {
    const mentionOf = (memberId: string) => ({ id: `29:${memberId}`, name: 'Li Na' });
    const person = (memberId: string) => ({ t: 'person' as const, memberId, name: 'Li Na', mention: true });
    const shown = renderCard(
      { tone: 'plain', blocks: [{ t: 'text', of: { t: 'seq', of: [person('m1'), ' + ', person('m2')] } }] },
      reader,
      { mentionOf },
    ).card;
    expect(problems(shown)).toEqual([]);
    expect(shown.msteams?.entities?.map(({ mentioned }) => mentioned.id)).toEqual(['29:m1', '29:m2']);
  });

  test.each([
    ['[x](javascript:alert(1))'],
    ['**bold**'],
    ['<at>all</at>'],
    ['<script>alert(1)</script>'],
    ['{{DATE(2026-11-04T10:00:00Z)}}'],
    ['- a list'],
  ])('control: the same check finds %s in what a naive renderer makes', (name) => {
    expect(liveText(naive(everywhere(name)))).not.toEqual([]);
    expect(liveText(naive(everywhere('Acme Pumps')))).toEqual([]);
  });

  test.each([
    [
      'a function in a run',
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '{{TIME(2026-11-04T10:00:00Z)}}' }] },
    ],
    ['a fact', { type: 'FactSet', facts: [{ title: 'a', value: '**b**' }] }],
    [
      'an option with a circle',
      { type: 'Input.ChoiceSet', style: 'expanded', choices: [{ title: '**b**', value: 'b' }] },
    ],
    [
      'an address that runs',
      { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'x', url: 'javascript:alert(1)' }] },
    ],
  ])('control: the same check finds %s', (_, element) => {
    expect(liveText({ body: [element] })).not.toEqual([]);
  });
});

const squeezed = (text: string) => text.replace(/\u2060/g, '').replace(/\s+/g, ' ');

/** Words and figures of a card without those the renderers cut: their ends are missing. */
function shownWords(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(shownWords);
  if (typeof part !== 'object' || part === null) return [];
  const { type, text, ...rest } = part as Record<string, unknown>;
  if (typeof text === 'string' && /^\+\d+ more$/.test(text)) return [];
  // Buttons are not told; bars are drawn from figures that are.
  if (type === 'ActionSet' || (rest.fontType === 'Monospace' && rest.color === 'Accent')) return [];
  const own = typeof text === 'string' ? squeezed(text).split(/[ –•]+/) : [];
  return [...own.filter((word) => word !== '' && !word.includes('…')), ...shownWords(Object.values(rest))];
}
