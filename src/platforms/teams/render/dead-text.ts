/**
 * Customer text on its way into a card. A TextRun, a label and a button title show what they are given but for
 * `{{DATE(…)}}` and `{{TIME(…)}}`, which hosts replace there too; a TextBlock, a tick box and an option with a
 * circle before it read markdown, and Teams puts mentions where `<at>` stands.
 */

/** Takes no room, is not shown and breaks what it stands in. */
const joiner = '\u2060';

/**
 * For places that read no markdown. Functions, mentions and the middle of a link are broken all the same, at no
 * cost to the eye: not every client keeps to the specification.
 */
export function deadText(text: string): string {
  return text
    .replace(/\{(?=\{)/g, `{${joiner}`)
    .replace(/\](?=\()/g, `]${joiner}`)
    .replace(/<(?=\/?at\b)/gi, `<${joiner}`);
}

const lookAlikes: Readonly<Record<string, string>> = {
  '*': '＊',
  _: '＿',
  '~': '～',
  '`': '｀',
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '\\': '＼',
  '#': '＃',
  '|': '｜',
  '&': '＆',
};

/**
 * For places that read markdown: every sign that could mean something is replaced by its wide twin, and nothing
 * at the start of a line makes it a list. Escaping would not do: clients differ in what they unescape.
 */
export function deadMarkdown(text: string): string {
  const signs = text.replace(/[*_~`[\]<>\\#|&]/g, (sign) => lookAlikes[sign] ?? sign);
  return deadText(signs).replace(/^(?=[^\S\n]|[-+=\d])/gm, joiner);
}

/** A name as the words of a mention: one line, nothing in it can end the tag. */
export function mentionWords(name: string): string {
  return deadMarkdown(name.replace(/\s+/g, ' ').trim());
}
