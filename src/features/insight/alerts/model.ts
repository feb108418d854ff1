import { z } from 'zod';
import { inlineShape } from '../../../view/card.ts';
import { alertKinds } from './kinds.ts';

const amount = z.strictObject({ amountMinor: z.string(), currency: z.string() });
const person = z.strictObject({ memberId: z.string(), name: z.string() });
const stage = z.strictObject({ name: z.string(), nameZh: z.string() });

/** What an alert says of its record, as it was then; no personal data but names of our own people. */
export const alertFacts = z.strictObject({
  number: z.string(),
  name: z.string(),
  account: z.string().optional(),
  amount: amount.optional(),
  owner: person.optional(),
  reason: z.string().optional(),
  rival: z.string().optional(),
  stage: stage.optional(),
  /** Where it came from. */
  fromStage: stage.optional(),
  /** Days in the stage beside the normal ones. */
  days: z.int().optional(),
  normalDays: z.int().optional(),
  /** Pushes, or people known. */
  count: z.int().optional(),
  /** New close date, or when the step was due. */
  on: z.string().optional(),
  /** What was to be done. */
  step: z.string().optional(),
  /** Number of a quote. */
  quote: z.string().optional(),
  /** What is asked for, and when the answer was promised. */
  headline: inlineShape.optional(),
  answerBy: z.string().optional(),
  /** Whoever decides. */
  deciders: z.array(person).optional(),
});
export type AlertFacts = z.infer<typeof alertFacts>;

/**
 * How an alert is over: `taken-back`: it was undone or reopened · `moved-on`: the deal went ahead · `done`: what was
 * missing is there · `handed-over`: it holds, but the record is somebody else's · `closed`, `archived`: the record is ·
 * `answered`: a request was decided on · `expired`: its time ran out.
 */
export const alertEndings = [
  'taken-back',
  'moved-on',
  'done',
  'handed-over',
  'closed',
  'archived',
  'answered',
  'expired',
] as const;
export type AlertEnding = (typeof alertEndings)[number];

/** Why several alerts are told in one message: quiet hours or a mute, the budget of the day, too many at once. */
export const foldReasons = ['held', 'budget', 'many'] as const;
export type FoldReason = (typeof foldReasons)[number];

/** `dropped`: nobody wanted to hear of it, or it was over before it could be told. */
export type TellingState = 'told' | 'held' | 'dropped';

export const alertLine = z.strictObject({
  kind: z.enum(alertKinds),
  recordKind: z.enum(['deal', 'lead', 'account', 'approval']),
  facts: alertFacts,
  ending: z.enum(alertEndings).nullable(),
  /** Whoever has to do something about it. */
  who: person.nullable(),
  /** Nobody asks for it there any more: it calls nobody, and only its end is said. */
  isStopped: z.literal(true).optional(),
});
export type AlertLine = z.infer<typeof alertLine>;

export const ruleView = z.strictObject({
  kind: z.enum(alertKinds),
  group: z.string().nullable(),
  floor: amount.nullable(),
  setBy: person,
  /** Whoever set it up has left or may no longer: nothing is told. */
  isAsleep: z.boolean(),
});
export type RuleView = z.infer<typeof ruleView>;

/** A channel, or the person who asks (`null`), with what it gets. */
export const alertsView = z.strictObject({
  listener: z
    .strictObject({ id: z.string(), label: z.string(), platform: z.enum(['slack', 'teams']).nullable() })
    .nullable(),
  rules: z.array(ruleView),
  quiet: z.strictObject({ from: z.string(), to: z.string() }),
  timeZone: z.string(),
  /** Posts a day; more become one. */
  budget: z.int(),
});
export type AlertsView = z.infer<typeof alertsView>;

export const alertsList = z.strictObject({ listeners: z.array(alertsView), hasMore: z.boolean() });
export type AlertsList = z.infer<typeof alertsList>;

export const alertsChange = alertsView.extend({ changed: z.array(z.enum(alertKinds)) });
export type AlertsChange = z.infer<typeof alertsChange>;
