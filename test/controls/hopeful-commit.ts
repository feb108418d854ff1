/**
 * Control: the same service, which takes work for saved once it is done, whatever becomes of its COMMIT. The run that
 * the service passes must break this one.
 */
import { serve } from '../chaos/service.ts';

await serve(({ engine }) => {
  const { db } = engine;
  engine.db = {
    async transaction(scope, run, options) {
      const done: { value: Awaited<ReturnType<typeof run>> }[] = [];
      try {
        return await db.transaction(
          scope,
          async (tx) => {
            const value = await run(tx);
            done.push({ value });
            return value;
          },
          options,
        );
      } catch (error) {
        const [first] = done;
        if (first) return first.value;
        throw error;
      }
    },
  };
});
