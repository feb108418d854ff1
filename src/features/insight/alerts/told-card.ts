import {
  day,
  dotted,
  type Inline,
  instant,
  listed,
  money,
  person,
  record,
  seq,
  strong,
} from '../../../kernel/text.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { reasonText } from '../../sales/deals/api.ts';
import { sourceText } from '../../sales/leads/api.ts';
import { stageName } from '../../sales/pipelines/api.ts';
import { t } from './messages.ts';
import type { AlertFacts, AlertLine } from './model.ts';
import type { AlertPayload } from './notification.ts';

/** Lines of one message; the rest is counted. */
export const mostLines = 10;

export function toldCard({ fold, lines, count, channelId }: AlertPayload): Card {
  const [first] = lines;
  if (!first) return { tone: 'plain', blocks: [{ t: 'text', of: t('and-more', { count }) }] };
  if (fold !== null) return foldCard(t(`fold-${fold}`, { count }), lines, count);
  // In their own direct message nobody needs to be called.
  const calls = channelId !== null;
  return {
    tone: 'plain',
    // No title: a short one would be a headline, a long one not.
    blocks: [
      ...lines.map((line): Block => ({ t: 'text', of: lineText(line, calls) })),
      { t: 'buttons', buttons: buttonsOf(lines, first, channelId) },
    ],
  };
}

/** What waited while a chat app could not be reached. */
export function outageCard(payloads: readonly AlertPayload[]): Card {
  const lines = payloads.flatMap((payload) => payload.lines);
  const count = payloads.reduce((sum, payload) => sum + payload.count, 0);
  return foldCard(t('fold-outage', { count }), lines.slice(0, mostLines), count);
}

function foldCard(title: Inline, lines: readonly AlertLine[], count: number): Card {
  const rows = lines.map((line): Row => ({ text: lineText(line), buttons: [openButton(line)] }));
  const blocks: Block[] = [{ t: 'rows', rows }];
  if (count > lines.length) blocks.push({ t: 'context', of: t('and-more', { count: count - lines.length }) });
  return { tone: 'plain', title, blocks };
}

/** `🎉 Won D-142 Acme Pumps · CNY 95,000 · Wang Lei · service`. */
export function lineText({ kind, facts, ending, who, isStopped }: AlertLine, mayCall = false): Inline {
  // Only whoever has to do something is called, as long as they have to and somebody there wants to hear of it.
  const calls = mayCall && isStopped !== true;
  const called = calls && who && ending === null ? person({ ...who, mention: true }) : undefined;
  if (kind === 'approval') return approvalText(facts, ending, calls);
  const said = dotted(
    record(facts.number, facts.name),
    facts.account === facts.name ? undefined : facts.account,
    facts.amount && money({ ...facts.amount, amountMinor: BigInt(facts.amount.amountMinor) }),
    ...aboutKind(kind, facts),
    called ?? facts.owner?.name,
    ending === null ? undefined : t(`ended-${ending}`),
  );
  return kind === 'single-contact'
    ? t('line-single-contact', { count: facts.count ?? 0, facts: said })
    : t(`line-${kind}`, { facts: said });
}

/** `🟡 Waits for an answer: A-77 15 % off D-142 … · Wei asked · answer was due 14:00 → @Li Na`. */
function approvalText(facts: AlertFacts, ending: AlertLine['ending'], calls: boolean): Inline {
  const { number, headline, owner, answerBy, deciders = [] } = facts;
  const mention = calls && ending === null;
  const people = deciders.map((who) => (mention ? person({ ...who, mention }) : who.name));
  const said = dotted(
    seq(strong(number), ' ', headline ?? facts.name),
    owner && t('asked-by', { name: owner.name }),
    answerBy === undefined ? undefined : t('answer-was-due', { at: instant(answerBy) }),
    ending === null ? undefined : t(`ended-${ending}`),
  );
  if (ending !== null) return t('line-approval', { facts: said });
  const whose = people.length === 0 ? dotted(said, t('nobody-decides')) : seq(said, ' 👉 ', listed(people));
  return t('line-approval', { facts: whose });
}

function aboutKind(kind: Exclude<AlertLine['kind'], 'approval'>, facts: AlertFacts): (Inline | undefined)[] {
  const { reason, rival, stage, fromStage, days, normalDays, count, on, step } = facts;
  switch (kind) {
    case 'won':
      return [reason === undefined ? undefined : reasonText(reason)];
    case 'lost':
      return [
        reason === undefined ? undefined : reasonText(reason),
        rival === undefined ? undefined : t('to-rival', { rival }),
      ];
    case 'moved-back':
      return [fromStage && stage && t('from-to', { from: stageName(fromStage), to: stageName(stage) })];
    case 'pushed':
      return [
        count === undefined ? undefined : t('push-count', { count }),
        on === undefined ? undefined : t('now-on', { on: day(on) }),
      ];
    case 'stuck':
      return [
        stage && t('days-stuck', { stage: stageName(stage), days: days ?? 0, normal: normalDays ?? 0 }),
      ];
    case 'overdue':
      return [step, on === undefined ? undefined : t('was-due', { on: day(on) })];
    case 'single-contact':
      return [t('has-open-deal')];
    case 'new-lead':
      return [reason === undefined ? undefined : t('unlisted-source', { source: sourceText(reason) })];
    case 'quote-expiring':
      return [
        facts.quote === undefined || on === undefined
          ? undefined
          : t('quote-until', { quote: facts.quote, on: day(on) }),
      ];
    case 'unowned':
      return [];
    default:
      return kind satisfies never;
  }
}

function openButton({ recordKind, facts }: AlertLine): Button {
  if (facts.quote !== undefined) {
    return { label: t('open'), press: { a: 'quotes.show', i: { quote: facts.quote } } };
  }
  const press = { a: `${recordKind}s.show`, i: { [recordKind]: facts.number } };
  return { label: t('open'), press };
}

function buttonsOf(lines: readonly AlertLine[], line: AlertLine, channelId: string | null): Button[] {
  const { recordKind, facts } = line;
  // Muting stops no approvals.
  if (recordKind === 'approval') return [openButton(line)];
  const step = stepButton(line);
  if (recordKind === 'account') return [openButton(line), step];
  const mute = { record: facts.number, ...(channelId === null ? {} : { channel: channelId }) };
  return [
    openButton(line),
    ...(lines.some(isClosed) ? [] : [step]),
    { label: t(`mute-${recordKind}`), press: { a: 'channels.mute', i: mute } },
  ];
}

/** What is to be done about it. */
function stepButton({ facts, ending }: AlertLine): Button {
  if (facts.quote !== undefined && ending === null) {
    const i = { quote: facts.quote, valid: '+30d' };
    return { label: t('extend-quote'), press: { a: 'quotes.extend', i } };
  }
  return {
    label: t('next-step'),
    press: { a: 'next-steps.set', i: { subject: facts.number }, form: true },
  };
}

/** Nothing more is planned for what is closed. */
function isClosed({ kind, ending }: AlertLine): boolean {
  if (ending === 'closed' || ending === 'archived') return true;
  return (kind === 'won' || kind === 'lost') && ending === null;
}
