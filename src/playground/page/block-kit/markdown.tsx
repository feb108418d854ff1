import type { ReactNode } from 'react';
import { inOrder, together } from '../in-order.ts';
import { SafeLink } from './mention.tsx';

/** A markdown block: headings, lists, quotes, tables, rules, fences and inline marks. */
export function Markdown({ text }: { text: string }) {
  return <div className="markdown">{parse(text.split('\n'))}</div>;
}

function parse(lines: string[]): ReactNode[] {
  const out: ReactNode[] = [];
  let at = 0;
  const take = (belongs: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    for (let line = lines[at]; line !== undefined && belongs(line); line = lines[++at]) taken.push(line);
    return taken;
  };
  for (let line = lines[at]; line !== undefined; line = lines[at]) {
    const key = at;
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === '') at += 1;
    else if (line.startsWith('```')) {
      at += 1;
      const code = take((next) => !next.startsWith('```'));
      at += 1;
      out.push(<pre key={key}>{code.join('\n')}</pre>);
    } else if (heading) {
      at += 1;
      out.push(
        <p key={key} className={`markdown-heading level-${heading[1]?.length ?? 1}`}>
          {spans(heading[2] ?? '')}
        </p>,
      );
    } else if (/^(-{3,}|\*{3,})\s*$/.test(line)) {
      at += 1;
      out.push(<hr key={key} />);
    } else if (line.startsWith('>')) {
      out.push(
        <blockquote key={key}>
          {parse(take((next) => next.startsWith('>')).map((next) => next.replace(/^> ?/, '')))}
        </blockquote>,
      );
    } else if (/^\s*[-*+]\s/.test(line)) {
      out.push(
        <ul key={key}>
          {items(
            take((next) => /^\s*[-*+]\s/.test(next)),
            /^\s*[-*+]\s+/,
          )}
        </ul>,
      );
    } else if (/^\s*\d+[.)]\s/.test(line)) {
      out.push(
        <ol key={key}>
          {items(
            take((next) => /^\s*\d+[.)]\s/.test(next)),
            /^\s*\d+[.)]\s+/,
          )}
        </ol>,
      );
    } else if (line.startsWith('|')) {
      out.push(<MarkdownTable key={key} lines={take((next) => next.startsWith('|'))} />);
    } else {
      const text = take(
        (next) => next.trim() !== '' && !/^(#{1,6}\s|```|>|\||\s*[-*+]\s|\s*\d+[.)]\s)/.test(next),
      );
      // A line that looks like a beginning but isn't one still has to be consumed.
      if (text.length === 0) text.push(lines[at++] ?? '');
      out.push(<p key={key}>{spans(text.join(' '))}</p>);
    }
  }
  return out;
}

function items(lines: string[], bullet: RegExp): ReactNode {
  return inOrder(lines, (line) => <li>{spans(line.replace(bullet, ''))}</li>);
}

function MarkdownTable({ lines }: { lines: string[] }) {
  const cells = (line: string) =>
    line
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  const [head, rule, ...rest] = lines;
  const hasHead = rule !== undefined && /^[|:\s-]+$/.test(rule);
  const rows = hasHead ? rest : lines;
  const row = (line: string, Cell: 'th' | 'td') => (
    <tr>
      {inOrder(cells(line), (cell) => (
        <Cell>{spans(cell)}</Cell>
      ))}
    </tr>
  );
  return (
    <div className="table-scroll">
      <table>
        {hasHead && head !== undefined && <thead>{row(head, 'th')}</thead>}
        <tbody>{inOrder(rows, (line) => row(line, 'td'))}</tbody>
      </table>
    </div>
  );
}

const span = /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|~~([^~]+)~~|\[([^\]]+)\]\(([^)\s]+)\)/g;

function spans(text: string): ReactNode {
  const out: ReactNode[] = [];
  let last = 0;
  for (const match of text.matchAll(span)) {
    const [whole, code, bold, strong, italic, struck, label, url] = match;
    if (match.index > last) out.push(text.slice(last, match.index));
    if (code !== undefined) out.push(<code>{code}</code>);
    else if (bold ?? strong) out.push(<strong>{bold ?? strong}</strong>);
    else if (italic) out.push(<em>{italic}</em>);
    else if (struck) out.push(<s>{struck}</s>);
    else if (url) out.push(<SafeLink url={url} text={label ?? url} />);
    last = match.index + whole.length;
  }
  if (last < text.length) out.push(text.slice(last));
  return together(out);
}
