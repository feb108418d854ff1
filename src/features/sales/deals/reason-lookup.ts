import type { Locale } from '../../../kernel/text.ts';
import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { t } from './messages.ts';
import { ownReasons } from './reason-queries.ts';
import { isReasonCode, type ReasonCode, reasonCodes, reasonKey, reasonOf } from './rules.ts';

/** Why deals are won and lost, for forms: the usual reasons, those people here wrote before, and what is typed. */
export const reasonLookup = defineLookup({
  kind: 'reason',
  label: t('reason'),
  async resolve(ctx, text) {
    const code = reasonOf(text);
    return isReasonCode(code) ? [usual(code, ctx.read.locale)] : [];
  },
  async search(ctx, query, limit) {
    const typed = query.trim();
    const key = reasonKey(typed);
    const { locale } = ctx.read;
    const codes = reasonCodes.filter((code) => code === reasonOf(typed) || isLike(usual(code, locale), key));
    const own = (await ownReasons(ctx, key, limit)).map(inOwnWords);
    const found = [...codes.map((code) => usual(code, locale)), ...own];
    const isNew =
      typed !== '' && !found.some(({ ref }) => reasonKey(ref.label) === key || ref.id === reasonOf(typed));
    // What was typed is among the choices however many there are: any reason will do.
    return isNew ? [...found.slice(0, limit - 1), inOwnWords(typed)] : found.slice(0, limit);
  },
});

/** Its key is what the reader would type for it. */
function usual(code: ReasonCode, locale: Locale): LookupOption {
  const label = t.messages[locale][`reason-${code}`] ?? code;
  return { ref: { kind: 'reason', id: code, key: reasonOf(label) === code ? label : code, label } };
}

function inOwnWords(reason: string): LookupOption {
  return { ref: { kind: 'reason', id: reason, key: reason, label: reason } };
}

function isLike({ ref }: LookupOption, key: string): boolean {
  return [ref.id, ref.label].some((text) => reasonKey(text).includes(key));
}
