import { AppError } from '../../../kernel/errors.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { t } from './messages.ts';
import type { PersonView } from './model.ts';
import { peopleViews } from './queries.ts';

/** A person with everything cards show. Throws AppError `not_found`. */
export async function requirePerson(ctx: Pick<Ctx, 'org' | 'tx'>, memberId: string): Promise<PersonView> {
  const [person] = await peopleViews(ctx, { memberId });
  if (!person) throw new AppError('not_found', t('nobody'));
  return person;
}
