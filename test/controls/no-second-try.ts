/** Control: the same service, in which what loses against another transaction is not run again. */
import { serve } from '../chaos/service.ts';
import { withWeighing } from '../chaos/weigh.ts';

await serve(({ engine }) => {
  const { db } = engine;
  // More than the engine names: the pool's own options.
  const once = { retries: 0 };
  engine.db = { transaction: (scope, run, options) => db.transaction(scope, run, { ...options, ...once }) };
}, withWeighing);
