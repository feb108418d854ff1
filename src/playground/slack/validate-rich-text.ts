import { byType, flag, list, number, object, oneOf, type Rule, string } from './check.ts';
import { limits } from './limits.ts';

/** Slack bounds rich text only by the total of all blocks, so no limit of its own applies here. */
const many = 1_000;
const anyLength = limits.messageText;
const style = object({}, { bold: flag, italic: flag, strike: flag, code: flag, underline: flag });
const preformattedText = object({ text: string(anyLength, { counted: true }) }, { style });
const link = object(
  { url: string(limits.url) },
  { text: string(anyLength, { counted: true }), unsafe: flag, style },
);
const id = string(limits.id);

const inline: Rule = byType({
  text: preformattedText,
  link,
  user: object({ user_id: id }, { style }),
  channel: object({ channel_id: id }, { style }),
  usergroup: object({ usergroup_id: id }, { style }),
  team: object({ team_id: id }, { style }),
  emoji: object({ name: id }, { unicode: id, url: string(limits.url), style }),
  broadcast: object({ range: oneOf('here', 'channel', 'everyone') }, { style }),
  date: object(
    { timestamp: number(0), format: string(anyLength) },
    { url: string(limits.url), fallback: string(anyLength), style },
  ),
  color: object({ value: string(7) }, { style }),
});

const section = object({ elements: list(inline, many) });
const border = number(0, 1);

const part: Rule = byType({
  rich_text_section: section,
  rich_text_list: object(
    { style: oneOf('bullet', 'ordered'), elements: list(byType({ rich_text_section: section }), many) },
    { indent: number(0, 8), offset: number(0), border },
  ),
  rich_text_quote: object({ elements: list(inline, many) }, { border }),
  rich_text_preformatted: object(
    { elements: list(byType({ text: preformattedText, link }), many) },
    { border, language: id },
  ),
});

export const richTextFields = { elements: list(part, many) };

/** A rich text block inside something else (a table cell, an initial value): it has no id of its own to keep unique. */
export const richTextBlock: Rule = byType({ rich_text: object(richTextFields, { block_id: id }) });
