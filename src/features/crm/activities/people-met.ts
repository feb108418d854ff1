import { AppError } from '../../../kernel/errors.ts';
import { formatNumber, parseNumber } from '../../../kernel/ids.ts';
import { dotted, type Inline } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { AccountRow } from '../accounts/api.ts';
import { type ContactRow, findPeople, readContact } from '../contacts/api.ts';
import { t } from './messages.ts';
import { namesIn } from './rules.ts';

/** Somebody who was there; `contact`: who that is, `undefined` for a name nobody of the customer has. */
export interface Met {
  name: string;
  contact: ContactRow | undefined;
}

/** Most people of one name that are offered. */
const mostOffered = 5;

/**
 * Everybody named in `met`, each once: contacts of the customer by name or number, unknown names as they were said.
 * `raw` is the input, which comes back with a number in the place of a name that fits several: nobody is guessed, and
 * none of them is dropped unasked. Throws AppError `ambiguous`.
 */
export async function peopleMet(
  ctx: Ctx,
  account: AccountRow | undefined,
  met: string,
  raw: { readonly isNameOnly: boolean; readonly input: Readonly<Record<string, unknown>> },
): Promise<Met[]> {
  // A contact whose name holds a comma is one person all the same.
  const whole = account && (await findPeople(ctx, account.id, met));
  const names = whole && whole.length > 0 ? [met] : namesIn(met);
  const people: Met[] = [];
  for (const [index, name] of names.entries()) {
    const fitting = await fittingPeople(ctx, account, name);
    if (fitting.length > 1 && !raw.isNameOnly) {
      const instead = (word: string) => names.map((one, at) => (at === index ? word : one)).join(', ');
      throw which(name, fitting, (word) => ({ ...raw.input, met: instead(word) }));
    }
    const contact = fitting.length === 1 ? fitting[0] : undefined;
    const person = { name: contact?.name ?? name, contact };
    if (!people.some((one) => (contact ? one.contact?.id === contact.id : one.name === person.name)))
      people.push(person);
  }
  return people;
}

async function fittingPeople(ctx: Ctx, account: AccountRow | undefined, name: string): Promise<ContactRow[]> {
  if (parseNumber(name)?.kind === 'contact') {
    const { id } = await ctx.resolve(['contact'], name);
    const row = await readContact(ctx, id);
    return row ? [row] : [];
  }
  return account ? findPeople(ctx, account.id, name) : [];
}

/** Which of several people of one name was met; or the name alone, of somebody else. */
function which(
  name: string,
  people: readonly ContactRow[],
  input: (word: string) => Record<string, unknown>,
): AppError {
  const action = 'activities.log';
  const message = t('which-person', { name });
  return new AppError('ambiguous', message, {
    fields: [{ field: 'met', message }],
    waysOut: [
      ...people.slice(0, mostOffered).map((row) => {
        const number = formatNumber('contact', row.number);
        return { label: called(number, row), action, input: input(number) };
      }),
      { label: t('name-only', { name }), action, input: { ...input(name), nameOnly: true } },
    ],
  });
}

function called(number: string, { name, title }: ContactRow): Inline {
  return dotted(`${number} ${name}`, title ?? undefined);
}
