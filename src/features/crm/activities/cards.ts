import { dayIn } from '../../../kernel/dates.ts';
import { day, dotted, type Inline, instant, record } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { t } from './messages.ts';
import { type LoggedView, meetingKinds, type TimelineEntry } from './model.ts';
import { kindTexts } from './words.ts';

/** What was saved, on one line, and what comes next, on buttons. */
export function loggedCard(logged: LoggedView, at: PresentContext): Card {
  const { kind, subject, note, minutes } = logged;
  const title = dotted(
    kindTexts[kind],
    record(subject.number, subject.name),
    deciderText(logged) ?? (logged.met ? metText(kind, logged.met.name) : undefined),
    minutes === null ? undefined : t('minutes-long', { minutes }),
    logged.isBackdated ? instant(logged.at) : undefined,
  );
  const blocks: Block[] = note ? [{ t: 'quote', of: note }] : [];
  const isStranger = logged.met !== null && logged.met.number === null && logged.account !== null;
  if (isStranger && logged.met) {
    blocks.push({ t: 'text', of: t('unknown-person', { name: logged.met.name }) });
  }
  if (kind !== 'note') blocks.push({ t: 'text', of: t('next-question') });
  const buttons = [
    ...(kind === 'note' ? [] : nextButtons(logged, at)),
    ...(isStranger ? [addContact(logged)] : []),
  ];
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  return { tone: 'ok', title, blocks };
}

function deciderText({ decisionMakerMet, meetingsThisMonth, met }: LoggedView): Inline | undefined {
  if (!decisionMakerMet) return undefined;
  const text =
    meetingsThisMonth === null ? t('decider-met') : t('decider-met-nth', { nth: meetingsThisMonth });
  return met ? t('decider-named', { text, name: met.name }) : text;
}

function metText(kind: LoggedView['kind'], name: string): Inline {
  return meetingKinds.includes(kind) ? t('met-is', { name }) : t('talked-to', { name });
}

/** One press files a dated next step; its text is content of the record, so it is made in the reader's words. */
function nextButtons({ nextFor, kind }: LoggedView, { actor, org }: PresentContext): Button[] {
  if (nextFor === null) return [];
  const locale = actor.kind === 'member' ? actor.locale : org.locale;
  const text = t.messages[locale][`follow-up-${kind}`] ?? kind;
  const file = (label: Inline, due: string): Button => ({
    label,
    press: { a: 'next-steps.set', i: { subject: nextFor, due, text } },
  });
  return [
    file(t('tomorrow'), 'tomorrow'),
    file(t('in-3-days'), '+3d'),
    { label: t('pick'), press: { a: 'next-steps.set', i: { subject: nextFor, text }, form: true } },
  ];
}

function addContact(logged: LoggedView): Button {
  const press = {
    a: 'contacts.create',
    i: { account: logged.account, name: logged.met?.name },
    form: true as const,
  };
  return { label: t('add-contact'), press };
}

/** One activity in the history of a record. */
export function timelineRow(entry: TimelineEntry, timeZone: string): Row {
  const text = dotted(
    day(dayIn(new Date(entry.at), timeZone)),
    kindTexts[entry.kind],
    entry.by ?? undefined,
    entry.metName ? metText(entry.kind, entry.metName) : undefined,
    entry.decisionMakerMet ? t('decider-sign') : undefined,
    entry.minutes === null ? undefined : t('minutes-long', { minutes: entry.minutes }),
  );
  return entry.note ? { text, detail: shortened(entry.note) } : { text };
}

function shortened(note: string): string {
  const line = note.replace(/\s+/g, ' ');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
