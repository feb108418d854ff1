import { describe, expect, test } from 'vitest';
import { type Activity, activitySchema } from '../../../src/platforms/teams/activities.ts';
import { decodeHtml, decodeLine, decodePress } from '../../../src/platforms/teams/decode.ts';
import { patternSteps } from '../../support/pattern-steps.ts';

const bot = { type: 'mention', text: '<at>CRM</at>', mentioned: { id: '28:bot', name: 'CRM' } };
const lina = { type: 'mention', text: '<at>Li Na</at>', mentioned: { id: '29:li', name: 'Li <Na>|x' } };
const other = { type: 'mention', text: '<at>Li Na</at>', mentioned: { id: '29:li2', name: 'Li Na' } };
const ids: Record<string, string> = { '29:li': 'bbbb-1', '29:li2': 'bbbb-2' };

function said(text: string, entities: unknown[] = []): Activity {
  return activitySchema.parse({
    type: 'message',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/',
    from: { id: '29:x' },
    conversation: { id: 'a:1' },
    recipient: { id: '28:bot' },
    text,
    entities,
  });
}

const line = (text: string, ...entities: unknown[]) =>
  decodeLine(said(text, entities), ({ mentioned }) => ids[mentioned.id]);

describe('what was typed', () => {
  test.each([
    ['move D-142 &gt; quote', 'move D-142 > quote'],
    ['find &amp;lt;', 'find &lt;'],
    ['new-lead&nbsp;Acme\u00a0Pumps', 'new-lead Acme Pumps'],
    ['find &#20320;&#x597d; &#0; &#x110000;', 'find 你好 &#0; &#x110000;'],
    ['find a <b & c', 'find a <b & c'],
    ['  today \r\n', 'today'],
    ['/crm today', 'today'],
    ['CRM: today', 'today'],
    ['crm', ''],
    ['crmify', 'crmify'],
    ['@crm\uff0c今天', '今天'],
    ['\uff1a今天', '今天'],
    ['discount 85折 — “match”', 'discount 85折 — “match”'],
  ])('%j is %j', (text, typed) => {
    expect(line(text)).toBe(typed);
  });

  test.each(['hi', 'Hello!', 'HELP', '你好', '您好。', '你好\uff01', '帮助', 'hey ~', '/crm help'])(
    '%j asks for help',
    (text) => {
      expect(line(text)).toBe('help');
    },
  );

  test.each(['help deal', 'history D-1', '帮助 商机'])('%j is no greeting', (text) => {
    expect(line(text)).toBe(text);
  });
});

describe('mentions', () => {
  test('of the bot go, wherever they stand', () => {
    expect(line('<at>CRM</at> today', bot)).toBe('today');
    expect(line('hey <at>CRM</at>: today', bot)).toBe('today');
    expect(line('today <at>CRM</at>', bot)).toBe('today');
    expect(line('<at>CRM</at>', bot)).toBe('');
  });

  test('of people are who they are, though their names are the same or odd', () => {
    expect(line('<at>CRM</at> assign L-1 <at>Li Na</at> <at>Li Na</at>', bot, lina, other)).toBe(
      'assign L-1 <@bbbb-1|Li Nax> <@bbbb-2|Li Na>',
    );
  });

  test('of somebody the service does not know, and tags without a mention, are names', () => {
    const unknown = { ...lina, mentioned: { id: '29:gone', name: 'Gone' } };
    expect(line('assign L-1 <at>Li Na</at>', unknown)).toBe('assign L-1 @Gone');
    expect(line('assign L-1 <at>Li Na</at>')).toBe('assign L-1 Li Na');
  });

  test('that are none are no reason to fail', () => {
    expect(line('today', { type: 'mention' }, null, 'x', { type: 'clientInfo' })).toBe('today');
  });
});

describe('a message as HTML', () => {
  test.each([
    ['<p>a &lt;b&gt;</p><p>c&nbsp;d</p>', 'a <b>\nc d'],
    ['<div>one<br>two</div>', 'one\ntwo'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['<script>alert(1)</script>x', 'alert(1)x'],
    ['<img src="x" onerror="alert(1)">', ''],
    ['no tags < here', 'no tags < here'],
  ])('%j says %j', (html, text) => {
    expect(decodeHtml(html)).toBe(text);
  });
});

describe('reading takes steps in proportion to the length', () => {
  test.each(['<', '<br ', '<at ', '&#', '&', ' \n', '<p>', 'hi!', '\uff1a', '/crm '])(
    'of many %j',
    (part) => {
      const read = (times: number) =>
        patternSteps(() => {
          decodeHtml(part.repeat(times));
          line(part.repeat(times), bot, lina);
        });
      expect(read(400)).toBeGreaterThan(400);
      expect(read(1600)).toBeLessThan(4.5 * read(400));
    },
  );

  test('and counting tells a pattern that looks from each opening to the end', () => {
    const naive = (times: number) => patternSteps(() => '<'.repeat(times).replace(/<[^>]*>/g, ''));
    expect(naive(1600)).toBeGreaterThan(15 * naive(400));
  });
});

test('a press is read only if it is one', () => {
  expect(decodePress({ a: 'deals.show', i: { deal: 'D-1' }, v: 2 })).toEqual({
    a: 'deals.show',
    i: { deal: 'D-1' },
    v: 2,
  });
  for (const value of [undefined, 'x', {}, { a: 'x' }, { a: 'x', i: {}, extra: 1 }, { p: '' }]) {
    expect(decodePress(value)).toBeUndefined();
  }
});
