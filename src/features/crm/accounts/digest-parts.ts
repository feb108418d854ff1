import { dotted, record } from '../../../kernel/text.ts';
import {
  countText,
  defineDigestPart,
  figuresOf,
  mostFigureRows,
  namesText,
} from '../../../runtime/digest.ts';
import { t } from './messages.ts';
import { unownedAccounts } from './queries.ts';
import { accountRecord } from './record.ts';

/** Customers of nobody, for who is shown everything; those a team works on are told by its deals. */
const unowned = defineDigestPart({
  kind: 'team',
  section: 'owners',
  order: 10,
  async read(ctx, { owners }) {
    if (!('all' in owners)) return [];
    const found = await unownedAccounts(ctx, mostFigureRows + 1);
    const [first] = found;
    if (!first) return [];
    const count = countText(found);
    return [
      {
        text: dotted(
          t('digest-unowned', { count }),
          namesText(found, ({ number, name }) => record(number, name)),
        ),
        buttons: [
          {
            label: t('digest-assign'),
            press: { a: 'accounts.assign', i: { account: first.number }, form: true },
          },
        ],
        figures: figuresOf({
          name: 'customers-unowned',
          label: t('digest-unowned-label', { count }),
          rows: found.map(({ id }) => ({ kind: accountRecord.kind, id, ownerId: null })),
        }),
      },
    ];
  },
});

export const digestParts = [unowned];
