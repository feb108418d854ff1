import { formatNumber } from '../../../kernel/ids.ts';
import { day, dotted, type Inline, listed, money, record } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import {
  countText,
  type DigestFigure,
  type DigestLine,
  type DigestScope,
  defineDigestPart,
  figuresOf,
  mostNames,
  namesText,
} from '../../../runtime/digest.ts';
import type { Button } from '../../../view/card.ts';
import { memberNames } from '../../org/members/api.ts';
import { allStages, stageName, stagesOf } from '../pipelines/api.ts';
import { openButton } from './cards.ts';
import {
  type ListedDeal,
  riskyDeals,
  type TouchedDeal,
  touchedDeals,
  unownedCustomers,
  unownedDeals,
} from './digest-queries.ts';
import {
  largestFirst,
  type Movements,
  movementsOf,
  pushesAtRisk,
  type Risk,
  risksOf,
  stuckBefore,
} from './digest-rules.ts';
import { dealRow, dealText, sumsText } from './digest-words.ts';
import { t } from './messages.ts';
import { reasonText } from './words.ts';

/** Further deals at risk told in the thread; beyond them the list is shorter to read. */
const risksInThread = 6;

function figure(name: string, label: Inline, deals: readonly ListedDeal[]): DigestFigure[] {
  return figuresOf({ name, label, rows: deals.map(dealRow) });
}

const numberText = ({ number }: Pick<ListedDeal, 'number'>): string => formatNumber('deal', number);

/** Open deals nobody owns; they are nobody's team's, so only who is shown everything is told. */
const unowned = defineDigestPart({
  kind: 'team',
  section: 'decide',
  order: 40,
  async read(ctx, { owners }) {
    if (!('all' in owners)) return [];
    const found = largestFirst(await unownedDeals(ctx), ctx.org.currency);
    const [first] = found;
    if (!first) return [];
    const head = t('digest-unowned', { count: countText(found) });
    return [
      {
        text: dotted(head, sumsText(found), namesText(found, dealText)),
        buttons: [
          {
            label: t('digest-assign'),
            press: { a: 'deals.assign', i: { deal: numberText(first) }, form: true },
          },
        ],
        figures: figure('deals-unowned', head, found),
      },
    ];
  },
});

/** One line per deal with everything that is wrong with it, under what they come to together. */
const risk = defineDigestPart({
  kind: 'team',
  section: 'risk',
  order: 10,
  async read(ctx, scope) {
    const stages = await stagesOf(ctx);
    const found = await riskyDeals(ctx, scope.owners, {
      stuckBefore: stuckBefore(stages, scope),
      pushes: pushesAtRisk,
      on: scope.on,
    });
    if (found.length === 0) return [];
    const head = t('digest-at-risk', { count: countText(found) });
    const lines = largestFirst(found, ctx.org.currency)
      .slice(0, mostNames + risksInThread)
      .map((deal, index): DigestLine => {
        const risks = listed(risksOf(deal, stages, scope).map(riskText));
        return {
          text: t('digest-risk', { deal: withAmount(deal), risks }),
          record: { kind: 'deal', id: deal.id },
          buttons: [stepButton(deal), openButton({ number: numberText(deal) })],
          ...(index < mostNames ? {} : { inThread: true as const }),
        };
      });
    return [{ text: dotted(head, sumsText(found)), figures: figure('at-risk', head, found) }, ...lines];
  },
});

function riskText(one: Risk): Inline {
  switch (one.is) {
    case 'stuck':
      return t('digest-stuck', {
        stage: stageName(one.stage),
        days: one.days,
        normal: one.stage.normalDays,
      });
    case 'pushed':
      return t('pushed', { count: one.count });
    case 'close-past':
      return t('digest-close-past', { on: day(one.on) });
    case 'one-contact':
      return t('digest-one-contact');
    default:
      return one satisfies never;
  }
}

function withAmount(deal: ListedDeal): Inline {
  const { amountMinor, currency } = deal;
  if (amountMinor === null || currency === null) return dealText(deal);
  return { t: 'seq', of: [dealText(deal), money({ amountMinor, currency })], separator: ' ' };
}

function stepButton(deal: ListedDeal): Button {
  return {
    label: t('next-step'),
    press: { a: 'next-steps.set', i: { subject: numberText(deal) }, form: true },
  };
}

/** What happened since the last digest. */
const changed = defineDigestPart({
  kind: 'team',
  section: 'changed',
  order: 10,
  async read(ctx, scope) {
    const [touched, stages] = await Promise.all([
      touchedDeals(ctx, scope.owners, scope.since),
      allStages(ctx),
    ]);
    const movements = movementsOf(touched, stages);
    const named = [...movements.created.slice(0, mostNames), ...movements.won.slice(0, mostNames)];
    const owners = await memberNames(
      ctx,
      named.map(({ ownerId }) => ownerId),
    );
    return changedLines(movements, owners);
  },
});

function changedLines(
  { created, won, lost, slipped, movedBack }: Movements,
  owners: ReadonlyMap<string, string>,
): DigestLine[] {
  const withOwner = (deal: ListedDeal): Inline => {
    const owner = deal.ownerId === null ? undefined : owners.get(deal.ownerId);
    return owner === undefined ? dealText(deal) : t('digest-why', { deal: dealText(deal), why: owner });
  };
  return [
    ...movement('new', created, withOwner),
    ...movement('won', won, withOwner),
    ...movement('lost', lost, withReason),
    ...movement('slipped', slipped, dealText),
    ...movement('moved-back', movedBack, (deal) =>
      t('digest-why', {
        deal: dealText(deal),
        why: t('from-to', { before: stageName(deal.from), after: stageName(deal.to) }),
      }),
    ),
  ];
}

function movement<D extends TouchedDeal>(
  name: 'new' | 'won' | 'lost' | 'slipped' | 'moved-back',
  found: readonly D[],
  nameOf: (deal: D) => Inline,
): DigestLine[] {
  if (found.length === 0) return [];
  const head = t(`digest-${name}`, { count: countText(found) });
  return [
    { text: dotted(head, sumsText(found), namesText(found, nameOf)), figures: figure(name, head, found) },
  ];
}

function withReason({ reason, rival, ...deal }: TouchedDeal): Inline {
  const why = [reason === null ? undefined : reasonText(reason), rival ?? undefined].filter(
    (part) => part !== undefined,
  );
  if (why.length === 0) return dealText(deal);
  return t('digest-why', { deal: dealText(deal), why: { t: 'seq', of: why, separator: '/' } });
}

/** Customers of nobody a team works on; for everybody's the customers say it themselves. */
const unownedAccounts = defineDigestPart({
  kind: 'team',
  section: 'owners',
  order: 20,
  read: readUnownedAccounts,
});

async function readUnownedAccounts(ctx: Ctx, { owners }: DigestScope): Promise<DigestLine[]> {
  if ('all' in owners) return [];
  const found = await unownedCustomers(ctx, owners.memberIds);
  if (found.length === 0) return [];
  const count = countText(found);
  const named = found.map(({ number, ...one }) => ({ ...one, number: formatNumber('account', number) }));
  const [first] = named;
  return [
    {
      text: dotted(
        t('digest-customers', { count }),
        namesText(named, ({ number, name }) => record(number, name)),
      ),
      buttons: first
        ? [
            {
              label: t('digest-assign'),
              press: { a: 'accounts.assign', i: { account: first.number }, form: true },
            },
          ]
        : [],
      figures: figuresOf({
        name: 'customers-unowned',
        label: t('digest-customers-label', { count }),
        rows: found.map(({ id }) => ({ kind: 'account', id, ownerId: null })),
      }),
    },
  ];
}

export const digestParts = [unowned, risk, changed, unownedAccounts];
