export type Piece =
  | { kind: 'text' | 'bold' | 'italic' | 'mention'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'break' };

interface Reading {
  /** The marks that really are mentions: `<at>…</at>`. Others are shown as they are. */
  marks: readonly string[];
  /** Whether `**bold**`, `_italic_` and links mean something. */
  isMarkdown: boolean;
}

/** A text in parts to be made into text nodes: nothing in it can become an element of its own choosing. */
export function piecesOf(text: string, { marks, isMarkdown }: Reading): Piece[] {
  const out: Piece[] = [];
  let rest = text;
  while (rest !== '') {
    const next = nearestMark(rest, marks);
    out.push(...words(next ? rest.slice(0, next.at) : rest, isMarkdown));
    if (!next) break;
    out.push({ kind: 'mention', text: nameIn(next.mark) });
    rest = rest.slice(next.at + next.mark.length);
  }
  return out;
}

function nearestMark(text: string, marks: readonly string[]): { at: number; mark: string } | undefined {
  return marks
    .map((mark) => ({ at: text.indexOf(mark), mark }))
    .filter(({ at, mark }) => at >= 0 && mark !== '')
    .sort((a, b) => a.at - b.at)[0];
}

function nameIn(mark: string): string {
  return mark.replace(/^<at[^>]*>/, '').replace(/<\/at>$/, '');
}

const marked = /\n+|\*\*([^*\n]+)\*\*|\b_([^_\n]+)_\b|\*([^*\n]+)\*|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/g;

function words(text: string, isMarkdown: boolean): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(isMarkdown ? marked : /\n/g)) {
    if (found.index > at) out.push({ kind: 'text', text: text.slice(at, found.index) });
    at = found.index + found[0].length;
    const [whole, bold, italic, italicToo, label, url] = found;
    if (whole.startsWith('\n')) out.push({ kind: 'break' });
    else if (bold !== undefined) out.push({ kind: 'bold', text: bold });
    else if (label !== undefined && url !== undefined) out.push({ kind: 'link', text: label, url });
    else out.push({ kind: 'italic', text: italic ?? italicToo ?? '' });
  }
  if (at < text.length) out.push({ kind: 'text', text: text.slice(at) });
  return out;
}

/** Only addresses of the web are opened. */
export function isWebAddress(url: unknown): url is string {
  if (typeof url !== 'string') return false;
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
