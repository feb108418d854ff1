/** What a field of a card may hold; a list is an enumeration, compared without regard to case. */
export type Kind =
  | 'string'
  | 'text'
  | 'number'
  | 'boolean'
  | 'url'
  | 'day'
  | 'time'
  | 'numeric'
  | 'object'
  | 'anything'
  | 'elements'
  | 'actions'
  | 'action'
  | 'columns'
  | 'cells'
  | 'rows'
  | 'inlines'
  | 'facts'
  | 'images'
  | 'choices'
  | 'query'
  | 'targets'
  | 'card'
  | 'data'
  | 'series'
  | readonly string[];

export interface Shape {
  needs: readonly string[];
  fields: Readonly<Record<string, Kind>>;
}

const spacing = ['none', 'extraSmall', 'small', 'default', 'medium', 'large', 'extraLarge', 'padding'];
const across = ['left', 'center', 'right'];
const down = ['top', 'center', 'bottom'];
const colors = ['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'];
const sizes = ['small', 'default', 'medium', 'large', 'extraLarge'];
const containerStyles = ['default', 'emphasis', 'accent', 'good', 'attention', 'warning'];
const chartColors = [
  'categorical',
  'sequential',
  'sequentialred',
  'sequentialgreen',
  'sequentialyellow',
  'diverging',
];

const everywhere = {
  type: 'string',
  id: 'string',
  isVisible: 'boolean',
  separator: 'boolean',
  spacing,
  height: ['auto', 'stretch'],
  horizontalAlignment: across,
  lang: 'string',
  targetWidth: 'string',
  'grid.area': 'string',
  requires: 'object',
  fallback: 'anything',
} as const;

const box = {
  selectAction: 'action',
  style: containerStyles,
  bleed: 'boolean',
  minHeight: 'string',
  maxHeight: 'string',
  backgroundImage: 'anything',
  verticalContentAlignment: down,
  rtl: 'boolean',
  showBorder: 'boolean',
  roundedCorners: 'boolean',
  layouts: 'anything',
} as const;

const input = {
  label: 'string',
  isRequired: 'boolean',
  errorMessage: 'string',
  placeholder: 'string',
} as const;

const letters = {
  text: 'string',
  size: sizes,
  weight: ['lighter', 'default', 'bolder'],
  color: colors,
  isSubtle: 'boolean',
  fontType: ['default', 'monospace'],
} as const;

const chart = {
  title: 'string',
  showTitle: 'boolean',
  colorSet: chartColors,
  maxWidth: 'string',
  showLegend: 'boolean',
  xAxisTitle: 'string',
  yAxisTitle: 'string',
  color: 'string',
  data: 'series',
  yMin: 'number',
  yMax: 'number',
} as const;

function shape(needs: string[], fields: Record<string, Kind>): Shape {
  return { needs, fields: { ...everywhere, ...fields } };
}

/** Elements of version 1.5 that Teams shows, its own extensions apart. */
export const elements: Readonly<Record<string, Shape>> = {
  TextBlock: shape(['text'], {
    ...letters,
    wrap: 'boolean',
    maxLines: 'number',
    style: ['default', 'heading', 'columnHeader'],
    labelFor: 'string',
  }),
  RichTextBlock: shape(['inlines'], { inlines: 'inlines', labelFor: 'string' }),
  Image: shape(['url'], {
    url: 'url',
    altText: 'string',
    backgroundColor: 'string',
    style: ['default', 'person', 'roundedCorners'],
    size: ['auto', 'stretch', 'small', 'medium', 'large'],
    width: 'string',
    height: 'string',
    selectAction: 'action',
    allowExpand: 'boolean',
    msteams: 'object',
  }),
  ImageSet: shape(['images'], {
    images: 'images',
    imageSize: ['auto', 'stretch', 'small', 'medium', 'large'],
  }),
  FactSet: shape(['facts'], { facts: 'facts' }),
  ActionSet: shape(['actions'], { actions: 'actions' }),
  Container: shape(['items'], { ...box, items: 'elements' }),
  ColumnSet: shape(['columns'], { ...box, columns: 'columns', minWidth: 'string' }),
  Table: shape(['rows'], {
    columns: 'anything',
    rows: 'rows',
    style: containerStyles,
    showBorder: 'boolean',
    roundedCorners: 'boolean',
    minWidth: 'string',
    firstRowAsHeaders: 'boolean',
    firstRowAsHeader: 'boolean',
    showGridLines: 'boolean',
    gridStyle: containerStyles,
    horizontalCellContentAlignment: across,
    verticalCellContentAlignment: down,
  }),
  'Input.Text': shape(['id'], {
    ...input,
    value: 'string',
    maxLength: 'number',
    isMultiline: 'boolean',
    regex: 'string',
    style: ['text', 'tel', 'url', 'email', 'password'],
    inlineAction: 'action',
  }),
  'Input.Number': shape(['id'], { ...input, value: 'numeric', min: 'numeric', max: 'numeric' }),
  'Input.Date': shape(['id'], { ...input, value: 'day', min: 'day', max: 'day' }),
  'Input.Time': shape(['id'], { ...input, value: 'time', min: 'time', max: 'time' }),
  'Input.Toggle': shape(['id', 'title'], {
    ...input,
    title: 'string',
    value: 'string',
    valueOn: 'string',
    valueOff: 'string',
    wrap: 'boolean',
  }),
  'Input.ChoiceSet': shape(['id'], {
    ...input,
    value: 'string',
    choices: 'choices',
    'choices.data': 'query',
    style: ['compact', 'expanded', 'filtered'],
    isMultiSelect: 'boolean',
    wrap: 'boolean',
  }),
};

/** Teams shows these on cards of version 1.5, other hosts and older clients don't: each needs a `fallback`. */
export const extensions: Readonly<Record<string, Shape>> = {
  Badge: shape(['text'], {
    text: 'string',
    icon: 'string',
    iconPosition: ['before', 'after'],
    appearance: ['filled', 'tint'],
    size: ['medium', 'large', 'extraLarge'],
    shape: ['square', 'rounded', 'circular'],
    style: ['default', 'subtle', 'informative', 'accent', 'good', 'attention', 'warning'],
    tooltip: 'string',
  }),
  Icon: shape(['name'], {
    name: 'text',
    size: ['xxSmall', 'xSmall', 'Small', 'Standard', 'Medium', 'Large', 'xLarge', 'xxLarge'],
    style: ['regular', 'filled'],
    color: colors,
    selectAction: 'action',
  }),
  ProgressBar: shape([], { value: 'number', max: 'number', color: 'string' }),
  'Chart.Donut': shape(['data'], { ...chart, value: 'string', thickness: 'string', showOutlines: 'boolean' }),
  'Chart.Pie': shape(['data'], { ...chart, showOutlines: 'boolean' }),
  'Chart.VerticalBar': shape(['data'], { ...chart, showBarValues: 'boolean' }),
  'Chart.VerticalBar.Grouped': shape(['data'], { ...chart, stacked: 'boolean', showBarValues: 'boolean' }),
  'Chart.HorizontalBar': shape(['data'], { ...chart, displayMode: 'string' }),
  'Chart.HorizontalBar.Stacked': shape(['data'], chart),
  'Chart.Line': shape(['data'], chart),
  'Chart.Gauge': shape(['value'], {
    ...chart,
    value: 'number',
    min: 'number',
    max: 'number',
    segments: 'anything',
    subLabel: 'string',
    showMinMax: 'boolean',
    valueFormat: 'string',
  }),
};

const button = {
  title: 'string',
  iconUrl: 'string',
  style: ['default', 'positive', 'destructive'],
  mode: ['primary', 'secondary'],
  tooltip: 'string',
  isEnabled: 'boolean',
} as const;
const sender = { data: 'data', associatedInputs: ['auto', 'none'], conditionallyEnabled: 'boolean' } as const;

export const actions: Readonly<Record<string, Shape>> = {
  'Action.Execute': shape([], { ...button, ...sender, verb: 'string', msteams: 'object' }),
  'Action.Submit': shape([], { ...button, ...sender, msteams: 'object' }),
  'Action.OpenUrl': shape(['url'], { ...button, url: 'url' }),
  'Action.ToggleVisibility': shape(['targetElements'], { ...button, targetElements: 'targets' }),
  'Action.ShowCard': shape(['card'], { ...button, card: 'card' }),
};

export const parts = {
  column: shape([], { ...box, items: 'elements', width: 'anything' }),
  row: shape(['cells'], {
    cells: 'cells',
    style: containerStyles,
    showBorder: 'boolean',
    roundedCorners: 'boolean',
    horizontalCellContentAlignment: across,
    verticalCellContentAlignment: down,
  }),
  cell: shape(['items'], { ...box, items: 'elements' }),
  run: shape(['text'], {
    ...letters,
    italic: 'boolean',
    strikethrough: 'boolean',
    highlight: 'boolean',
    underline: 'boolean',
    selectAction: 'action',
  }),
  fact: { needs: ['title', 'value'], fields: { title: 'string', value: 'string', key: 'string' } },
  choice: { needs: ['title', 'value'], fields: { title: 'text', value: 'text' } },
  query: {
    needs: ['type', 'dataset'],
    fields: {
      type: ['Data.Query'],
      dataset: 'text',
      count: 'number',
      skip: 'number',
      associatedInputs: ['auto', 'none'],
    },
  },
  card: {
    needs: ['type', 'version'],
    fields: {
      ...box,
      type: ['AdaptiveCard'],
      id: 'string',
      $schema: 'string',
      version: ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'],
      body: 'elements',
      actions: 'actions',
      fallbackText: 'string',
      lang: 'string',
      speak: 'string',
      refresh: 'anything',
      authentication: 'object',
      msteams: 'object',
      metadata: 'object',
    },
  },
} as const satisfies Record<string, Shape>;
