import type { Suggestion } from '../composer-field.tsx';
import type { Example } from '../model.ts';
import type { Surroundings } from '../surroundings.ts';

/** What could be meant by what has been typed so far: example lines, people after `@`, channels after `#`. */
export function suggestionsFor(
  typed: string,
  examples: readonly Example[],
  around: Surroundings,
): Suggestion[] {
  const name = /(^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(typed);
  if (name) return named(typed, name[2] === '@', (name[3] ?? '').toLowerCase(), around);
  if (!typed.startsWith('/')) return [];
  const wanted = typed.toLowerCase();
  return examples
    .filter((example) => example.text.toLowerCase().startsWith(wanted) && example.text !== typed)
    .slice(0, 8)
    .map((example) => ({ text: example.text, label: example.text, detail: example.about ?? '' }));
}

function named(typed: string, isPerson: boolean, wanted: string, around: Surroundings): Suggestion[] {
  const head = typed.slice(0, typed.length - wanted.length);
  const found = isPerson
    ? [
        ...around.users
          .filter((user) => !user.deleted && !user.isBot)
          .map((user) => ({ name: user.name, label: `@${user.name}`, detail: user.realName })),
        {
          name: around.app.name.toLowerCase(),
          label: `@${around.app.name.toLowerCase()}`,
          detail: around.app.name,
        },
      ]
    : around.channels
        .filter((channel) => channel.isMember)
        .map((channel) => ({ name: channel.name, label: `#${channel.name}`, detail: channel.topic ?? '' }));
  return found
    .filter((one) => one.name !== wanted && `${one.name} ${one.detail}`.toLowerCase().includes(wanted))
    .slice(0, 8)
    .map((one) => ({ text: `${head}${one.name} `, label: one.label, detail: one.detail }));
}
