import { z } from 'zod';
import { defineEvent } from '../../../runtime/event.ts';
import { approvalStatuses } from './model.ts';

/** Something was said or done about a request; `logId` names it. */
export const approvalChanged = defineEvent(
  'approvals.changed',
  z.strictObject({ approvalId: z.uuid(), logId: z.uuid() }),
);

/** A request has its answer, whichever. */
export const approvalDecided = defineEvent(
  'approvals.decided',
  z.strictObject({
    approvalId: z.uuid(),
    kind: z.string(),
    subjectKind: z.string(),
    subjectId: z.uuid(),
    requesterId: z.uuid(),
    status: z.enum(approvalStatuses),
  }),
);

/** Which channels a request may stand in has changed. */
export const placesChanged = defineEvent(
  'approvals.places-changed',
  z.strictObject({ approvalId: z.uuid() }),
);

/** The rules of a kind changed: what is pending may go another way now. */
export const policyChanged = defineEvent(
  'approvals.policy-changed',
  z.strictObject({ kind: z.string(), policyVersion: z.int() }),
);

/** Who stands in for whom has changed. */
export const substitutesChanged = defineEvent('approvals.substitutes-changed', z.strictObject({}));

/** A request is to be looked at again, in a transaction of its own. */
export const reviewWanted = defineEvent('approvals.review-wanted', z.strictObject({ approvalId: z.uuid() }));
