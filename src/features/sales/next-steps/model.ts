import { z } from 'zod';

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
