/** The three characters Slack escapes in text. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export interface Names {
  /** The id of the person called so, if there is one. */
  user(name: string): string | undefined;
  channel(name: string): string | undefined;
}

const mention =
  /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|<#([CG][A-Z0-9]+)(?:\|[^>]*)?>|(?<![\w.+-])([@#])([\p{L}\p{N}._-]+)/gu;

/**
 * What a slash command with `should_escape` receives: `@wang` becomes `<@U1|wang>`, `#east` becomes `<#C1|east>`,
 * and `& < >` are escaped everywhere else. Names that nobody has stay as typed.
 */
export function escapeCommand(typed: string, names: Names, nameOf: (id: string) => string): string {
  let out = '';
  let last = 0;
  for (const match of typed.matchAll(mention)) {
    const [whole, userId, channelId, sign, name = ''] = match;
    const token = userId
      ? `<@${userId}|${nameOf(userId)}>`
      : channelId
        ? `<#${channelId}|${nameOf(channelId)}>`
        : named(sign === '@', name, names);
    if (token === undefined) continue;
    out += escapeText(typed.slice(last, match.index)) + token;
    last = match.index + whole.length;
  }
  return out + escapeText(typed.slice(last));
}

/** Trailing punctuation belongs to the sentence, not to the name: `@wang.` */
function named(isUser: boolean, name: string, names: Names): string | undefined {
  for (let length = name.length; length > 0; length--) {
    const candidate = name.slice(0, length);
    const id = isUser ? names.user(candidate) : names.channel(candidate);
    if (id) return `<${isUser ? '@' : '#'}${id}|${candidate}>${name.slice(length)}`;
    if (!/[.\-_]/.test(name[length - 1] ?? '')) return undefined;
  }
  return undefined;
}

/** Text of a posted message, where people become `<@U1>` without a name. */
export function escapeMessage(typed: string, names: Names): string {
  return escapeCommand(typed, names, () => '').replace(/<([@#][A-Z0-9]+)\|[^>]*>/g, '<$1>');
}
