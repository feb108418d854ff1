import type { Suggestion } from '../composer-field.tsx';
import type { Example } from '../model.ts';

interface Setting {
  /** `@CRM ` where the app only hears what mentions it; empty in its own conversation. */
  lead: string;
  appName: string;
  examples: readonly Example[];
}

/** Example lines that begin with what has been typed so far; the app itself after an `@`. */
export function suggestionsFor(typed: string, { lead, appName, examples }: Setting): Suggestion[] {
  const mention = `@${appName} `;
  const started = /(^|\s)@(\S*)$/.exec(typed);
  if (started && appName.toLowerCase().startsWith((started[2] ?? '').toLowerCase())) {
    const head = typed.slice(0, typed.length - (started[2] ?? '').length - 1);
    return [{ text: `${head}${mention}`, label: mention.trim(), detail: appName }];
  }
  const isMention = typed.toLowerCase().startsWith(mention.toLowerCase());
  const wanted = (isMention ? typed.slice(mention.length) : typed).toLowerCase();
  if (wanted.trim() === '' || (lead !== '' && !isMention)) return [];
  return examples
    .filter(({ text }) => text.toLowerCase().startsWith(wanted) && text.toLowerCase() !== wanted)
    .slice(0, 8)
    .map(({ text, about }) => ({
      text: isMention ? `${mention}${text}` : text,
      label: text,
      detail: about ?? '',
    }));
}

/** The lines as one types them in Teams, where no slash command stands before them. */
export function linesFor(examples: readonly Example[]): Example[] {
  return examples
    .map((example) => ({ ...example, text: example.text.replace(/^\/\S+\s*/, '') }))
    .filter(({ text }) => text !== '');
}
