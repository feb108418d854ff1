/**
 * Checks blocks and views against Slack's documented limits, written apart from the renderers. Findings have the
 * shape of Slack's own `blocks.validate`: a message and a JSON pointer.
 */
export interface Finding {
  message: string;
  pointer: string;
}

export type SlackSurface = 'message' | 'modal' | 'home';
type Json = Record<string, unknown>;

const blockKeys: Record<string, readonly string[]> = {
  header: ['type', 'block_id', 'text'],
  section: ['type', 'block_id', 'text', 'fields', 'accessory'],
  rich_text: ['type', 'block_id', 'elements'],
  context: ['type', 'block_id', 'elements'],
  divider: ['type', 'block_id'],
  actions: ['type', 'block_id', 'elements'],
  table: ['type', 'block_id', 'rows', 'column_settings'],
  input: ['type', 'block_id', 'label', 'element', 'optional', 'hint', 'dispatch_action'],
  data_visualization: ['type', 'block_id', 'title', 'chart'],
};
const onlyIn: Record<string, readonly SlackSurface[]> = {
  table: ['message'],
  data_visualization: ['message'],
  input: ['modal', 'home', 'message'],
};
const maxText = 10_000;

class Check {
  readonly findings: Finding[] = [];
  private readonly surface: SlackSurface;
  private readonly blockIds = new Set<string>();
  private readonly actionIds = new Set<string>();
  private tables = 0;
  private charts = 0;
  private focused = 0;
  private total = 0;

  constructor(surface: SlackSurface) {
    this.surface = surface;
  }

  blocks(blocks: unknown): undefined {
    const max = this.surface === 'message' ? 50 : 100;
    if (!Array.isArray(blocks)) return this.fail('', 'must be a list');
    if (blocks.length > max) this.fail('', `no more than ${max} items allowed`);
    for (const [index, block] of blocks.entries()) this.block(block as Json, `/blocks/${index}`);
    if (this.tables > 1) this.fail('/blocks', 'only one table allowed');
    if (this.charts > 2) this.fail('/blocks', 'only two charts allowed');
    if (this.focused > 1) this.fail('/blocks', 'only one element may be focused');
    if (this.total > maxText) this.fail('/blocks', `all text together has ${this.total} characters`);
  }

  private fail(pointer: string, message: string): undefined {
    this.findings.push({ pointer, message });
  }

  private block(block: Json, at: string): undefined {
    const type = String(block.type);
    const keys = blockKeys[type];
    if (!keys) return this.fail(at, `unsupported type: ${type}`);
    for (const key of Object.keys(block)) if (!keys.includes(key)) this.fail(`${at}/${key}`, 'unknown key');
    if (onlyIn[type] && !onlyIn[type].includes(this.surface)) this.fail(at, `${type} not allowed here`);
    if (block.block_id !== undefined) this.id(block.block_id, `${at}/block_id`, this.blockIds);
    switch (type) {
      case 'header':
        return this.plain(block.text, `${at}/text`, 150);
      case 'section':
        this.plain(block.text, `${at}/text`, 3000);
        if (block.accessory !== undefined) this.element(block.accessory as Json, `${at}/accessory`);
        return;
      case 'rich_text':
        return this.rich(block, at);
      case 'context':
        return this.list(block.elements, `${at}/elements`, 1, 10, (each, to) => this.plain(each, to, 3000));
      case 'actions':
        return this.list(block.elements, `${at}/elements`, 1, 25, (each, to) => this.element(each, to));
      case 'table':
        return this.table(block, at);
      case 'data_visualization':
        return this.chart(block, at);
      case 'input':
        this.plain(block.label, `${at}/label`, 2000);
        if (block.hint !== undefined) this.plain(block.hint, `${at}/hint`, 2000);
        return this.element(block.element as Json, `${at}/element`);
    }
  }

  private list(
    value: unknown,
    at: string,
    min: number,
    max: number,
    each: (item: Json, at: string) => void,
  ): undefined {
    if (!Array.isArray(value)) return this.fail(at, 'must be a list');
    if (value.length < min || value.length > max) this.fail(at, `must have ${min} to ${max} items`);
    for (const [index, item] of value.entries()) each(item as Json, `${at}/${index}`);
  }

  /** Nothing but plain_text is accepted where words stand: mrkdwn would read a customer's name as markup. */
  private plain(value: unknown, at: string, max: number): undefined {
    const text = value as Json | undefined;
    if (text?.type !== 'plain_text') return this.fail(at, 'must be plain_text');
    if (text.emoji !== false) this.fail(at, 'would read emoji codes');
    this.words(text.text, `${at}/text`, max);
  }

  private words(value: unknown, at: string, max: number, counts = true): undefined {
    if (typeof value !== 'string') return this.fail(at, 'must be a string');
    if (value.trim() === '') this.fail(at, 'must be more than 0 characters');
    if (value.length > max) this.fail(at, `must be less than ${max + 1} characters`);
    if (!value.isWellFormed()) this.fail(at, 'lone surrogate');
    if (counts) this.total += value.length;
  }

  private id(value: unknown, at: string, seen: Set<string>): undefined {
    if (typeof value !== 'string' || value === '' || value.length > 255) return this.fail(at, 'bad id');
    if (seen.has(value)) this.fail(at, `${value} already exists`);
    seen.add(value);
  }

  private rich(block: Json, at: string): undefined {
    this.list(block.elements, `${at}/elements`, 1, 1000, (part, to) => {
      switch (part.type) {
        case 'rich_text_section':
        case 'rich_text_quote':
        case 'rich_text_preformatted':
          return this.list(part.elements, `${to}/elements`, 1, 5000, (each, on) =>
            this.richElement(each, on),
          );
        case 'rich_text_list':
          if (part.style !== 'bullet' && part.style !== 'ordered') this.fail(`${to}/style`, 'bad style');
          return this.list(part.elements, `${to}/elements`, 1, 5000, (item, on) => {
            if (item.type !== 'rich_text_section') this.fail(on, 'must be a section');
            this.list(item.elements, `${on}/elements`, 1, 5000, (each, up) => this.richElement(each, up));
          });
        default:
          this.fail(to, `unsupported type: ${String(part.type)}`);
      }
    });
  }

  private richElement(element: Json, at: string): undefined {
    if (element.type === 'user') {
      if (typeof element.user_id !== 'string' || element.user_id === '') this.fail(at, 'bad user');
      return;
    }
    if (element.type !== 'text' && element.type !== 'link') {
      return this.fail(at, `unsupported type: ${String(element.type)}`);
    }
    if (typeof element.text !== 'string' || element.text === '') return this.fail(`${at}/text`, 'empty');
    if (!element.text.isWellFormed()) this.fail(`${at}/text`, 'lone surrogate');
    if (element.text.length > 3000) this.fail(`${at}/text`, 'longer than 3000 characters');
    this.total += element.text.length;
    if (element.type === 'link') this.url(element.url, `${at}/url`);
  }

  private url(value: unknown, at: string): undefined {
    if (typeof value !== 'string' || value.length > 3000 || !/^(https?:|mailto:)/i.test(value)) {
      this.fail(at, 'bad url');
    }
  }

  private table(block: Json, at: string): undefined {
    this.tables += 1;
    let columns: number | undefined;
    this.list(block.rows, `${at}/rows`, 1, 100, (row, to) => {
      if (Array.isArray(row)) {
        columns ??= row.length;
        if (row.length !== columns) this.fail(to, 'rows differ in length');
      }
      this.list(row, to, 1, 20, (cell, on) => {
        if (cell.type === 'rich_text') this.rich(cell, on);
        else if (cell.type === 'raw_text') this.words(cell.text, `${on}/text`, 3000);
        else this.fail(on, 'bad cell');
      });
    });
    this.list(block.column_settings, `${at}/column_settings`, 0, 20, (column, to) => {
      if (!['left', 'center', 'right'].includes(String(column.align))) this.fail(`${to}/align`, 'bad align');
    });
  }

  private chart(block: Json, at: string): undefined {
    this.charts += 1;
    this.words(block.title, `${at}/title`, 50);
    const chart = block.chart as Json;
    const categories = (chart.axis_config as Json).categories as string[];
    if (categories.length < 1 || categories.length > 20) this.fail(`${at}/chart`, '1 to 20 categories');
    if (new Set(categories).size !== categories.length) this.fail(`${at}/chart`, 'categories repeat');
    for (const category of categories) this.words(category, `${at}/chart/axis_config`, 20);
    this.list(chart.series, `${at}/chart/series`, 1, 6, (series, to) => {
      this.words(series.name, `${to}/name`, 20);
      const labels = (series.data as { label: string; value: number }[]).map(({ label }) => label);
      if (labels.join('\n') !== categories.join('\n')) this.fail(to, 'labels differ from categories');
    });
  }

  private element(element: Json, at: string): undefined {
    if (element.action_id !== undefined) this.id(element.action_id, `${at}/action_id`, this.actionIds);
    if (element.focus_on_load === true) this.focused += 1;
    if (element.placeholder !== undefined) this.plain(element.placeholder, `${at}/placeholder`, 150);
    switch (element.type) {
      case 'button':
        this.plain(element.text, `${at}/text`, 75);
        if (element.value !== undefined) this.words(element.value, `${at}/value`, 2000, false);
        if (element.url !== undefined) this.url(element.url, `${at}/url`);
        if (element.value === undefined && element.url === undefined) this.fail(at, 'does nothing');
        return;
      case 'plain_text_input':
        if (element.initial_value !== undefined && String(element.initial_value).length > 3000) {
          this.fail(`${at}/initial_value`, 'too long');
        }
        return;
      case 'datepicker':
        if (element.initial_date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(String(element.initial_date))) {
          this.fail(`${at}/initial_date`, 'bad date');
        }
        return;
      case 'external_select':
        if (element.initial_option !== undefined) this.option(element.initial_option as Json, at);
        return;
      case 'static_select':
      case 'radio_buttons':
      case 'checkboxes':
      case 'multi_static_select':
        return this.choices(element, at);
      default:
        this.fail(at, `unsupported type: ${String(element.type)}`);
    }
  }

  private choices(element: Json, at: string): undefined {
    const max = element.type === 'checkboxes' || element.type === 'radio_buttons' ? 10 : 100;
    this.list(element.options, `${at}/options`, 1, max, (option, to) => this.option(option, to));
    const options = (element.options as Json[]).map((option) => JSON.stringify(option));
    const values = (element.options as Json[]).map(({ value }) => value);
    if (new Set(values).size !== values.length) this.fail(`${at}/options`, 'values repeat');
    const { initial_option: one, initial_options: many } = element;
    if (many !== undefined && (!Array.isArray(many) || many.length === 0))
      this.fail(at, 'empty initial_options');
    for (const initial of [...(one === undefined ? [] : [one]), ...((many as unknown[]) ?? [])]) {
      if (!options.includes(JSON.stringify(initial)))
        this.fail(at, 'initial option is not among the options');
    }
  }

  private option(option: Json, at: string): undefined {
    this.plain(option.text, `${at}/text`, 75);
    if (typeof option.value !== 'string' || option.value === '' || option.value.length > 150) {
      this.fail(`${at}/value`, 'bad value');
    }
  }

  view(view: Json): undefined {
    this.blocks(view.blocks);
    if (view.type === 'home') return;
    if (view.type !== 'modal') this.fail('/type', 'must be modal or home');
    this.plain(view.title, '/title', 24);
    const hasInput = (view.blocks as Json[]).some(({ type }) => type === 'input');
    if (hasInput && view.submit === undefined) this.fail('/submit', 'required with inputs');
    if (view.submit !== undefined) this.plain(view.submit, '/submit', 24);
    if (view.close !== undefined) this.plain(view.close, '/close', 24);
    if (String(view.private_metadata ?? '').length > 3000) this.fail('/private_metadata', 'too long');
    if (String(view.callback_id ?? '').length > 255) this.fail('/callback_id', 'too long');
  }
}

export function checkBlocks(blocks: unknown, surface: SlackSurface): Finding[] {
  const check = new Check(surface);
  check.blocks(blocks);
  return check.findings;
}

export function checkView(view: unknown): Finding[] {
  const check = new Check((view as Json).type === 'home' ? 'home' : 'modal');
  check.view(view as Json);
  return check.findings;
}

/** A message's blocks and its fallback text. */
export function checkMessage(message: { text: string; blocks: unknown }): Finding[] {
  const findings = checkBlocks(message.blocks, 'message');
  if (message.text.trim() === '') findings.push({ pointer: '/text', message: 'empty' });
  if (message.text.length > 40_000) findings.push({ pointer: '/text', message: 'too long' });
  if (/<[^<>]*>/.test(message.text)) findings.push({ pointer: '/text', message: 'live token' });
  return findings;
}
