/** The service as in service.ts, with an action that asks for deadlocks. */
import { serve } from './service.ts';
import { withWeighing } from './weigh.ts';

await serve(undefined, withWeighing);
