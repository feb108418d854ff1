import { describe, expect, test } from 'vitest';
import {
  decodeLine,
  decodeLookups,
  decodeMention,
  decodePress,
  decodeValues,
} from '../../../src/platforms/slack/decode.ts';
import { renderForm } from '../../../src/platforms/slack/render/form.ts';
import { patternSteps } from '../../support/pattern-steps.ts';
import { sampleForms } from '../../support/sample-cards.ts';
import { reader } from './support.ts';

describe('a typed line', () => {
  test.each([
    ['move D-142 &gt; quote', 'move D-142 > quote'],
    ['find a &lt;b&gt; &amp; c', 'find a <b> & c'],
    ['find &amp;lt;', 'find &lt;'],
    ['assign L-311 <@U2|wang.lei>', 'assign L-311 <@U2|wang.lei>'],
    ['assign L-311 <@W2>', 'assign L-311 <@W2>'],
    ['digest <#C1|general> daily', 'digest <#C1|general> daily'],
    ['new-lead Acme <mailto:jane@acme.cn|jane@acme.cn>', 'new-lead Acme jane@acme.cn'],
    ['new-lead <tel:+8613812345678|+86 138 1234 5678>', 'new-lead +86 138 1234 5678'],
    ['note D-1 <https://acme.cn/a?b=1&amp;c=2>', 'note D-1 https://acme.cn/a?b=1&c=2'],
    ['note D-1 <http://acme.cn|acme.cn>', 'note D-1 acme.cn'],
    ['note D-1 <!subteam^S1|@sales> <!here>', 'note D-1 @sales @here'],
    ['discount 85折 — “match”', 'discount 85折 — “match”'],
    ['a <b', 'a <b'],
  ])('%s', (sent, typed) => {
    expect(decodeLine(sent)).toBe(typed);
  });

  test.each(['<', '<@', '<a|', 'a|', '&lt;', '&', '<@A|', ' :'])(
    'of many %j takes steps in proportion',
    (part) => {
      const read = (times: number) =>
        patternSteps(() => {
          decodeLine(`<${part.repeat(times)}`);
          decodeMention(part.repeat(times), undefined);
          decodeMention(part.repeat(times), 'UBOT');
        });
      expect(read(400)).toBeGreaterThan(400);
      expect(read(1600)).toBeLessThan(4.5 * read(400));
    },
  );

  test.each([
    ['<@UBOT> today', 'today'],
    ['<@UBOT|crm>: log call', 'log call'],
    ['<@UBOT>\uff0c查看 acme', '查看 acme'],
    ['<@UBOT>\uff1a今天', '今天'],
    ['<@UBOT>,查看 acme', '查看 acme'],
    ['hey <@UBOT> assign <@U2>', 'assign <@U2>'],
    ['today', 'today'],
    ['<@UBOT>', ''],
  ])('without the mention: %s', (said, line) => {
    expect(decodeMention(said, 'UBOT')).toBe(line);
  });
});

test('a press is read only from a button of ours', () => {
  expect(decodePress('press:3', '{"a":"deals.show","i":{"deal":"D-1"},"v":2}')).toEqual({
    a: 'deals.show',
    i: { deal: 'D-1' },
    v: 2,
  });
  expect(decodePress('press:0', '{"p":"x"}')).toEqual({ p: 'x' });
  for (const value of [
    '',
    '{}',
    '[]',
    'null',
    '{"a":"x"}',
    '{"a":"x","i":[]}',
    '{"a":"x","i":{},"ok":false}',
  ]) {
    expect(decodePress('press:0', value)).toBeUndefined();
  }
  expect(decodePress('other', '{"p":"x"}')).toBeUndefined();
});

test('a press cannot bring more keys than it has', () => {
  expect(decodePress('press:0', '{"a":"x","i":{},"role":"admin"}')).toBeUndefined();
  const polluted = decodePress('press:0', '{"a":"x","i":{"__proto__":{"admin":true}}}');
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
  expect(polluted).toBeDefined();
});

test('lookups are read from the id they were written into', () => {
  expect(decodeLookups('lookup:deal,account#about')).toEqual(['deal', 'account']);
  expect(decodeLookups('lookup:')).toBeUndefined();
  expect(decodeLookups('v:company')).toBeUndefined();
});

test('every kind of input comes back under its field', () => {
  const view = renderForm(
    sampleForms['every-field'] ?? { press: { p: 'x' }, title: '', submit: '', fields: [] },
    reader,
  );
  const state: Record<string, Record<string, unknown>> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || !('element' in block) || !block.block_id) continue;
    const element = block.element as { type: string; action_id: string; options?: { value: string }[] };
    state[block.block_id] = { [element.action_id]: { type: element.type, ...answered(element) } };
  }
  expect(decodeValues(state)).toEqual({
    company: 'typed',
    note: 'typed',
    account: 'chosen',
    owner: 'chosen',
    amount: 'typed',
    discount: 'typed',
    pieces: 'typed',
    duration: 'typed',
    close: '2026-11-04',
    start: 'typed',
    due: 'typed',
    period: 'typed',
    email: 'typed',
    phone: 'typed',
    source: 'rep',
    class: 'A1',
    tests: ['need'],
    groups: ['g0'],
    urgent: true,
  });
  expect(
    decodeValues({
      'f:note': { v: { type: 'plain_text_input', value: null } },
      'f:close': { v: { type: 'datepicker', selected_date: null } },
      'f:source': { v: { type: 'static_select', selected_option: null } },
      'f:tests': { v: { type: 'checkboxes', selected_options: [] } },
      'f:urgent': { 'flag:urgent': { type: 'checkboxes', selected_options: [] } },
      other: { v: { type: 'plain_text_input', value: 'x' } },
    }),
  ).toEqual({ tests: [], urgent: false });
});

function answered(element: { type: string; options?: { value: string }[] }): object {
  const first = element.options?.[0];
  switch (element.type) {
    case 'plain_text_input':
      return { value: 'typed' };
    case 'datepicker':
      return { selected_date: '2026-11-04' };
    case 'external_select':
      return { selected_option: { value: 'chosen' } };
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: [first] };
    default:
      return { selected_option: first };
  }
}
