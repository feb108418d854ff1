import type { ReactNode } from 'react';
import { asJson, asList, asText } from '../../json.ts';
import { emoji } from '../emoji.ts';
import { inOrder } from '../in-order.ts';
import type { Json } from '../model.ts';
import { useSurroundings } from '../surroundings.ts';
import { format } from '../times.ts';
import { Broadcast, ChannelMention, SafeLink, UserMention } from './mention.tsx';

export function RichText({ elements }: { elements: Json[] }) {
  return (
    <div className="rich-text">
      {inOrder(elements, (part) => (
        <Part part={part} />
      ))}
    </div>
  );
}

function Part({ part }: { part: Json }) {
  const elements = asList(part.elements);
  switch (part.type) {
    case 'rich_text_section':
      return (
        <div className="rich-section">
          <Inline elements={elements} />
        </div>
      );
    case 'rich_text_quote':
      return (
        <blockquote>
          <Inline elements={elements} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre>
          <Inline elements={elements} />
        </pre>
      );
    case 'rich_text_list': {
      const List = part.style === 'ordered' ? 'ol' : 'ul';
      const indent = typeof part.indent === 'number' ? part.indent : 0;
      const start = typeof part.offset === 'number' && List === 'ol' ? { start: part.offset + 1 } : {};
      return (
        <List {...start} style={{ marginInlineStart: `${indent * 1.4}em` }}>
          {inOrder(elements, (item) => (
            <li>
              <Inline elements={asList(item.elements)} />
            </li>
          ))}
        </List>
      );
    }
    default:
      return <Unknown type={asText(part.type)} />;
  }
}

function Inline({ elements }: { elements: Json[] }) {
  return inOrder(elements, (element) => styled(<Piece element={element} />, asJson(element.style)));
}

function Piece({ element }: { element: Json }) {
  const { timeZone, locale } = useSurroundings();
  switch (element.type) {
    case 'text':
      return asText(element.text);
    case 'link':
      return <SafeLink url={asText(element.url)} text={asText(element.text) || asText(element.url)} />;
    case 'user':
      return <UserMention id={asText(element.user_id)} />;
    case 'channel':
      return <ChannelMention id={asText(element.channel_id)} />;
    case 'usergroup':
      return <span className="mention">@{asText(element.usergroup_id)}</span>;
    case 'team':
      return <span className="mention">{asText(element.team_id)}</span>;
    case 'broadcast':
      return <Broadcast range={asText(element.range)} />;
    case 'emoji':
      return emoji(asText(element.name));
    case 'color':
      return (
        <span className="colour-chip">
          <span style={{ background: asText(element.value) }} />
          {asText(element.value)}
        </span>
      );
    case 'date': {
      const at = new Date(Number(element.timestamp) * 1000);
      const text = format(at, locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
      return <time dateTime={at.toISOString()}>{text}</time>;
    }
    default:
      return <Unknown type={asText(element.type)} />;
  }
}

function styled(node: ReactNode, style: Json): ReactNode {
  let out = node;
  if (style.code) out = <code>{out}</code>;
  if (style.bold) out = <strong>{out}</strong>;
  if (style.italic) out = <em>{out}</em>;
  if (style.strike) out = <s>{out}</s>;
  if (style.underline) out = <u>{out}</u>;
  return out;
}

function Unknown({ type }: { type: string }) {
  const { words } = useSurroundings();
  return <span className="unsupported">{words.unsupported(type)}</span>;
}
