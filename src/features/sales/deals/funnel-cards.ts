import { count, day, dotted, type Inline, listed, percent, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { stageName } from '../pipelines/api.ts';
import { amountText, isSelling } from './cards.ts';
import { firstLine } from './examples.ts';
import {
  type FunnelFilters,
  type FunnelScope,
  type FunnelView,
  type GroupFigures,
  longAgo,
  type OutcomeView,
  type StageFigures,
} from './funnel-model.ts';
import { barLengths } from './funnel-rules.ts';
import { t } from './messages.ts';
import type { AmountView } from './model.ts';
import { statusTexts } from './words.ts';

const groupsPerPage = 10;
type Input = Record<string, unknown>;

/** The funnel: what is open stage by stage, what was won and lost, and the deals behind each figure. */
export function funnelCard(view: FunnelView, at: PresentContext): Card {
  const title = t('funnel-title', { scope: scopeText(view.scope) });
  const said = filtersText(view.filters);
  const hints = said ? [{ t: 'context', of: said } satisfies Block] : [];
  if (view.scope.isPartial) hints.push({ t: 'context', of: t('partial') });
  if (view.count === 0) return { tone: 'info', title, blocks: [...hints, ...emptyBlocks(view, at)] };
  return {
    tone: 'plain',
    title,
    blocks: [
      ...hints,
      { t: 'rows', rows: [openRow(view)] },
      // Cut another way, the stages would only push the answer down the screen.
      ...(view.by === null || view.by === 'stage' ? stageBlocks(view) : []),
      { t: 'rows', rows: [closedRow(view, 'won'), closedRow(view, 'lost')] },
      ...groupBlocks(view),
      ...moreBlocks(view),
    ],
  };
}

/** Whoever sells is told how to begin, whether or not anything is saved yet; the page has nothing to type into. */
export function emptyBlocks(
  { filters, isSpan, scope }: Pick<FunnelView, 'filters' | 'isSpan' | 'scope'>,
  at: PresentContext,
): Block[] {
  const isFiltered = isSpan || scope.kind === 'person' || scope.kind === 'unit' || filtersText(filters);
  if (isFiltered) return [{ t: 'text', of: t('funnel-none') }];
  const said: Block[] = [{ t: 'text', of: t('funnel-empty') }];
  if (!isSelling(at)) return said;
  if (at.platform !== 'web') said.push({ t: 'text', of: t('funnel-begin', { line: firstLine }) });
  const form = (label: Inline, a: string): Button => ({ label, press: { a, i: {}, form: true } });
  const buttons = [form(t('begin-lead'), 'leads.create'), form(t('new-title'), 'deals.create')];
  return [...said, { t: 'buttons', buttons }];
}

function openRow(view: FunnelView): Row {
  const { openCount, open, weighted, openWithoutAmount } = view;
  const text = dotted(
    strong(t('open-count', { count: openCount })),
    ...open.map(amountText),
    weighted.length > 0 ? t('weighted-is', { amounts: listed(weighted.map(amountText)) }) : undefined,
    openWithoutAmount > 0 ? t('without-amount', { count: openWithoutAmount }) : undefined,
  );
  if (openCount === 0) return { text };
  return { text, buttons: [listButton(t('open-it'), { ...baseInput(view), status: 'open' })] };
}

/** Bars, figures per currency and a way into each stage. */
export function stageBlocks(
  view: Pick<FunnelView, 'openByStage' | 'openCount' | 'filters' | 'period' | 'isSpan'>,
): Block[] {
  const { openByStage, openCount } = view;
  if (openCount === 0) return [];
  const lengths = barLengths(openByStage);
  const blocks: Block[] = [];
  if (openByStage.length > 1) {
    blocks.push({
      t: 'bars',
      title: t('open-by-stage'),
      bars: openByStage.map((figures, index) => ({
        label: stageName(figures.stage),
        value: lengths[index] ?? 0,
        text: dotted(count(figures.count), ...figures.amounts.map(amountText)),
      })),
    });
  }
  blocks.push({
    t: 'table',
    columns: [
      { label: t('stage') },
      { label: t('column-deals'), align: 'right' },
      { label: t('amount'), align: 'right' },
      { label: t('column-weighted'), align: 'right' },
      { label: t('column-moved'), align: 'right' },
    ],
    cells: openByStage.flatMap(stageCells),
  });
  const buttons = openByStage
    .filter((figures) => figures.count > 0)
    .map((figures) =>
      listButton(dotted(stageName(figures.stage), count(figures.count)), {
        ...baseInput(view),
        stage: figures.stage.key,
      }),
    );
  blocks.push({ t: 'buttons', buttons });
  return blocks;
}

/** One line per currency: unlike currencies stand below each other. */
function stageCells({ stage, count: deals, amounts, weighted, movedIn }: StageFigures): Inline[][] {
  const first = [stageName(stage), count(deals)];
  const moved = movedIn > 0 ? `+${movedIn}` : '';
  if (amounts.length === 0) return [[...first, '', '', moved]];
  return amounts.map((amount, index) => {
    const share = weighted.find(({ currency }) => currency === amount.currency);
    const own = index === 0;
    return [
      ...(own ? first : ['', '']),
      amountText(amount),
      share ? amountText(share) : '',
      own ? moved : '',
    ];
  });
}

function closedRow(view: FunnelView, status: 'won' | 'lost'): Row {
  const [deals, amounts, blank] =
    status === 'won' ? [view.wonCount, view.won, 0] : [view.lostCount, view.lost, view.lostWithoutAmount];
  const when = view.isSpan ? periodText(view.period) : t('this-month');
  const text = dotted(
    t(`${status}-count`, { count: deals }),
    ...amounts.map(amountText),
    blank > 0 && amounts.length > 0 ? t('without-amount', { count: blank }) : undefined,
    when,
  );
  if (deals === 0) return { text };
  return { text, buttons: [listButton(t('open-it'), { ...baseInput(view), status })] };
}

export function periodText({ from, to }: { from: string; to: string }): Inline {
  return t('in-period', { from: day(from), to: day(to) });
}

function groupBlocks(view: FunnelView): Block[] {
  const { by, groups, groupCount, page } = view;
  if (by === null || groups.length === 0) return [];
  const pages = Math.ceil(groups.length / groupsPerPage);
  const at = Math.min(page, pages);
  const shown = groups.slice((at - 1) * groupsPerPage, at * groupsPerPage);
  const blocks: Block[] = [
    groupBars(by, shown, view.isSpan),
    { t: 'rows', rows: shown.map((group) => groupRow(view, by, group)) },
  ];
  const input = { ...baseInput(view), by };
  const buttons: Button[] = [];
  if (at > 1) buttons.push(pageButton('deals.pipeline', t('previous'), input, at - 1));
  if (at < pages) buttons.push(pageButton('deals.pipeline', t('next'), input, at + 1));
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  const hidden = groupCount - groups.length;
  if (at === pages && hidden > 0) blocks.push({ t: 'context', of: t('more-groups', { count: hidden }) });
  return blocks;
}

/**
 * How the groups compare: now by what is open, over a period by what was won; in money, or where that has no
 * common length by their number of deals.
 */
function groupBars(
  by: NonNullable<FunnelView['by']>,
  groups: readonly GroupFigures[],
  isSpan: boolean,
): Block {
  const figures = groups.map((group) =>
    isSpan ? { count: group.wonCount, amounts: group.won } : { count: group.openCount, amounts: group.open },
  );
  const lengths = barLengths(figures);
  if (lengths.every((length) => length === 0)) return { t: 'heading', of: t(`by-${by}`) };
  return {
    t: 'bars',
    title: dotted(t(`by-${by}`), isSpan ? statusTexts.won : statusTexts.open),
    bars: groups.map((group, index) => ({
      label: groupName(by, group),
      value: lengths[index] ?? 0,
      text: dotted(count(figures[index]?.count ?? 0), ...(figures[index]?.amounts ?? []).map(amountText)),
    })),
  };
}

function groupName(by: NonNullable<FunnelView['by']>, group: GroupFigures): Inline {
  const name = group.stage ? stageName(group.stage) : (group.name ?? t(`no-${by}`));
  return group.isDirect ? dotted(name, t('without-team')) : name;
}

function groupRow(view: FunnelView, by: NonNullable<FunnelView['by']>, group: GroupFigures): Row {
  const input = { ...baseInput(view), ...groupInput(by, group) };
  const status = group.openCount > 0 ? 'open' : group.wonCount > 0 ? 'won' : 'lost';
  const isListable = group.key !== null || by === 'owner' || by === 'product' || by === 'account';
  return {
    text: strong(groupName(by, group)),
    detail: outcomeText(group),
    ...(isListable ? { buttons: [listButton(t('open-it'), { ...input, status })] } : {}),
  };
}

function outcomeText({ openCount, open, wonCount, won, lostCount }: OutcomeView): Inline {
  return dotted(
    openCount > 0 ? spaced(t('status-open-count', { count: openCount }), open) : undefined,
    wonCount > 0 ? spaced(t('won-count', { count: wonCount }), won) : undefined,
    lostCount > 0 ? t('lost-count', { count: lostCount }) : undefined,
  );
}

function spaced(label: Inline, amounts: readonly AmountView[]): Inline {
  if (amounts.length === 0) return label;
  return { t: 'seq', of: [label, listed(amounts.map(amountText))], separator: ' ' };
}

/** What narrows the list to one group. */
function groupInput(by: NonNullable<FunnelView['by']>, { key, isDirect }: GroupFigures): Input {
  switch (by) {
    case 'group':
    case 'region':
      return key === null ? {} : { group: key, ...(isDirect ? { direct: true } : {}) };
    case 'stage':
      return { stage: key };
    case 'owner':
    case 'product':
    case 'account':
      return key === null ? { without: [by] } : { [by]: key };
    default:
      return by satisfies never;
  }
}

/** Other cuts of the same figures. */
function moreBlocks(view: FunnelView): Block[] {
  const cuts = (['stage', 'owner', 'group', 'product', 'account'] as const).filter(
    (by) => by !== view.by && (by !== 'stage' || view.by !== null),
  );
  const input = baseInput(view);
  const buttons = cuts.map((by) => ({
    label: t(`by-${by}`),
    press: { a: 'deals.pipeline', i: { ...input, by } },
  }));
  return [{ t: 'buttons', buttons }];
}

/** The filters as input again, so that lists and pages are about the same deals. */
export function baseInput({
  filters,
  period,
  isSpan,
}: Pick<FunnelView, 'filters' | 'period' | 'isSpan'>): Input {
  const { owner, group, isDirect, stage, product, account, without, closing, likelyBasisPoints } = filters;
  const all = {
    owner: owner?.memberId,
    group,
    direct: isDirect || undefined,
    stage: stage?.key,
    product,
    account: account?.number,
    without: without.length > 0 ? without : undefined,
    closing,
    likely: likelyBasisPoints,
    span: isSpan ? period : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null));
}

export function listButton(label: Inline, input: Input): Button {
  return { label, press: { a: 'deals.list', i: input } };
}

export function pageButton(action: string, label: Inline, input: Input, page: number): Button {
  return { label, press: { a: action, i: { ...input, page } } };
}

export function scopeText({ kind, name }: FunnelScope): Inline {
  switch (kind) {
    case 'all':
      return t('scope-all');
    case 'own':
      return t('scope-own');
    case 'team':
      return name === null ? t('scope-team') : t('scope-team-named', { name });
    case 'below':
      return name === null ? t('scope-below') : t('scope-below-named', { name });
    case 'person':
    case 'unit':
      return name ?? '';
    default:
      return kind satisfies never;
  }
}

/** What the figures are narrowed to besides people. */
export function filtersText(filters: FunnelFilters): Inline | undefined {
  const { stage, product, account, without, closing, likelyBasisPoints } = filters;
  const parts = [
    stage ? t('stage-is', { stage: stageName(stage) }) : undefined,
    product ?? undefined,
    account ? dotted(account.number, account.name) : undefined,
    ...without.map((blank) => t(`no-${blank}`)),
    closing ? closingText(closing) : undefined,
    likelyBasisPoints === null ? undefined : t('likely-from', { likely: percent(likelyBasisPoints) }),
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? dotted(...parts) : undefined;
}

function closingText({ from, to }: { from: string; to: string }): Inline {
  return from <= longAgo
    ? t('closing-until', { to: day(to) })
    : t('closing-in', { from: day(from), to: day(to) });
}
