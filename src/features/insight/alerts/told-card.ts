import { day, dotted, type Inline, money, person, record } from '../../../kernel/text.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { reasonText } from '../../sales/deals/api.ts';
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
export function lineText({ kind, facts, ending, who }: AlertLine, calls = false): Inline {
  // Only whoever has to do something is called, and as long as they have to.
  const called = calls && who && ending === null ? person({ ...who, mention: true }) : undefined;
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

function aboutKind(kind: AlertLine['kind'], facts: AlertFacts): (Inline | undefined)[] {
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
      return [reason === undefined ? undefined : t('unlisted-source', { source: reason })];
    case 'unowned':
      return [];
    default:
      return kind satisfies never;
  }
}

function openButton({ recordKind, facts }: AlertLine): Button {
  const press = { a: `${recordKind}s.show`, i: { [recordKind]: facts.number } };
  return { label: t('open'), press };
}

function buttonsOf(lines: readonly AlertLine[], line: AlertLine, channelId: string | null): Button[] {
  const { recordKind, facts } = line;
  const step: Button = {
    label: t('next-step'),
    press: { a: 'next-steps.set', i: { subject: facts.number }, form: true },
  };
  if (recordKind === 'account') return [openButton(line), step];
  const mute = { record: facts.number, ...(channelId === null ? {} : { channel: channelId }) };
  return [
    openButton(line),
    ...(lines.some(isClosed) ? [] : [step]),
    { label: t(`mute-${recordKind}`), press: { a: 'channels.mute', i: mute } },
  ];
}

/** Nothing more is planned for what is closed. */
function isClosed({ kind, ending }: AlertLine): boolean {
  if (ending === 'closed' || ending === 'archived') return true;
  return (kind === 'won' || kind === 'lost') && ending === null;
}
