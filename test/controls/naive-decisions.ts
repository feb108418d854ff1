/** Control: the same service, which looks whether a request waits and answers it later, without a lock. */
import { serve } from '../chaos/service.ts';
import { withWaivers } from '../features/org/approvals/waivers.ts';
import { approvalsWith } from './naive-approvals.ts';

await serve(undefined, withWaivers(approvalsWith('no-lock')));
