import type { types } from '@slack/bolt';

/** A bar chart; newer than the SDK's types. Messages only. */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  block_id?: string;
  title: string;
  chart: {
    type: 'bar';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[] };
  };
}

/** What the renderers make; a closed part of what Slack knows. */
export type SlackBlock =
  | types.HeaderBlock
  | types.SectionBlock
  | types.RichTextBlock
  | types.ContextBlock
  | types.DividerBlock
  | types.ActionsBlock
  | types.TableBlock
  | types.InputBlock
  | DataVisualizationBlock;

export type PlainText = types.PlainTextElement;
export type RichTextElement = types.RichTextElement;
export type RichTextPart = types.RichTextBlockElement;
export type RichText = types.RichTextBlock;
export type SlackButton = types.Button;
export type InputElement = types.InputBlock['element'];
export type ModalView = types.ModalView;
export type HomeView = types.HomeView;

/** A message as `chat.postMessage`, response URLs and command answers take it. */
export interface SlackMessage {
  /** Alone it tells everything; `& < >` escaped, because Slack reads this field as mrkdwn. */
  text: string;
  blocks: SlackBlock[];
}

export interface SlackOption {
  text: PlainText;
  value: string;
}
