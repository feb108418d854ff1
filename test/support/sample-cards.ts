import {
  command,
  count,
  day,
  dotted,
  instant,
  money,
  percent,
  person,
  record,
  seq,
  strong,
} from '../../src/kernel/text.ts';
import type { Block, Card } from '../../src/view/card.ts';
import type { Form } from '../../src/view/form.ts';

/** Cards and forms that between them use every element; both platforms keep golden files of them. */

const cny = (amountMinor: bigint) => money({ amountMinor, currency: 'CNY' });
const acme = record('D-142', 'Acme Pumps');
const at = { a: 'deals.show', i: { deal: 'D-142' } };

export const sampleCards: Record<string, Card> = {
  'write-reply': {
    tone: 'ok',
    title: dotted(acme, '40 pumps'),
    blocks: [
      {
        t: 'fields',
        fields: [
          { label: 'Amount', value: cny(8_000_000n) },
          { label: 'Stage', value: seq('qualify → ', strong('quote')) },
          { label: 'Close', value: day('2026-10-31') },
          { label: 'Owner', value: person({ memberId: 'm1', name: 'Wang Lei' }) },
          { label: 'Chance', value: percent(6000) },
        ],
      },
      { t: 'context', of: command('move D-142 quote') },
      { t: 'buttons', buttons: [{ label: 'Undo', press: { a: 'audit.undo', i: { audit: 'a1' } } }] },
    ],
  },
  today: {
    tone: 'plain',
    title: 'Good morning Wei',
    blocks: [
      { t: 'text', of: seq(count(2), ' to do, ', count(1), ' clock') },
      { t: 'heading', of: 'Overdue' },
      {
        t: 'rows',
        rows: [
          {
            text: dotted(record('D-120', 'Nova'), 'call Chen'),
            detail: '2 days late',
            buttons: [
              { label: 'Done', press: { a: 'next-steps.done', i: { step: 'S-1' } }, style: 'primary' },
              { label: 'Snooze', press: { a: 'next-steps.snooze', i: { step: 'S-1' }, form: true } },
              { label: 'Open', press: at },
            ],
          },
          {
            text: dotted(instant('2026-11-04T02:00:00Z', 'time'), record('D-142'), 'Zhou on price'),
            buttons: [{ label: 'Open', press: at }],
          },
        ],
      },
      { t: 'divider' },
      { t: 'heading', of: 'Waiting' },
      {
        t: 'rows',
        rows: [
          { text: record('P-12'), detail: 'trial unit' },
          { text: record('P-13'), detail: 'spare seals' },
        ],
      },
    ],
  },
  approval: {
    tone: 'plain',
    title: seq('A-77 · 15% on ', acme),
    blocks: [
      { t: 'text', of: seq(cny(9_500_000n), ' → ', strong(cny(8_075_000n))) },
      { t: 'quote', of: 'match Grundfos bid' },
      {
        t: 'context',
        of: dotted(
          'asked 10:02',
          seq('approver: ', person({ memberId: 'm2', name: 'Li Na', mention: true })),
        ),
      },
      {
        t: 'buttons',
        buttons: [
          {
            label: 'Approve',
            press: { a: 'approvals.approve', i: { approval: 'A-77' }, v: 3 },
            style: 'primary',
          },
          {
            label: 'Approve 12% …',
            press: { a: 'approvals.approve', i: { approval: 'A-77' }, v: 3, form: true },
          },
          {
            label: 'Reject …',
            press: { a: 'approvals.reject', i: { approval: 'A-77' }, v: 3, form: true },
            style: 'danger',
          },
          { label: 'Open the list', url: 'https://crm.example/r/abc' },
        ],
      },
    ],
  },
  pipeline: {
    tone: 'info',
    title: 'Pipeline',
    blocks: [
      {
        t: 'bars',
        title: 'Open amount by stage',
        bars: [
          { label: 'qualify', value: 130, text: cny(13_000_000n) },
          { label: 'quote', value: 400, text: cny(40_000_000n) },
          { label: 'negotiate', value: 0, text: '–' },
        ],
      },
      {
        t: 'table',
        columns: [
          { label: 'Stage' },
          { label: 'Deals', align: 'right' },
          { label: 'Weighted', align: 'right' },
        ],
        cells: [
          ['qualify', count(3), cny(3_900_000n)],
          ['quote', count(12), cny(24_000_000n)],
          ['谈判', count(0), '–'],
        ],
      },
    ],
  },
  'hostile-name': {
    tone: 'warn',
    title: record('C-88', '<!channel> *Acme* _Pumps_ :tada:'),
    blocks: [
      { t: 'text', of: seq('Same phone as ', strong('<@U123> & <https://evil.example|Acme>')) },
      {
        t: 'rows',
        rows: [{ text: '`x` ~y~ شركة المضخات', detail: '@here', buttons: [{ label: '<!here>', press: at }] }],
      },
      {
        t: 'buttons',
        buttons: [
          { label: 'Open it', press: { a: 'accounts.show', i: { account: 'C-88' } } },
          { label: 'Create anyway', press: { p: '0197a4c2-1111-7000-8000-000000000001' } },
        ],
      },
    ],
  },
  refusal: {
    tone: 'stop',
    title: seq(
      'D-142 cannot enter ',
      strong('quote'),
      ': no decision maker met. Fix: ',
      command('log visit acme met:…'),
    ),
    blocks: [
      {
        t: 'buttons',
        buttons: [{ label: 'Log it', press: { a: 'activities.log', i: { about: 'D-142' }, form: true } }],
      },
    ],
  },
  'too-much': {
    tone: 'plain',
    title: 'Everything',
    blocks: [
      { t: 'text', of: '很'.repeat(4000) },
      ...Array.from({ length: 60 }, (_, n): Block => ({ t: 'heading', of: `Part ${n + 1}` })),
      { t: 'buttons', buttons: [{ label: 'Next 10', press: { a: 'find.run', i: { page: 2 } } }] },
    ],
  },
  empty: { tone: 'plain', blocks: [] },
};

const option = (value: string) => ({ value, label: value });

export const sampleForms: Record<string, Form> = {
  'every-field': {
    press: { a: 'leads.create', i: { channel: 'C1' } },
    title: 'New lead with a very long title',
    submit: 'Save',
    intro: seq('You can also type ', command('new-lead "Acme Pumps" Jane Wu 80k')),
    fields: [
      { name: 'company', required: true, value: 'Acme Pumps', meta: { kind: 'text', label: 'Company' } },
      {
        name: 'note',
        required: false,
        meta: { kind: 'note', label: 'Note', multiline: true, hint: 'Only your team reads it' },
      },
      {
        name: 'account',
        required: true,
        value: 'C-88',
        valueLabel: 'Acme Pumps',
        meta: { kind: 'ref', label: 'Customer', lookups: ['account', 'lead'] },
      },
      { name: 'owner', required: false, meta: { kind: 'person', label: 'Owner', lookups: ['member'] } },
      {
        name: 'amount',
        required: false,
        value: '8O k',
        error: '`8O k` is not an amount. Did you mean 80k?',
        meta: { kind: 'money', label: 'Amount', placeholder: '80k' },
      },
      { name: 'discount', required: false, value: '15%', meta: { kind: 'percent', label: 'Discount' } },
      { name: 'pieces', required: false, meta: { kind: 'number', label: 'Pieces' } },
      { name: 'duration', required: false, value: '20m', meta: { kind: 'minutes', label: 'Duration' } },
      { name: 'close', required: false, value: '2026-10-31', meta: { kind: 'day', label: 'Close' } },
      { name: 'start', required: false, value: 'fridy', meta: { kind: 'day', label: 'Start' } },
      { name: 'due', required: true, value: 'fri 10:00', meta: { kind: 'when', label: 'Due' } },
      {
        name: 'period',
        required: false,
        meta: { kind: 'span', label: 'Period', placeholder: '1nov..10nov' },
      },
      { name: 'email', required: false, meta: { kind: 'email', label: 'E-mail' } },
      { name: 'phone', required: false, meta: { kind: 'phone', label: 'Phone' } },
      {
        name: 'source',
        required: true,
        value: 'expo',
        meta: { kind: 'oneOf', label: 'Source', options: ['rep', 'expo', 'web'].map(option) },
      },
      {
        name: 'class',
        required: false,
        meta: { kind: 'oneOf', label: 'Class', options: ['A1', 'A2', 'B1', 'B2', 'C'].map(option) },
      },
      {
        name: 'tests',
        required: true,
        value: 'need,budget',
        meta: { kind: 'manyOf', label: 'Tests', options: ['need', 'budget', 'power', 'time'].map(option) },
      },
      {
        name: 'groups',
        required: false,
        value: 'g2',
        meta: {
          kind: 'manyOf',
          label: 'Groups',
          options: Array.from({ length: 12 }, (_, n) => option(`g${n}`)),
        },
      },
      { name: 'urgent', required: true, value: 'yes', meta: { kind: 'flag', label: 'Urgent' } },
    ],
  },
  'nothing-to-ask': {
    press: { p: '0197a4c2-1111-7000-8000-000000000002' },
    title: 'Sure?',
    submit: 'Yes',
    fields: [],
  },
};
