import type { ReadContext } from '../../kernel/recognise/recogniser.ts';
import type { SealedPress } from '../../view/press.ts';
import { checkInput, readInput } from '../grammar/read-input.ts';
import type { ActionCatalog } from '../registry.ts';

/** Whether values are there is all that is read; what they mean where somebody is does not matter. */
const nowhere: ReadContext = {
  // So early that nothing is past, and not so early that no day is near enough.
  now: new Date('2026-01-01T00:00:00Z'),
  timeZone: 'UTC',
  locale: 'en',
  currency: 'USD',
  workdayEndsAt: '18:00',
};

/**
 * Whether a press will ask with a form, as far as its input tells: for platforms that have to know it when the button
 * is drawn. A press that turns out to need one after all is answered with a button that opens it.
 */
export function opensForm(catalog: Pick<ActionCatalog, 'action'>, press: SealedPress): boolean {
  if ('p' in press) return press.form === true;
  const action = catalog.action(press.a);
  if (!action) return false;
  if (press.form || (action.form === 'always' && !press.ok)) return true;
  if (action.form === 'never') return false;
  const { values, problems } = readInput(action.input, press.i, nowhere);
  if (problems.length > 0) return false;
  const checked = checkInput(action.input, values);
  return !checked.ok && checked.problems.every(({ missing }) => missing === true);
}
