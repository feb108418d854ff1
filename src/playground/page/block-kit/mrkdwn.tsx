import type { ReactNode } from 'react';
import { emoji, isEmoji } from '../emoji.ts';
import { inOrder, together } from '../in-order.ts';
import { Broadcast, ChannelMention, SafeLink, UserMention } from './mention.tsx';

/** Text in Slack's own markup, as it shows in a section or a message without blocks. */
export function Mrkdwn({ text }: { text: string }) {
  const parts = text.split(/```/);
  return (
    <div className="mrkdwn">
      {inOrder(parts, (part, index) =>
        // Every second part stands between fences; an unclosed fence is plain text.
        index % 2 === 1 && index < parts.length - 1 ? (
          <pre>{unescapeText(part.replace(/^\n/, ''))}</pre>
        ) : (
          <Lines text={part} />
        ),
      )}
    </div>
  );
}

/** Consecutive lines that begin with `>` share one quote. */
function Lines({ text }: { text: string }) {
  const groups: { isQuote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const isQuote = /^(&gt;|>)/.test(line);
    const last = groups.at(-1);
    const content = isQuote ? line.replace(/^(&gt;|>) ?/, '') : line;
    if (last && last.isQuote === isQuote) last.lines.push(content);
    else groups.push({ isQuote, lines: [content] });
  }
  return inOrder(groups, ({ isQuote, lines }) => {
    const content = inOrder(lines, (line, index) => (
      <>
        {index > 0 && <br />}
        {inline(line)}
      </>
    ));
    return isQuote ? <blockquote>{content}</blockquote> : content;
  });
}

const token = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+):/g;

/** Code, links, mentions and emoji first; what lies between them may be bold, italic or struck. */
export function inline(text: string): ReactNode {
  // Formatting may enclose a token, so tokens stand in as private-use characters until it has been found.
  const held: ReactNode[] = [];
  const flat = text.replace(token, (whole, code?: string, angle?: string, name?: string) => {
    if (name !== undefined && !isEmoji(name)) return whole;
    held.push(
      code !== undefined ? (
        <code>{unescapeText(code)}</code>
      ) : angle !== undefined ? (
        angled(angle)
      ) : (
        emoji(name ?? '')
      ),
    );
    return String.fromCharCode(firstHeld + held.length - 1);
  });
  return formatted(flat, held, 0);
}

const firstHeld = 0xe000;
const styles = [
  { mark: '\\*', Tag: 'strong' },
  { mark: '_', Tag: 'em' },
  { mark: '~', Tag: 's' },
] as const;

function formatted(text: string, held: ReactNode[], level: number): ReactNode {
  const style = styles[level];
  if (!style) return plain(text, held);
  const { Tag, mark } = style;
  // Slack wants the marks at the edges of words.
  const pattern = new RegExp(
    `(^|[^\\p{L}\\p{N}${mark}])${mark}(?!\\s)([^${mark}\\n]+?)(?<!\\s)${mark}(?![\\p{L}\\p{N}])`,
    'gu',
  );
  const out: ReactNode[] = [];
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, before = '', content = ''] = match;
    out.push(formatted(text.slice(last, match.index) + before, held, level + 1));
    out.push(<Tag>{formatted(content, held, level + 1)}</Tag>);
    last = match.index + whole.length;
  }
  out.push(formatted(text.slice(last), held, level + 1));
  return together(out);
}

function plain(text: string, held: ReactNode[]): ReactNode {
  const out: ReactNode[] = [];
  let run = '';
  for (const letter of text) {
    const node = held[letter.charCodeAt(0) - firstHeld];
    if (node === undefined) {
      run += letter;
      continue;
    }
    out.push(unescapeText(run), node);
    run = '';
  }
  return together([...out, unescapeText(run)]);
}

/** What stands between `<` and `>`. */
function angled(content: string): ReactNode {
  const [target = '', label] = content.split('|');
  if (target.startsWith('@')) return <UserMention id={target.slice(1)} />;
  if (target.startsWith('#')) return <ChannelMention id={target.slice(1)} {...(label ? { label } : {})} />;
  if (target.startsWith('!date^')) return unescapeText(label ?? '');
  if (target.startsWith('!')) return <Broadcast range={target.slice(1)} />;
  return <SafeLink url={unescapeText(target)} text={unescapeText(label ?? target)} />;
}

export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Plain text objects know emoji, and nothing else. */
export function plainText(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => (isEmoji(name) ? emoji(name) : whole));
}
