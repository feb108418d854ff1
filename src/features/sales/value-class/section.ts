import { dotted, listed, money, strong } from '../../../kernel/text.ts';
import type { RecordSection } from '../../../runtime/feature.ts';
import { liveRule } from './inputs.ts';
import { t } from './messages.ts';
import { standingOf } from './queries.ts';

/** On the card of a customer: the won value its class goes by. Without a rule there is nothing to tell. */
export const standingOnCard: RecordSection = {
  kind: 'account',
  order: 5,
  async blocks(ctx, id) {
    const rule = await liveRule(ctx);
    const standing = rule && (await standingOf(ctx, id));
    if (!rule || !standing) return [];
    const { won, by, valueClass } = standing;
    const counted = won.find(({ currency }) => currency === rule.currency);
    const others = won.filter(({ currency }) => currency !== rule.currency);
    // Nobody needs to be told of every prospect that it bought nothing.
    if (won.length === 0 && valueClass === null) return [];
    const minor = counted?.amountMinor ?? 0n;
    const wonText = t('won-in-12-months', { amount: money({ amountMinor: minor, currency: rule.currency }) });
    const text = dotted(
      by === 'rule' && valueClass !== null ? strong(valueClass) : undefined,
      wonText,
      others.length > 0 ? t('not-counted', { amounts: listed(others.map(money)) }) : undefined,
    );
    return [{ t: 'context', of: text }];
  },
};
