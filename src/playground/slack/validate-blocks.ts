import { asJson, asList, type Json } from '../json.ts';
import {
  also,
  anyText,
  byType,
  flag,
  list,
  number,
  object,
  oneOf,
  type Pass,
  plainText,
  type Rule,
  refuse,
  string,
} from './check.ts';
import { limits } from './limits.ts';
import { accessory, actionElement, contextElement, imageFields, inputElement } from './validate-elements.ts';
import { richTextBlock, richTextFields } from './validate-rich-text.ts';

/** A block of this kind: its fields, and a `block_id` that is unique within the payload. */
function block(required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  const fields = object(required, { block_id: string(limits.id), ...optional });
  return (value, at, pass) => {
    pass.actionIds = new Set();
    fields(value, at, pass);
    const id = asJson(value).block_id;
    if (typeof id !== 'string') return;
    if (pass.blockIds.has(id)) {
      refuse(pass, `${at}/block_id`, 'failed_constraint', `\`block_id\` "${id}" already exists`);
    }
    pass.blockIds.add(id);
  };
}

function onlyIn(surface: Pass['surface'], rule: Rule): Rule {
  return (value, at, pass) => {
    if (pass.surface === surface) return rule(value, at, pass);
    const type = String(asJson(value).type);
    refuse(pass, `${at}/type`, 'unsupported_type', `unsupported type: ${type} in a ${pass.surface}`);
  };
}

const section = also(
  block(
    {},
    {
      text: anyText(limits.text),
      fields: list(anyText(limits.fieldText), limits.sectionFields),
      accessory,
      expand: flag,
    },
  ),
  (value, at, pass) => {
    if (value.text === undefined && value.fields === undefined) {
      refuse(pass, at, 'missing_field', 'must define either `text` or `fields`');
    }
  },
);

const imageBlock: Rule = (value, at, pass) => {
  const { block_id, title, ...picture } = asJson(value);
  block({}, { title: plainText(limits.altText) })({ type: 'image', block_id, title }, at, pass);
  imageFields(picture, at, pass);
};

const cell = byType({
  raw_text: object({ text: string(limits.blockCharacters, { counted: true }) }),
  raw_number: object({ value: number(), text: string(limits.blockCharacters, { counted: true }) }),
  rich_text: richTextBlock,
});

const table = also(
  block(
    { rows: list(list(cell, limits.tableColumns), limits.tableRows) },
    {
      column_settings: list((value, at, pass) => {
        if (value !== null)
          object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag })(value, at, pass);
      }, limits.tableColumns),
    },
  ),
  (value, at, pass) => {
    const widths = (Array.isArray(value.rows) ? value.rows : []).map((row) =>
      Array.isArray(row) ? row.length : 0,
    );
    const ragged = widths.findIndex((width) => width !== widths[0]);
    if (ragged > 0)
      refuse(
        pass,
        `${at}/rows/${ragged}`,
        'failed_constraint',
        'all rows must have the same number of cells',
      );
  },
);

const chartLabel = string(limits.chartLabel, { counted: true });
const point = object({ label: chartLabel, value: number() });
const axis = object(
  { categories: list(chartLabel, limits.chartCategories) },
  { x_label: string(limits.chartAxisLabel), y_label: string(limits.chartAxisLabel) },
);
const plotted: Rule = also(
  object({
    series: list(object({ name: chartLabel, data: list(point, limits.chartCategories) }), limits.chartSeries),
    axis_config: axis,
  }),
  plotMatchesAxis,
);

function plotMatchesAxis(value: Json, at: string, pass: Pass): void {
  const categories = asJson(value.axis_config).categories;
  const names = new Set<unknown>();
  asList(value.series).forEach((series, index) => {
    const here = `${at}/series/${index}`;
    if (names.has(series.name))
      refuse(pass, `${here}/name`, 'failed_constraint', 'series names must be unique');
    names.add(series.name);
    const labels = asList(series.data).map((entry) => entry.label);
    if (JSON.stringify(labels) !== JSON.stringify(categories)) {
      refuse(pass, `${here}/data`, 'failed_constraint', 'labels must match axis_config.categories');
    }
  });
}

const chart: Rule = block({
  title: string(limits.chartTitle, { counted: true }),
  chart: byType({
    pie: object({ segments: list(object({ label: chartLabel, value: number(0) }), limits.chartSeries) }),
    bar: plotted,
    line: plotted,
    area: plotted,
  }),
});

/** The kinds of block an app may send; a kind that Slack would accept but that is missing here is refused too. */
export const anyBlock: Rule = byType({
  section,
  header: block({ text: plainText(limits.headerText) }),
  divider: block({}),
  context: block({ elements: list(contextElement, limits.contextElements) }),
  actions: block({ elements: list(actionElement, limits.actionsElements) }),
  input: block(
    { label: plainText(limits.label), element: inputElement },
    { hint: plainText(limits.label), optional: flag, dispatch_action: flag },
  ),
  image: imageBlock,
  rich_text: block(richTextFields),
  markdown: onlyIn('message', block({ text: string(limits.markdownText, { counted: true }) })),
  table: onlyIn('message', table),
  data_visualization: onlyIn('message', chart),
});
