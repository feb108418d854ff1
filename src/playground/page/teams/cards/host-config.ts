import { HostConfig } from 'adaptivecards';

/** Colours are the page's own properties, so that cards follow its light and dark. */
function colours() {
  const both = (name: string) => ({ default: `var(--${name})`, subtle: `var(--${name})` });
  return {
    default: { default: 'var(--ink)', subtle: 'var(--ink-soft)' },
    dark: { default: 'var(--ink)', subtle: 'var(--ink-soft)' },
    light: { default: 'var(--surface)', subtle: 'var(--surface)' },
    accent: both('accent'),
    attention: both('danger'),
    good: both('good'),
    warning: both('warning'),
  };
}

const style = (backgroundColor: string) => ({
  backgroundColor: `var(--${backgroundColor})`,
  borderColor: 'var(--line)',
  foregroundColors: colours(),
});

const sizes = { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 };
const weights = { lighter: 300, default: 400, bolder: 650 };

/**
 * Measures close to those that Teams gives cards; pixels throughout. `isBare`: something else frames the card; no padding
 * at all would mean the library's own.
 */
export function hostConfig(isBare: boolean): HostConfig {
  return new HostConfig({
    supportsInteractivity: true,
    choiceSetInputValueSeparator: ',',
    spacing: { small: 4, default: 8, medium: 12, large: 18, extraLarge: 26, padding: isBare ? 1 : 14 },
    separator: { lineThickness: 1, lineColor: 'var(--line)' },
    fontTypes: {
      default: { fontFamily: 'inherit', fontSizes: sizes, fontWeights: weights },
      monospace: {
        fontFamily: 'ui-monospace, Menlo, Consolas, "Liberation Mono", monospace',
        fontSizes: { ...sizes, small: 11 },
        fontWeights: weights,
      },
    },
    lineHeights: { small: 17, default: 20, medium: 22, large: 25, extraLarge: 30 },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: {
      default: style('surface'),
      emphasis: style('surface-2'),
      accent: style('accent-soft'),
      good: style('good-soft'),
      attention: style('danger-soft'),
      warning: style('warning-soft'),
    },
    textStyles: {
      heading: { size: 'Large', weight: 'Bolder' },
      columnHeader: { weight: 'Bolder' },
    },
    inputs: {
      label: {
        inputSpacing: 'Small',
        requiredInputs: { weight: 'Bolder', suffix: ' *', suffixColor: 'Attention' },
        optionalInputs: { weight: 'Bolder' },
      },
      errorMessage: { color: 'Attention', weight: 'Default', size: 'Small', spacing: 'Small' },
    },
    actions: {
      maxActions: 6,
      spacing: 'Medium',
      buttonSpacing: 8,
      actionsOrientation: 'Horizontal',
      actionAlignment: 'Left',
      showCard: { actionMode: 'Inline', inlineTopMargin: 12, style: 'emphasis' },
    },
    adaptiveCard: { allowCustomStyle: false },
    factSet: {
      title: { color: 'Default', size: 'Default', weight: 'Bolder', wrap: true, maxWidth: 160 },
      value: { color: 'Default', size: 'Default', weight: 'Default', wrap: true },
      spacing: 12,
    },
    table: { cellSpacing: 8 },
  });
}
