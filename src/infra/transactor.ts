import { AppError } from '../kernel/errors.ts';
import { engineMessages as t } from '../runtime/messages.ts';
import type { Database } from './db/database.ts';
import { DatabaseUnavailableError, DeadlineError } from './db/errors.ts';

/**
 * The database as the engine sees it: away or too slow is something people are told. Work that was cut off while
 * committing may have been saved, and its answer says so.
 */
export function createTransactor(db: Pick<Database, 'transaction'>): Pick<Database, 'transaction'> {
  return {
    async transaction(scope, run, options) {
      try {
        return await db.transaction(scope, run, options);
      } catch (error) {
        if (error instanceof DeadlineError || error instanceof DatabaseUnavailableError) {
          const code = error.committing ? 'not_confirmed' : 'unavailable';
          throw new AppError(code, t(error.committing ? 'not-confirmed' : 'unavailable'), { cause: error });
        }
        throw error;
      }
    },
  };
}
