/** Control: the same service, which remembers neither a delivery nor a line. */
import { serve } from '../chaos/service.ts';

await serve(({ engine }) => {
  engine.deliveries = { firstTime: async () => true };
  engine.repeats = { ...engine.repeats, claim: async () => undefined };
});
