/** The service as in service.ts, with waivers to decide on. */
import { withWaivers } from '../features/org/approvals/waivers.ts';
import { serve } from './service.ts';

await serve(undefined, withWaivers());
