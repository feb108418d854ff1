import { z } from 'zod';

export const activityKinds = ['visit', 'call', 'email', 'demo', 'meeting', 'wechat', 'note'] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** One line of the shared history of a customer, deal or lead; instants ISO. */
export interface TimelineEntry {
  id: string;
  kind: ActivityKind;
  at: string;
  minutes: number | null;
  note: string | null;
  /** Who of ours; `null`: came with an import. */
  by: string | null;
  metName: string | null;
  decisionMakerMet: boolean;
}

/** What `log` answers. */
export const loggedView = z.strictObject({
  kind: z.enum(activityKinds),
  subject: z.strictObject({ kind: z.string(), number: z.string(), name: z.string() }),
  at: z.string(),
  /** Local day of the reader; differs from today when backdated. */
  on: z.string(),
  minutes: z.int().nullable(),
  note: z.string().nullable(),
  met: z.strictObject({ name: z.string(), number: z.string().nullable() }).nullable(),
  /** Set when a decision maker was met: how many meetings of this kind the person has this month, this one included. */
  decisionMakerMeetings: z.int().nullable(),
});
export type LoggedView = z.infer<typeof loggedView>;
