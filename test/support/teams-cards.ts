import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';
import { liveText } from './teams-live-text.ts';

/**
 * Checks cards against Adaptive Cards 1.5 and what Teams documents, written apart from the renderers, and reads
 * them with Microsoft's own parser. Only what is listed here may stand in a card: a property that some clients
 * do not know is a problem too.
 */

type Json = Record<string, unknown>;

const spaced = ['type', 'spacing', 'separator'];
const input = [...spaced, 'id', 'label', 'value'];
const look = ['size', 'weight', 'color', 'isSubtle'];
const elementKeys: Record<string, readonly string[]> = {
  TextBlock: [...spaced, ...look, 'text', 'wrap'],
  RichTextBlock: [...spaced, 'inlines'],
  Container: [...spaced, 'style', 'items'],
  Table: [...spaced, 'columns', 'rows', 'firstRowAsHeaders', 'showGridLines'],
  ActionSet: [...spaced, 'actions'],
  'Chart.HorizontalBar': [...spaced, 'title', 'data', 'fallback'],
  'Input.Text': [...input, 'placeholder', 'isMultiline', 'style'],
  'Input.Date': input,
  'Input.ChoiceSet': [...input, 'choices', 'style', 'isMultiSelect', 'placeholder', 'wrap', 'choices.data'],
  'Input.Toggle': [...input, 'title', 'valueOn', 'valueOff'],
};
const actionKeys: Record<string, readonly string[]> = {
  'Action.Execute': ['type', 'title', 'style', 'verb', 'data', 'associatedInputs'],
  'Action.Submit': ['type', 'title', 'style', 'data', 'associatedInputs'],
  'Action.OpenUrl': ['type', 'title', 'url'],
};
const cardKeys = ['type', '$schema', 'version', 'body', 'actions', 'refresh', 'msteams'];
const runKeys = [
  'type',
  ...look,
  'text',
  'italic',
  'strikethrough',
  'highlight',
  'underline',
  'fontType',
  'selectAction',
];
const words: Record<string, readonly string[]> = {
  spacing: ['None', 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge', 'Padding'],
  size: ['Small', 'Default', 'Medium', 'Large', 'ExtraLarge'],
  weight: ['Lighter', 'Default', 'Bolder'],
  color: ['Default', 'Dark', 'Light', 'Accent', 'Good', 'Warning', 'Attention'],
  fontType: ['Default', 'Monospace'],
  associatedInputs: ['auto', 'none'],
};
const flags = ['separator', 'isSubtle', 'italic', 'strikethrough', 'wrap', 'isMultiline', 'isMultiSelect'];
const maxBytes = 28 * 1024;

class Check {
  readonly problems: string[] = [];
  private readonly ids = new Set<string>();
  private texts = '';

  fail(at: string, message: string): undefined {
    this.problems.push(`${at}: ${message}`);
  }

  card(value: unknown): undefined {
    const card = object(value);
    this.keys(card, '', cardKeys);
    if (card.type !== 'AdaptiveCard') this.fail('/type', 'must be AdaptiveCard');
    if (card.version !== '1.5') this.fail('/version', 'must be 1.5');
    const bytes = Buffer.byteLength(JSON.stringify(value));
    if (bytes > maxBytes) this.fail('', `${bytes} bytes`);
    if (!JSON.stringify(value).isWellFormed() || hasLoneSurrogate(value)) this.fail('', 'lone surrogate');
    this.list(card.body, '/body', 1, 1000, (each, at) => this.element(each, at));
    if (card.actions !== undefined) this.actions(card.actions, '/actions');
    if (card.refresh !== undefined) this.refresh(object(card.refresh));
    if (card.msteams !== undefined) this.teams(object(card.msteams));
  }

  private keys(part: Json, at: string, known: readonly string[]): undefined {
    for (const [key, value] of Object.entries(part)) {
      if (!known.includes(key)) this.fail(`${at}/${key}`, 'unknown key');
      if (value === undefined || value === null) this.fail(`${at}/${key}`, 'nothing');
      const allowed = words[key];
      if (allowed && !allowed.includes(String(value))) this.fail(`${at}/${key}`, `bad word ${value}`);
      if (flags.includes(key) && typeof value !== 'boolean') this.fail(`${at}/${key}`, 'must be a boolean');
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
    for (const [index, item] of value.entries()) each(object(item), `${at}/${index}`);
  }

  private text(value: unknown, at: string, max = 4000): undefined {
    if (typeof value !== 'string') return this.fail(at, 'must be a string');
    if (value.length > max) this.fail(at, `longer than ${max} characters`);
  }

  private shown(value: unknown, at: string, max?: number): undefined {
    this.text(value, at, max);
    if (typeof value === 'string' && value.trim() === '') this.fail(at, 'shows nothing');
  }

  private element(part: Json, at: string): undefined {
    const type = String(part.type);
    const keys = elementKeys[type];
    if (!keys) return this.fail(at, `unknown element ${type}`);
    this.keys(part, at, keys);
    if (type.startsWith('Input.')) return this.input(part, at);
    switch (type) {
      case 'TextBlock':
        this.texts += `${part.text}\n`;
        if (part.wrap !== true) this.fail(at, 'would be cut at the edge');
        return this.shown(part.text, `${at}/text`);
      case 'RichTextBlock':
        if (!JSON.stringify(part).includes('"text"')) this.fail(at, 'empty');
        return this.list(part.inlines, `${at}/inlines`, 1, 200, (run, to) => this.run(run, to));
      case 'Container':
        return this.list(part.items, `${at}/items`, 1, 50, (each, to) => this.element(each, to));
      case 'Table':
        return this.table(part, at);
      case 'ActionSet':
        return this.actions(part.actions, `${at}/actions`);
      case 'Chart.HorizontalBar':
        return this.chart(part, at);
    }
  }

  private run(run: Json, at: string): undefined {
    if (run.type !== 'TextRun') this.fail(at, 'must be a TextRun');
    this.keys(run, at, runKeys);
    this.text(run.text, `${at}/text`);
    if (run.text === '') this.fail(`${at}/text`, 'empty');
    if (run.selectAction !== undefined) this.action(object(run.selectAction), `${at}/selectAction`, false);
  }

  private table(table: Json, at: string): undefined {
    this.list(table.columns, `${at}/columns`, 1, 20, (column, to) => {
      this.keys(column, to, ['width', 'horizontalCellContentAlignment']);
      if (!(Number(column.width) > 0)) this.fail(`${to}/width`, 'must be above 0');
      const align = column.horizontalCellContentAlignment ?? 'Left';
      if (!['Left', 'Center', 'Right'].includes(String(align))) this.fail(to, 'bad alignment');
    });
    const width = (table.columns as unknown[]).length;
    // The header is one more.
    this.list(table.rows, `${at}/rows`, 1, 101, (row, to) => {
      this.keys(row, to, ['type', 'cells']);
      if (row.type !== 'TableRow') this.fail(to, 'must be a TableRow');
      this.list(row.cells, `${to}/cells`, width, width, (cell, on) => {
        this.keys(cell, on, ['type', 'items']);
        if (cell.type !== 'TableCell') this.fail(on, 'must be a TableCell');
        this.list(cell.items, `${on}/items`, 1, 10, (each, up) => this.element(each, up));
      });
    });
  }

  private chart(chart: Json, at: string): undefined {
    this.text(chart.title, `${at}/title`, 200);
    const labels = new Set<unknown>();
    this.list(chart.data, `${at}/data`, 1, 20, (point, to) => {
      this.keys(point, to, ['x', 'y']);
      this.shown(point.x, `${to}/x`, 100);
      if (typeof point.y !== 'number' || !(point.y >= 0)) this.fail(`${to}/y`, 'bad value');
      if (labels.has(point.x)) this.fail(`${to}/x`, 'repeats');
      labels.add(point.x);
    });
    if (chart.fallback === undefined) return this.fail(at, 'shows nothing outside of Teams');
    this.element(object(chart.fallback), `${at}/fallback`);
  }

  private actions(value: unknown, at: string): undefined {
    this.list(value, at, 1, 6, (action, to) => this.action(action, to, true));
  }

  private action(action: Json, at: string, isButton: boolean): undefined {
    const type = String(action.type);
    const keys = actionKeys[type];
    if (!keys) return this.fail(at, `unknown action ${type}`);
    this.keys(action, at, keys);
    if (isButton) this.shown(action.title, `${at}/title`, 80);
    if (![undefined, 'default', 'positive', 'destructive'].includes(action.style as undefined)) {
      this.fail(`${at}/style`, 'bad style');
    }
    if (type === 'Action.OpenUrl') {
      const url = String(action.url);
      if (!/^(https?:|mailto:)/i.test(url) || !URL.canParse(url) || url.length > 2000) {
        this.fail(`${at}/url`, 'bad url');
      }
      return;
    }
    if (typeof action.data !== 'object') this.fail(`${at}/data`, 'must be an object');
    if (type === 'Action.Execute' && typeof action.verb !== 'string') this.fail(`${at}/verb`, 'missing');
    const { msteams } = object(action.data);
    if (msteams !== undefined && object(msteams).type !== 'task/fetch') this.fail(at, 'unknown Teams action');
  }

  private input(part: Json, at: string): undefined {
    this.shown(part.id, `${at}/id`, 255);
    if (this.ids.has(String(part.id))) this.fail(`${at}/id`, `${part.id} already exists`);
    this.ids.add(String(part.id));
    this.shown(part.label, `${at}/label`, 300);
    if (part.placeholder !== undefined) this.text(part.placeholder, `${at}/placeholder`, 200);
    const value = part.value;
    switch (part.type) {
      case 'Input.Text':
        if (![undefined, 'Text', 'Tel', 'Email', 'Url'].includes(part.style as undefined)) {
          this.fail(`${at}/style`, 'bad style');
        }
        if (value !== undefined) this.text(value, `${at}/value`, maxBytes);
        return;
      case 'Input.Date':
        if (value !== undefined && !/^\d{4}-\d\d-\d\d$/.test(String(value)))
          this.fail(`${at}/value`, 'no day');
        return;
      case 'Input.Toggle':
        this.shown(part.title, `${at}/title`, 300);
        if (value !== part.valueOn && value !== part.valueOff) this.fail(`${at}/value`, 'neither on nor off');
        return;
      case 'Input.ChoiceSet':
        return this.choices(part, at);
    }
  }

  private choices(part: Json, at: string): undefined {
    const query = part['choices.data'];
    if (!['compact', 'expanded', 'filtered'].includes(String(part.style))) this.fail(at, 'bad style');
    const values: unknown[] = [];
    this.list(part.choices, `${at}/choices`, query === undefined ? 1 : 0, 100, (choice, to) => {
      this.keys(choice, to, ['title', 'value']);
      this.shown(choice.title, `${to}/title`, 300);
      this.text(choice.value, `${to}/value`, 1000);
      if (choice.value === '') this.fail(`${to}/value`, 'empty');
      if (values.includes(choice.value)) this.fail(to, 'value repeats');
      values.push(choice.value);
      if (part.isMultiSelect === true && String(choice.value).includes(','))
        this.fail(to, 'value has a comma');
    });
    const chosen =
      part.value === undefined ? [] : part.isMultiSelect ? String(part.value).split(',') : [part.value];
    for (const value of chosen)
      if (!values.includes(value)) this.fail(`${at}/value`, 'is not among the choices');
    if (query === undefined) return;
    this.keys(object(query), `${at}/choices.data`, ['type', 'dataset']);
    if (part.style !== 'filtered') this.fail(at, 'only a filtered menu asks for more');
    if (object(query).type !== 'Data.Query') this.fail(at, 'must be a Data.Query');
    this.shown(object(query).dataset, `${at}/choices.data/dataset`, 200);
  }

  private refresh(refresh: Json): undefined {
    this.keys(refresh, '/refresh', ['action', 'userIds']);
    const action = object(refresh.action);
    if (action.type !== 'Action.Execute') this.fail('/refresh/action', 'must be an Action.Execute');
    this.action(action, '/refresh/action', false);
    const users = refresh.userIds;
    if (!Array.isArray(users) || users.length < 1 || users.length > 60)
      this.fail('/refresh', '1 to 60 users');
  }

  private teams(teams: Json): undefined {
    this.keys(teams, '/msteams', ['width', 'entities']);
    if (teams.width !== undefined && teams.width !== 'Full') this.fail('/msteams/width', 'bad width');
    if (teams.entities === undefined) return;
    const seen = new Set<unknown>();
    this.list(teams.entities, '/msteams/entities', 1, 50, (entity, at) => {
      if (entity.type !== 'mention') this.fail(at, 'must be a mention');
      if (!/^<at>[^<>]+<\/at>$/.test(String(entity.text))) this.fail(`${at}/text`, 'must be one tag');
      if (!this.texts.includes(String(entity.text))) this.fail(at, 'stands in no TextBlock');
      if (seen.has(entity.text)) this.fail(at, 'two people with the same words');
      seen.add(entity.text);
      this.shown(object(entity.mentioned).id, `${at}/mentioned/id`);
      this.shown(object(entity.mentioned).name, `${at}/mentioned/name`);
    });
  }
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function hasLoneSurrogate(part: unknown): boolean {
  if (typeof part === 'string') return !part.isWellFormed();
  return typeof part === 'object' && part !== null && Object.values(part).some(hasLoneSurrogate);
}

/** The package's modules need a bundler; the file made by one does not. */
const library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof AdaptiveCards;

/** What Teams knows beyond 1.5, in the parser's words. */
const extensions = [
  /^Unknown element type "Chart\.HorizontalBar"\. Fallback will be used if present\.$/,
  /^Property "choices\.data" is supported in version 1\.6, but you are using version 1\.5\.$/,
];
/** A menu that asks us for its options starts without any. */
const noChoices = 'An Input.ChoiceSet must have at least one choice defined.';

function parserProblems(card: unknown): string[] {
  const parsed = new library.AdaptiveCard();
  parsed.hostConfig = new library.HostConfig({ actions: { maxActions: 6 } });
  const context = new library.SerializationContext(library.Versions.v1_5);
  parsed.parse(structuredClone(card), context);
  const messages = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n).message);
  const { validationEvents } = parsed.validateProperties();
  const isAsking = JSON.stringify(card).includes('"choices":[],"choices.data"');
  for (const { message } of validationEvents) {
    if (!isAsking || message !== noChoices) messages.push(message);
  }
  return messages.filter((message) => !extensions.some((known) => known.test(message)));
}

/** All that is wrong with a card, as messages; none for one that Teams takes and that shows dead text alone. */
export function checkTeamsCard(card: unknown): string[] {
  const check = new Check();
  check.card(card);
  return [...check.problems, ...parserProblems(card), ...liveText(card).map((text) => `live: ${text}`)];
}
