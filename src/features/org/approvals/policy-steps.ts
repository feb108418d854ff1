import { AppError } from '../../../kernel/errors.ts';
import { code, type Inline, listed } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { readMember, withRole } from '../members/api.ts';
import { t } from './messages.ts';
import type { Part } from './model.ts';
import type { PolicyStep } from './policy.ts';
import { mayDecide } from './routing.ts';

const mostSteps = 5;
const mostParts = 5;
/** Twice what the field takes: what is longer is refused before any pattern looks at it. */
const mostCharacters = 400;

const nobodyWords = new Set(['nobody', 'none', 'no one', '无', '无需', '无需审批', '免审']);

const wordParts: Readonly<Record<string, Part>> = {
  manager: { who: 'manager' },
  'their manager': { who: 'manager' },
  主管: { who: 'manager' },
  销售主管: { who: 'manager' },
  其销售主管: { who: 'manager' },
  'any manager': { who: 'role', role: 'manager' },
  'a manager': { who: 'role', role: 'manager' },
  managers: { who: 'role', role: 'manager' },
  任一主管: { who: 'role', role: 'manager' },
  任一销售主管: { who: 'role', role: 'manager' },
  finance: { who: 'role', role: 'finance' },
  财务: { who: 'role', role: 'finance' },
};

/**
 * A text of steps, split: one after the other by commas; in each, all of (`+`) or any of (`/`). Throws AppError
 * `invalid_input` for a text that is too long.
 */
export function splitSteps(text: string): { need: 'any' | 'all' | 'both'; words: string[] }[] {
  if (text.length > mostCharacters) throw tooMany();
  // Without the spaces around them: patterns that take those too look at every space again and again.
  return partsOf(text.normalize('NFKC'), /,\s*then\b|[,、;→]|->|\bthen\b|然后|之后|再/iu).map((step) => {
    const hasAll = /\+|&|\band\b|和|与/iu.test(step);
    const hasAny = /\/|\||\bor\b|或/iu.test(step);
    const words = partsOf(step, /[+&/|和与或]|\band\b|\bor\b/iu);
    return { need: hasAll && hasAny ? 'both' : hasAll ? 'all' : 'any', words };
  });
}

function partsOf(text: string, between: RegExp): string[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * Reads `manager, finance`, `manager + finance`, `@chen / @tom`, `nobody`. Throws AppError `invalid_input` for what
 * is no one who decides.
 */
export async function readSteps(ctx: Ctx, text: string): Promise<PolicyStep[]> {
  const split = splitSteps(text);
  const [first, second] = split;
  if (!first) throw refused(t('steps-missing'));
  if (!second && nobodyWords.has(first.words.join(' ').toLowerCase())) return [];
  if (split.length > mostSteps || split.some(({ words }) => words.length > mostParts)) throw tooMany();
  const steps: PolicyStep[] = [];
  for (const { need, words } of split) {
    if (need === 'both') throw refused(t('steps-mixed', { text: code(words.join(' ').slice(0, 60)) }));
    const parts: Part[] = [];
    for (const word of words) parts.push(await partOf(ctx, word));
    steps.push({ need, parts });
  }
  return steps;
}

async function partOf(ctx: Ctx, word: string): Promise<Part> {
  const known = Object.hasOwn(wordParts, word.toLowerCase()) ? wordParts[word.toLowerCase()] : undefined;
  if (known) return known;
  if (!/^[@<]/.test(word)) throw refused(t('steps-unknown', { text: code(word.slice(0, 60)) }));
  const { id, label } = await ctx.resolve(['member'], word);
  const member = await readMember(ctx, id);
  if (member?.status === 'active' && mayDecide(member.roles)) return { who: 'member', memberId: id };
  const deciders = [...(await withRole(ctx, 'manager', 4)), ...(await withRole(ctx, 'finance', 4))];
  throw refused(t('not-decider', { name: label, people: listed(deciders.map(({ name }) => name)) }));
}

function tooMany(): AppError {
  return refused(t('steps-too-many', { steps: mostSteps }));
}

function refused(message: Inline): AppError {
  return new AppError('invalid_input', message, { fields: [{ field: 'steps', message }] });
}
