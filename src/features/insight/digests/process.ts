import { day, listed } from '../../../kernel/text.ts';
import { type DigestLine, defineDigestPart, mostNames } from '../../../runtime/digest.ts';
import { deciderHints, hintText, processFigures, processText } from '../metrics/api.ts';
import { t } from './messages.ts';
import { weekTo } from './words.ts';

/** The week's rates beside the own average, whom to ask what, and who has logged nothing. Nobody is ranked. */
export const processPart = defineDigestPart({
  kind: 'process',
  section: 'month',
  order: 10,
  async read(ctx, { owners, on, timeZone }) {
    const period = weekTo(on);
    const whose = 'all' in owners ? owners : { ids: owners.memberIds };
    const { total, people } = await processFigures(ctx, { whose, period, timeZone });
    const text = processText(total);
    if (!text) return [];
    const hints = await deciderHints(ctx, people, { period, timeZone });
    const days = t('from-to', { from: day(period.from), to: day(period.to) });
    const lines: DigestLine[] = [
      {
        text: t('process-line', { period: days, text }),
        buttons: [{ label: t('by-person'), press: { a: 'metrics.show', i: { period } } }],
      },
      ...hints.map(
        (hint): DigestLine => ({
          text: hintText(hint),
          buttons: hint.accounts
            .slice(0, 2)
            .map(({ number }) => ({ label: number, press: { a: 'accounts.show', i: { account: number } } })),
        }),
      ),
    ];
    const idle = people.flatMap(({ name, figures }) =>
      name !== null && !processText(figures) ? [name] : [],
    );
    if (idle.length > 0) {
      const shown = idle.slice(0, mostNames);
      const more = idle.length - shown.length;
      lines.push({ text: t('process-idle', { people: listed(more > 0 ? [...shown, `+${more}`] : shown) }) });
    }
    return lines;
  },
});
