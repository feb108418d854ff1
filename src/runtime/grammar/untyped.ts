import { nearestOption } from '../../kernel/recognise/one-of.ts';
import { flat } from '../../kernel/recognise/words.ts';
import {
  byPosition,
  leftOver,
  refuseCurrency,
  refuseTwice,
  refuseUnused,
  trailingOption,
} from './left-over.ts';
import { grammarMessages as t } from './messages.ts';
import { isEmpty, type Reading, slice } from './reading.ts';
import { keyOf, type SpecField } from './spec.ts';
import { type LineToken, legible } from './tokens.ts';

/** Little words before a value that say nothing the value does not: `for 80k`, `to @wang`, `给 @王敏`. */
const fillers = new Set(
  'to into on at by for with due as is of = -> => > → 给 转给 到 为 于 在 是 与 和 跟'.split(' '),
);
/** What people call a value they give, by its kind: `tel 030 123456`, `预算 80万`. */
const labels: Readonly<Record<string, ReadonlySet<string>>> = {
  phone: new Set('tel telephone phone ph mobile mob cell 电话 手机 手机号 联系电话'.split(' ')),
  email: new Set('email e-mail mail 邮箱 邮件 电子邮箱'.split(' ')),
  money: new Set('amount worth budget about approx ca around 金额 预算 总价 约 大约 共'.split(' ')),
  day: new Set('close closing due date before until 成交 日期 预计'.split(' ')),
  when: new Set('due date before until 日期 时间'.split(' ')),
};
const arrows = new Set('to into -> => > → 给 转给 到'.split(' '));
const legalForm =
  /^(?:inc|incorporated|corp|co|company|ltd|limited|llc|llp|plc|gmbh|ag|sa|srl|spa|bv|nv|oy|ab|kk|pte|pty)\b/i;
const han = /\p{Script=Han}/u;

/** Words that belong together: between quotes, commas and typed values. */
interface Group {
  tokens: LineToken[];
  quoted: boolean;
}

/** Gives the words that are no typed values to the text, record and person fields still empty. */
export function assignWords(reading: Reading): void {
  dropFillers(reading);
  let left = openTokens(reading);
  if (left.length === 0) return;
  if (refuseOpenQuote(reading, left) || refuseMisspeltOption(reading, left)) return;
  if (refuseMisspeltDay(reading) || refusePerson(reading, left)) return;
  refuseTwice(reading, left);
  refuseCurrency(reading, openTokens(reading));
  left = openTokens(reading);
  if (left.length === 0) return;
  const fields = reading.spec.positional.filter(
    (field) => byPosition.has(field.meta.kind) && isEmpty(reading, field),
  );
  if (fields.length === 0) {
    refuseUnused(reading, left);
    return;
  }
  distribute(reading, groupsOf(reading), fields);
}

function openTokens(reading: Reading): LineToken[] {
  return reading.tokens.filter((token, index) => !reading.taken[index] && token.key === undefined);
}

/** A word of grammar directly before something that was recognised, or an arrow between records. */
function dropFillers(reading: Reading): void {
  const { tokens, taken, spec } = reading;
  const hasText = spec.positional.some((field) => field.meta.kind === 'text' && isEmpty(reading, field));
  const words = openTokens(reading).length;
  tokens.forEach((token, index) => {
    if (taken[index] || token.quoted || token.key !== undefined) return;
    if (token.text.length > 16) return;
    const word = flat(token.text);
    const isBeforeValue =
      taken[index + 1] === 'typed' && (fillers.has(word) || isLabelOf(reading, word, index + 1));
    const isArrow = !hasText && words > 1 && index + 1 < tokens.length && arrows.has(word);
    if (isBeforeValue || isArrow) taken[index] = 'other';
  });
}

/** Whether a word names the field that the value after it went to. */
function isLabelOf({ places, spec }: Reading, word: string, at: number): boolean {
  const field = spec.positional.find(({ name }) => places.get(name)?.[0].index === at);
  if (!field) return false;
  const name = word.replace(/[.:]$/, '');
  return labels[field.meta.kind]?.has(name) === true || spec.keys.get(keyOf(name)) === field;
}

/** A quotation mark that is never closed: the same line with one where the name probably ends. */
export function refuseOpenQuote(reading: Reading, left: readonly LineToken[]): boolean {
  const first = left.find((token) => token.open);
  if (!first) return false;
  const { words, tokens, taken } = reading;
  let last = first;
  for (let i = first.index + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token || taken[i] || token.quoted || token.key !== undefined) break;
    last = token;
  }
  const text = words.line.slice(first.start, last.end);
  const instead = `"${text.slice(1).replaceAll('"', '').trim()}"`;
  const message = t('open-quote', { text: text.slice(0, 60) });
  reading.problems.push({ message, start: first.start, end: last.end, instead });
  return true;
}

/** `log vist acme`: while a required choice is open, a word one letter off it is not a name. */
function refuseMisspeltOption(reading: Reading, left: readonly LineToken[]): boolean {
  for (const field of reading.spec.positional) {
    if (field.meta.kind !== 'oneOf' || !field.required || !isEmpty(reading, field)) continue;
    for (const token of left) {
      if (token.quoted || token.text.length < (han.test(token.text) ? 3 : 4)) continue;
      const option = nearestOption(token.text, field.meta);
      if (option === undefined) continue;
      const found = field.recogniser.read(token.text, reading.read, field.meta);
      if (!('problem' in found)) continue;
      const { message } = found.problem;
      reading.problems.push({
        message,
        field: field.name,
        start: token.start,
        end: token.end,
        instead: option,
      });
      return true;
    }
  }
  return false;
}

/** `80k tomorow`, `80k q1`: what stands apart behind a value and is nearly a day is no name, while a day is open. */
function refuseMisspeltDay(reading: Reading): boolean {
  const { tokens, taken, spec } = reading;
  const field = spec.positional.find(
    (one) => (one.meta.kind === 'day' || one.meta.kind === 'when') && isEmpty(reading, one),
  );
  if (!field) return false;
  for (const group of groupsOf(reading)) {
    const [first] = group.tokens;
    const last = group.tokens.at(-1);
    if (!first || !last || group.quoted || tokens[last.index + 1]) continue;
    if (taken[first.index - 1] !== 'typed' || first.mention) continue;
    const found = field.recogniser.read(slice(reading, first, last), reading.read, field.meta);
    if (!('problem' in found) || found.problem.suggestion === undefined) continue;
    const { message, suggestion } = found.problem;
    const { start } = first;
    reading.problems.push({ message, field: field.name, start, end: last.end, instead: suggestion });
    return true;
  }
  return false;
}

/** `deal acme pumps @tom`: a colleague is no part of a name. */
function refusePerson(reading: Reading, left: readonly LineToken[]): boolean {
  const { spec, problems } = reading;
  if (!spec.namesAreKept || spec.positional.some(({ meta }) => meta.kind === 'person')) return false;
  const token = left.find(({ quoted, mention, text }) => !quoted && (mention || /^[@＠]\p{L}/u.test(text)));
  if (!token) return false;
  problems.push({
    message: t('unused', { text: legible(token.text) }),
    start: token.start,
    end: token.end,
    instead: '',
  });
  return true;
}

function groupsOf(reading: Reading): Group[] {
  const { tokens, taken } = reading;
  const groups: Group[] = [];
  let open: Group | undefined;
  let afterComma = false;
  tokens.forEach((token, index) => {
    if (taken[index]) {
      open = undefined;
      return;
    }
    // `Acme Co., Ltd` is one name.
    const joins = open && !(afterComma && !legalForm.test(token.text));
    if (token.quoted) {
      groups.push({ tokens: [token], quoted: true });
      open = undefined;
    } else if (open && joins) {
      open.tokens.push(token);
    } else {
      open = { tokens: [token], quoted: false };
      groups.push(open);
    }
    afterComma = token.comma === true;
  });
  return groups;
}

function distribute(reading: Reading, found: Group[], fields: readonly SpecField[]): void {
  const [only, second] = fields;
  if (!only) return;
  if (!second) {
    give(reading, only, found);
    return;
  }
  let groups = found;
  const areRefs = fields.every((field) => field.meta.kind !== 'text' && field.meta.kind !== 'note');
  const [first, ...later] = groups;
  if (first && !first.quoted && first.tokens.length > 1 && groups.length < fields.length) {
    groups = areRefs
      ? splitRefs(reading, first, later, fields.length)
      : isWord(only)
        ? splitAfterFirst(first, later)
        : groups;
  }
  groups = splitHan(groups, fields.length);
  const [alone] = groups;
  if (alone && groups.length === 1 && !alone.quoted && alone.tokens.length > 2 && !isWord(only)) {
    groups = guessSplit(alone);
    reading.unsure = true;
  }
  // Chinese words with a space between them are several things, wherever values stand.
  if (groups.length > 1 && !isWord(only) && groups.some(isSeveralHan)) reading.unsure = true;
  const canSplit = groups.some((group) => !group.quoted && group.tokens.length > 1);
  if (groups.length < fields.length && canSplit) reading.unsure = true;
  if (groups.length > fields.length && !(fields.length === 2 && isWord(only))) reading.unsure = true;
  fields.forEach((field, index) => {
    const isLast = index === fields.length - 1;
    give(reading, field, isLast ? groups.slice(index) : groups.slice(index, index + 1));
  });
}

function isSeveralHan({ tokens, quoted }: Group): boolean {
  return !quoted && tokens.length > 1 && tokens.every(({ text }) => han.test(text));
}

/** Company and person in one run of words: after a legal form, else the last two words are the person's. */
function guessSplit({ tokens }: Group): Group[] {
  const legal = tokens.findLastIndex((token) => legalForm.test(token.text)) + 1;
  const at = legal > 0 && legal < tokens.length ? legal : tokens.length - 2;
  return [
    { tokens: tokens.slice(0, at), quoted: false },
    { tokens: tokens.slice(at), quoted: false },
  ];
}

/** Names a record or person: one word, unless quoted. */
function isWord(field: SpecField): boolean {
  return field.meta.kind === 'ref' || field.meta.kind === 'person';
}

function splitAfterFirst(first: Group, later: Group[]): Group[] {
  return [
    { tokens: first.tokens.slice(0, 1), quoted: false },
    { tokens: first.tokens.slice(1), quoted: false },
    ...later,
  ];
}

/** One word each; with more words than records the last word is the last record, and the person is asked. */
function splitRefs(reading: Reading, first: Group, later: Group[], count: number): Group[] {
  const wanted = count - later.length;
  const { tokens } = first;
  if (tokens.length > wanted) reading.unsure = true;
  const surplus = Math.max(0, tokens.length - wanted);
  const groups = [{ tokens: tokens.slice(0, surplus + 1), quoted: false }];
  for (const token of tokens.slice(surplus + 1)) groups.push({ tokens: [token], quoted: false });
  return [...groups, ...later];
}

/** Chinese names have no spaces: where every word has its field, each word is one. */
function splitHan(groups: Group[], count: number): Group[] {
  const words = groups.reduce((sum, group) => sum + group.tokens.length, 0);
  if (groups.length >= count || words > count) return groups;
  return groups.flatMap((group) =>
    !group.quoted && group.tokens.length > 1 && group.tokens.every((token) => han.test(token.text))
      ? group.tokens.map((token) => ({ tokens: [token], quoted: false }))
      : [group],
  );
}

function give(reading: Reading, field: SpecField, groups: readonly Group[]): void {
  const { value, surplus } = divided(reading, field, groups);
  const named = value.flatMap((group) => group.tokens);
  const isQuoted = value.some((group) => group.quoted);
  const option = field.meta.kind === 'text' && !isQuoted ? trailingOption(reading, named) : 0;
  const tokens = named.slice(0, named.length - option);
  const [first] = tokens;
  const last = tokens.at(-1);
  if (!first || !last) return;
  for (const token of tokens) reading.taken[token.index] = 'other';
  const isRun = value.length === 1 && last.index - first.index === tokens.length - 1;
  const text =
    isRun && !first.quoted ? slice(reading, first, last) : tokens.map((token) => token.text).join(' ');
  const found = field.recogniser.read(withoutArrow(reading, field, text), reading.read, field.meta);
  reading.raw[field.name] = 'value' in found ? found.value : text;
  if (surplus.length > 0)
    leftOver(
      reading,
      surplus.flatMap((group) => group.tokens),
    );
}

/** `给王磊`, `到报价`: Chinese runs the arrow and the name together. A customer may be called that, nobody else. */
function withoutArrow({ spec }: Reading, field: SpecField, text: string): string {
  const isSecond = field.meta.kind === 'ref' && spec.positional.indexOf(field) > 0;
  if (!isSecond && field.meta.kind !== 'person') return text;
  return text.replace(/^(?:转?给|到|至)(?=\p{Script=Han})/u, '');
}

/**
 * What of several groups a field takes: a record or person is one of them, and so is a name that is kept once it
 * stands in quotes. Words without quotes belong together, as do words to look for.
 */
function divided(
  { spec }: Reading,
  field: SpecField,
  groups: readonly Group[],
): { value: readonly Group[]; surplus: readonly Group[] } {
  const quoted = groups.find((group) => group.quoted);
  const isWhole = isWord(field) || (spec.namesAreKept && quoted !== undefined);
  const chosen = quoted ?? groups[0];
  if (groups.length < 2 || !isWhole || !chosen) return { value: groups, surplus: [] };
  return { value: [chosen], surplus: groups.filter((group) => group !== chosen) };
}
