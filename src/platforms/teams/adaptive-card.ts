import type { SealedPress } from '../../view/press.ts';

/** What the renderers make: a closed part of Adaptive Cards 1.5 and of what Teams adds to it. */
export interface AdaptiveCard {
  type: 'AdaptiveCard';
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  version: '1.5';
  body: CardElement[];
  actions?: Action[];
  /** Asks the bot for the card as these people see it; their ids as the bot knows them. */
  refresh?: { action: ExecuteAction; userIds: string[] };
  msteams?: { width?: 'Full'; entities?: Mention[] };
}

/** A card and the plain text that alone tells what it says, for `activity.summary`. Not markdown. */
export interface TeamsCard {
  card: AdaptiveCard;
  summary: string;
}

export interface Mention {
  type: 'mention';
  /** Stands exactly so in a TextBlock, with its tags. */
  text: string;
  mentioned: { id: string; name: string };
}

interface Spaced {
  spacing?: 'None' | 'Small' | 'Medium' | 'Large';
  separator?: true;
}

export type TextSize = 'Small' | 'Medium' | 'Large';

export interface TextRun {
  type: 'TextRun';
  text: string;
  size?: TextSize;
  weight?: 'Bolder';
  color?: 'Accent' | 'Attention';
  isSubtle?: true;
  italic?: true;
  strikethrough?: true;
  fontType?: 'Monospace';
  selectAction?: OpenUrlAction;
}

export interface RichTextBlock extends Spaced {
  type: 'RichTextBlock';
  inlines: TextRun[];
}

/** Reads markdown: only made by `dead-text.ts`' words, and only where somebody is mentioned. */
export interface TextBlock extends Spaced {
  type: 'TextBlock';
  text: string;
  wrap: true;
  size?: TextSize;
  weight?: 'Bolder';
  color?: 'Accent' | 'Attention';
  isSubtle?: true;
}

export type Paragraph = RichTextBlock | TextBlock;

export interface Container extends Spaced {
  type: 'Container';
  style: 'emphasis';
  items: Paragraph[];
}

export interface TableRow {
  type: 'TableRow';
  cells: { type: 'TableCell'; items: Paragraph[] }[];
}

export interface Table extends Spaced {
  type: 'Table';
  columns: { width: number; horizontalCellContentAlignment?: 'Right' }[];
  firstRowAsHeaders: boolean;
  showGridLines: boolean;
  rows: TableRow[];
}

export interface ActionSet extends Spaced {
  type: 'ActionSet';
  actions: Action[];
}

/** Known to Teams alone; every other host shows `fallback`. */
export interface HorizontalBarChart extends Spaced {
  type: 'Chart.HorizontalBar';
  title: string;
  data: { x: string; y: number }[];
  fallback: Table;
}

interface InputBase extends Spaced {
  id: string;
  label: string;
}

export interface TextInput extends InputBase {
  type: 'Input.Text';
  value?: string;
  placeholder?: string;
  isMultiline?: true;
  style?: 'Email' | 'Tel';
}

export interface DateInput extends InputBase {
  type: 'Input.Date';
  value?: string;
}

export interface Choice {
  title: string;
  value: string;
}

export interface ChoiceSetInput extends InputBase {
  type: 'Input.ChoiceSet';
  choices: Choice[];
  style: 'compact' | 'expanded' | 'filtered';
  /** Several: comma separated. */
  value?: string;
  isMultiSelect?: true;
  placeholder?: string;
  wrap?: true;
  'choices.data'?: { type: 'Data.Query'; dataset: string };
}

export interface ToggleInput extends InputBase {
  type: 'Input.Toggle';
  title: string;
  valueOn: 'true';
  valueOff: 'false';
  value: 'true' | 'false';
}

export type InputElement = TextInput | DateInput | ChoiceSetInput | ToggleInput;

export type CardElement = Paragraph | Container | Table | ActionSet | HorizontalBarChart | InputElement;

interface Titled {
  title: string;
  style?: 'positive' | 'destructive';
}

/** Comes back as `adaptiveCard/action`; the answer replaces the card. */
export interface ExecuteAction extends Titled {
  type: 'Action.Execute';
  verb: 'press' | 'refresh';
  data: { press: SealedPress };
  associatedInputs: 'none';
}

/** Comes back as `task/fetch`, the only way to a dialog, or from inside a dialog as `task/submit`. */
export interface SubmitAction extends Titled {
  type: 'Action.Submit';
  data: { press: SealedPress; msteams?: { type: 'task/fetch' }; place?: unknown };
  associatedInputs?: 'none';
}

export interface OpenUrlAction {
  type: 'Action.OpenUrl';
  title?: string;
  url: string;
}

export type Action = ExecuteAction | SubmitAction | OpenUrlAction;
