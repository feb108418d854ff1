import { z } from 'zod';
import { waitingView } from '../../org/approvals/api.ts';

export const subjectKinds = ['lead', 'deal', 'account'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** What a next step is about. */
export interface Subject {
  kind: SubjectKind;
  id: string;
}

const person = z.strictObject({ memberId: z.string(), name: z.string() });

/** The subject as lists and cards name it. */
export const subjectView = z.strictObject({
  kind: z.enum(subjectKinds),
  number: z.string(),
  name: z.string(),
});
export type SubjectView = z.infer<typeof subjectView>;

/** A next step as actions give it out. `dueAt` is an ISO instant when a time of day was said. */
export const stepView = z.strictObject({
  subject: subjectView,
  text: z.string(),
  dueOn: z.string(),
  dueAt: z.string().nullable(),
  status: z.enum(['open', 'done', 'replaced']),
  owner: person,
});
export type StepView = z.infer<typeof stepView>;

/** A plan clock that a filed plan has stopped: working minutes left, or (negative) how late it was. */
export const stoppedClock = z.strictObject({ minutesLeft: z.int() });
export type StoppedClock = z.infer<typeof stoppedClock>;

export const stepFiled = z.strictObject({
  step: stepView,
  clock: stoppedClock.nullable(),
  /** The person it was filed for has been told. */
  told: z.boolean(),
});
export type StepFiled = z.infer<typeof stepFiled>;

export const stepDone = z.strictObject({
  step: stepView,
  /** The record is still worked on: it needs another step. */
  isSubjectOpen: z.boolean(),
});
export type StepDone = z.infer<typeof stepDone>;

export const stepSnoozed = z.strictObject({
  step: stepView,
  was: z.strictObject({ dueOn: z.string(), dueAt: z.string().nullable() }),
});
export type StepSnoozed = z.infer<typeof stepSnoozed>;

/** In the order they are shown. */
export const todayGroups = ['overdue', 'today', 'clock', 'unplanned', 'review'] as const;
export type TodayGroup = (typeof todayGroups)[number];

/** One line of the day's list; `row` is what `done 3` counts. */
export const todayRow = z.strictObject({
  row: z.int(),
  group: z.enum(todayGroups),
  subject: subjectView,
  /** Of steps. */
  text: z.string().nullable(),
  /** Day of a step or review. */
  dueOn: z.string().nullable(),
  /** Instant of a step with a time, or of an owed plan. */
  dueAt: z.string().nullable(),
});
export type TodayRow = z.infer<typeof todayRow>;

export const todayView = z.strictObject({
  rows: z.array(todayRow),
  /** What the reader is asked to decide, oldest first; known by their own numbers, not by rows. */
  approvals: z.array(waitingView),
  hasMore: z.boolean(),
  /** Shown in place of an outdated list somebody counted in. */
  isAgain: z.boolean(),
});
export type TodayView = z.infer<typeof todayView>;
