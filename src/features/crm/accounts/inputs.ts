import { AppError } from '../../../kernel/errors.ts';
import { f } from '../../../kernel/fields.ts';
import { code } from '../../../kernel/text.ts';
import { t } from './messages.ts';
import { domainOf } from './rules.ts';
import { classByTexts, classTexts, relationshipTexts, salesStateTexts } from './words.ts';

const classOptions = [
  { value: 'A', label: classTexts.A, words: ['a'] },
  { value: 'B', label: classTexts.B, words: ['b'] },
  { value: 'C', label: classTexts.C, words: ['c'] },
] as const;

export const classField = () => f.oneOf(t('class'), classOptions);

/** A class, or that the rule decides on it from now on. */
export const classOrRuleField = () =>
  f.oneOf(t('class'), [
    ...classOptions,
    { value: 'auto', label: classByTexts.rule, words: ['auto', 'rule', '自动', '按规则'] },
  ]);

export const relationshipField = () =>
  f.oneOf(t('relationship'), [
    { value: 'potential', label: relationshipTexts.potential, words: ['潜在'] },
    { value: 'target', label: relationshipTexts.target, words: ['目标'] },
    { value: 'actual', label: relationshipTexts.actual, words: ['实际'] },
    { value: 'loyal', label: relationshipTexts.loyal, words: ['忠实'] },
    { value: 'lost', label: relationshipTexts.lost, words: ['流失'] },
  ]);

/** Only what is said before there is a deal: from then on the state follows the deals. */
export const salesStateField = () =>
  f.oneOf(t('sales-state'), [
    { value: 'to-identify', label: salesStateTexts['to-identify'], words: ['待识别'] },
    { value: 'potential', label: salesStateTexts.potential, words: ['待培育'] },
  ]);

/** The domain somebody typed, as a web or e-mail address perhaps. Throws AppError `invalid_input`. */
export function readDomain(text: string): string {
  const domain = domainOf(text);
  if (domain !== undefined) return domain;
  const message = t('bad-domain', { text, example: code('acme.example') });
  throw new AppError('invalid_input', message, { fields: [{ field: 'domain', message }] });
}
