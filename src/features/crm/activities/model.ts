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

/** Talks face to face: only there can a decision maker be met. */
export const meetingKinds: readonly ActivityKind[] = ['visit', 'meeting', 'demo'];

/** Somebody who was met; `number`: the contact, `null`: nobody of the customer we know by that name. */
const metPerson = z.strictObject({ name: z.string(), number: z.string().nullable() });
export type MetPerson = z.infer<typeof metPerson>;

/** What `log` answers. */
export const loggedView = z.strictObject({
  kind: z.enum(activityKinds),
  subject: z.strictObject({ kind: z.string(), number: z.string(), name: z.string() }),
  /** The customer it is about; `null` for a lead that is none yet. */
  account: z.string().nullable(),
  at: z.string(),
  /** It happened before today. */
  isBackdated: z.boolean(),
  minutes: z.int().nullable(),
  note: z.string().nullable(),
  /** Of several the decision maker, or else the first. */
  met: metPerson.nullable(),
  /** The others who were there. */
  alsoMet: z.array(metPerson),
  decisionMakerMet: z.boolean(),
  /** Meetings of the person with decision makers this month, this one included; `null` for another month's. */
  meetingsThisMonth: z.int().nullable(),
  /** What a next step would be filed for. */
  nextFor: z.string().nullable(),
});
export type LoggedView = z.infer<typeof loggedView>;
