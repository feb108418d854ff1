import { dayIn } from '../../../kernel/dates.ts';
import { day, dotted, type Inline, instant, listed, record } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { t } from './messages.ts';
import { type LoggedView, type MetPerson, meetingKinds, type TimelineEntry } from './model.ts';
import { kindTexts } from './words.ts';

/** What was saved, on one line, and what comes next, on buttons. */
export function loggedCard(logged: LoggedView, at: PresentContext): Card {
  const { kind, subject, note, minutes } = logged;
  const title = dotted(
    kindTexts[kind],
    record(subject.number, subject.name),
    ...metTexts(logged),
    minutes === null ? undefined : t('minutes-long', { minutes }),
    logged.isBackdated ? instant(logged.at) : undefined,
  );
  const blocks: Block[] = note ? [{ t: 'quote', of: note }] : [];
  const strangers = logged.account === null ? [] : everybody(logged).filter(({ number }) => number === null);
  for (const { name } of strangers) blocks.push({ t: 'text', of: t('unknown-person', { name }) });
  if (kind !== 'note') blocks.push({ t: 'text', of: t('next-question') });
  const buttons = [
    ...(kind === 'note' ? [] : nextButtons(logged, at)),
    ...strangers.slice(0, 2).map((person) => addContact(logged, person, strangers.length > 1)),
  ];
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  return { tone: 'ok', title, blocks };
}

function everybody({ met, alsoMet }: LoggedView): MetPerson[] {
  return met ? [met, ...alsoMet] : [];
}

/** The decision maker by name, then the others; or all of them alike. */
function metTexts(logged: LoggedView): Inline[] {
  const decider = deciderText(logged);
  const rest = decider ? logged.alsoMet : everybody(logged);
  const names = rest.map(({ name }) => name);
  return [
    ...(decider ? [decider] : []),
    ...(names.length > 0 ? [metText(logged.kind, names.length > 1 ? listed(names) : (names[0] ?? ''))] : []),
  ];
}

function deciderText({ decisionMakerMet, meetingsThisMonth, met }: LoggedView): Inline | undefined {
  if (!decisionMakerMet) return undefined;
  const text =
    meetingsThisMonth === null ? t('decider-met') : t('decider-met-nth', { nth: meetingsThisMonth });
  return met ? t('decider-named', { text, name: met.name }) : text;
}

function metText(kind: LoggedView['kind'], name: Inline): Inline {
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

function addContact({ account }: LoggedView, { name }: MetPerson, isOneOfSeveral: boolean): Button {
  const press = { a: 'contacts.create', i: { account, name }, form: true as const };
  return { label: isOneOfSeveral ? t('add-named', { name }) : t('add-contact'), press };
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
