import { addDays, dayIn, instantOf, isDay, timeIn } from '../dates.ts';
import type { FieldMeta, Span, When } from '../fields.ts';
import { day as dayNode, type Inline, instant } from '../text.ts';
import { outOfBounds } from './bounds.ts';
import { dayWords, todayOf } from './calendar.ts';
import { type DayFound, scanDay } from './day-words.ts';
import { kernelMessages as t } from './messages.ts';
import type { Problem, ReadContext, Recogniser } from './recogniser.ts';
import { scanSpan } from './span-words.ts';
import { nearest } from './spelling.ts';
import { scanTime } from './time-words.ts';
import { type Ahead, type Scan, scanning, shown, whole, wordsUpTo } from './words.ts';

/** A day, with a time when one was said: `fri 10:00`, `+3d`, `+4h`, `eod`, `15nov`, `周五上午10点`. */
export const when: Recogniser = {
  ...scanning(scan, (text) => unreadable(text, 'when')),
  print(value, read) {
    if (!isWhen(value)) return typeof value === 'string' ? value : '';
    if (value.at === undefined) return value.on;
    const at = new Date(value.at);
    const time = timeIn(at, read.timeZone);
    const isExact = instantOf(value.on, time, read.timeZone).getTime() === at.getTime();
    return isExact ? `${value.on} ${time}` : at.toISOString();
  },
};

/** A calendar day, by the same words without a time. */
export const day: Recogniser = {
  ...scanning(
    (view, read, meta) => {
      const found = scanDay(view.text, todayOf(read), read, meta);
      if (!found || !('on' in found)) return found && { length: found.length, problem: wrong(found, view) };
      const { length, on } = found;
      const said = view.text.slice(0, length);
      const problem = pastDay(said, found, read, meta) ?? outOfBounds([on], said, read, meta);
      return problem ? { length, problem } : { length, value: on };
    },
    (text, read, meta) => periodMeant(text, read, meta) ?? unreadable(text, 'day'),
  ),
  print: (value) => String(value ?? ''),
};

/** Why a canonical moment or period is refused: it is past and must not be, or too far away. */
export function canonicalProblem(value: unknown, read: ReadContext, meta: FieldMeta): Problem | undefined {
  if (meta.kind === 'when' && isWhen(value)) {
    const { on, at } = value;
    const days = at === undefined ? [on] : [on, at.slice(0, 10)];
    return pastProblem(value, read, meta) ?? farProblem(days, at ?? on, read, meta);
  }
  if (meta.kind !== 'span' || !isSpan(value)) return undefined;
  const { from, to } = value;
  return farProblem([from, to], `${from}..${to}`, read, meta);
}

/** What is no day at all is for the schema to say. */
function farProblem(days: string[], text: string, read: ReadContext, meta: FieldMeta): Problem | undefined {
  return days.every(isDay) ? outOfBounds(days, text, read, meta) : undefined;
}

function pastProblem(value: When, read: ReadContext, meta: FieldMeta): Problem | undefined {
  if (!meta.future) return undefined;
  const isPast =
    value.at === undefined ? value.on < todayOf(read).on : new Date(value.at).getTime() < read.now.getTime();
  return isPast ? past(value.on, value.at === undefined ? dayNode(value.on) : instant(value.at)) : undefined;
}

const exact = /^(\d{4}-\d{2}-\d{2})t(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(z|[+-]\d{2}:?\d{2})(?![\d])/;
const between = /^(?:, ?| at |t(?=\d)| ?@ ?| )?/;

function scan(view: Ahead, read: ReadContext, meta: FieldMeta): Scan {
  const { text } = view;
  const stamp = exact.exec(text);
  if (stamp) {
    const at = new Date(stamp[0].toUpperCase());
    if (Number.isNaN(at.getTime())) return { length: stamp[0].length, problem: noSuchTime(stamp[0]) };
    return settle(stamp[0], { on: dayIn(at, read.timeZone), at }, {}, read, meta);
  }
  const today = todayOf(read);
  const found = scanDay(text, today, read, meta);
  if (found && !('on' in found)) return { length: found.length, problem: wrong(found, view) };
  if (found) {
    const gap = between.exec(text.slice(found.length))?.[0] ?? '';
    const hasAt = /at|@/.test(gap);
    const from = found.length + gap.length;
    const time =
      found.inMinutes === undefined ? scanTime((hasAt ? '@' : '') + text.slice(from), true) : undefined;
    const length = time ? from + time.length - (hasAt ? 1 : 0) : 0;
    // A time that is part of a longer word is not one: the day stands alone.
    if (time && wordsUpTo(view, length) > 0) return withTime(text.slice(0, length), found, time, read, meta);
    return withTime(text.slice(0, found.length), found, undefined, read, meta);
  }
  const time = scanTime(text, false);
  if (!time) return undefined;
  const rest = text.slice(time.length);
  const space = / ?/.exec(rest)?.[0] ?? '';
  const after = scanDay(rest.slice(space.length).replace(/^on /, ''), today, read, meta);
  const onLength = rest.slice(space.length).startsWith('on ') ? 3 : 0;
  const length = time.length + space.length + onLength + (after?.length ?? 0);
  if (after && 'on' in after && after.inMinutes === undefined && wordsUpTo(view, length) > 0) {
    return withTime(text.slice(0, length), after, time, read, meta);
  }
  return withTime(text.slice(0, time.length), { length: 0, on: today.on, again: 1 }, time, read, meta);
}

type Found = Extract<DayFound, { on: string }>;

function withTime(
  said: string,
  found: Found,
  time: ReturnType<typeof scanTime>,
  read: ReadContext,
  meta: FieldMeta,
): Exclude<Scan, undefined> {
  if (time && 'wrong' in time) return { length: said.length, problem: noSuchTime(said) };
  const clock = time?.time ?? found.time;
  if (found.inMinutes !== undefined) {
    // To the minute, so that the canonical line can say it.
    const at = new Date(Math.floor(read.now.getTime() / 60_000 + found.inMinutes) * 60_000);
    const on = dayIn(at, read.timeZone);
    const problem = outOfBounds([on], said, read, meta);
    if (problem) return { length: said.length, problem };
    return { length: said.length, value: { on, at: at.toISOString() } satisfies When };
  }
  const at = clock === undefined ? undefined : instantOf(found.on, clock, read.timeZone);
  return settle(said, { on: found.on, at }, { again: found.again, yearly: found.yearly, clock }, read, meta);
}

/** The value, unless the field wants the future and this is past; then what was probably meant. */
function settle(
  said: string,
  value: { on: string; at: Date | undefined },
  from: { again?: number | undefined; yearly?: boolean | undefined; clock?: string | undefined },
  read: ReadContext,
  meta: FieldMeta,
): Exclude<Scan, undefined> {
  const { on, at } = value;
  const { length } = said;
  const far = outOfBounds([on], said, read, { ...meta, future: false });
  if (far) return { length, problem: far };
  const today = todayOf(read);
  const ends = at ?? (on === today.on ? instantOf(on, read.workdayEndsAt, read.timeZone) : undefined);
  const isPast = ends ? ends.getTime() < read.now.getTime() : on < today.on;
  if (!meta.future || !isPast) {
    const result: When = at ? { on, at: at.toISOString() } : { on };
    return { length, value: result };
  }
  const was = ends ? instant(ends) : dayNode(on);
  const next = nextTime(on, from, today.on);
  if (next === undefined) return { length, problem: past(said, was) };
  const suggestion = from.clock === undefined ? next : `${next} ${from.clock}`;
  const suggested =
    from.clock === undefined ? dayNode(next) : instant(instantOf(next, from.clock, read.timeZone));
  return {
    length,
    problem: { message: t('past-use', { text: shown(said), when: was, suggested }), suggestion },
  };
}

function pastDay(said: string, found: Found, read: ReadContext, meta: FieldMeta): Problem | undefined {
  const today = todayOf(read);
  if (!meta.future || found.on >= today.on) return undefined;
  const next = nextTime(found.on, found, today.on);
  if (next === undefined) return past(said, dayNode(found.on));
  const message = t('past-use', { text: shown(said), when: dayNode(found.on), suggested: dayNode(next) });
  return { message, suggestion: next };
}

/** The next day a past phrase could mean: a week on for a weekday, the same day next year for a date just gone. */
function nextTime(
  on: string,
  { again, yearly }: { again?: number | undefined; yearly?: boolean | undefined },
  today: string,
): string | undefined {
  if (again !== undefined) return on < today ? undefined : addDays(on, again);
  const next = `${Number(on.slice(0, 4)) + 1}${on.slice(4)}`;
  return yearly && isDay(next) ? next : undefined;
}

function past(text: string, whenNode: Inline): Problem {
  return { message: t('past', { text: shown(text), when: whenNode }) };
}

function noSuchTime(text: string): Problem {
  return { message: t('no-such-time', { text: shown(text) }) };
}

function wrong(found: Exclude<DayFound, { on: string }>, view: Ahead): Problem {
  const text = view.text.slice(0, found.length);
  switch (found.wrong) {
    case 'day':
      return { message: t('no-such-day', { text }) };
    case 'which': {
      const [first, second] = found.days;
      const message = t('date-which', { text, first: dayNode(first), second: dayNode(second) });
      return { message, alternatives: found.days };
    }
    case 'unit': {
      const [first, second] = found.typed;
      return { message: t('unit-which', { text, first, second }), alternatives: found.typed };
    }
    default:
      return found satisfies never;
  }
}

/** `mar`, `q1`: a period has a last day. */
function periodMeant(text: string, read: ReadContext, meta: FieldMeta): Problem | undefined {
  const view = whole(text);
  const found = scanSpan(view, read, meta);
  if (!found || found.length !== view.text.length || found.other || !isDay(found.to)) return undefined;
  if (outOfBounds([found.to], text, read, meta)) return undefined;
  return { message: t('day-in-period', { text: shown(text), suggestion: found.to }), suggestion: found.to };
}

function unreadable(text: string, kind: 'when' | 'day'): Problem {
  const [first = '', ...rest] = text.toLowerCase().split(' ');
  const word = nearest(first, dayWords);
  const hour = kind === 'when' ? /^(.+) (\d{1,2})$/.exec(text) : null;
  if (hour && Number(hour[2]) < 24) {
    const suggestion = `${hour[1]} ${hour[2]}:00`;
    return { message: t('date-meant', { text: shown(text), suggestion }), suggestion };
  }
  const later = /^(\d{1,3}) ?(d|days?|w|wks?|weeks?|mo|months?)$/.exec(text.toLowerCase());
  if (later) {
    const suggestion = `+${later[1]}${later[2]}`;
    return { message: t('date-meant', { text: shown(text), suggestion }), suggestion };
  }
  if (word === undefined) return { message: t(`not-${kind}`, { text: shown(text) }) };
  const suggestion = [word, ...rest].join(' ');
  return { message: t('date-meant', { text: shown(text), suggestion }), suggestion };
}

function isSpan(value: unknown): value is Span {
  return (
    typeof value === 'object' &&
    value !== null &&
    'from' in value &&
    'to' in value &&
    typeof value.from === 'string' &&
    typeof value.to === 'string'
  );
}

function isWhen(value: unknown): value is When {
  return typeof value === 'object' && value !== null && 'on' in value && typeof value.on === 'string';
}
