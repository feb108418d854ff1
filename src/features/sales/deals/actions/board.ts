import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { readMember, visibleOwners } from '../../../org/members/api.ts';
import { stagesOf } from '../../pipelines/api.ts';
import { boardCard } from '../board-card.ts';
import { boardView, whoseDeals } from '../board-model.ts';
import { type BoardFilter, countBoard, pageOfBoard } from '../board-queries.ts';
import { type FilterInput, filterOf, filtersSaid } from '../funnel-input.ts';
import { stageFiguresOf } from '../funnel-rules.ts';
import { type Scope, scopeOf } from '../funnel-scope.ts';
import { t } from '../messages.ts';
import { isStuck } from '../rules.ts';

const perStage = 50;
const weekMs = 7 * 86_400_000;

const whoseTexts = { mine: t('whose-mine'), team: t('whose-team'), all: t('whose-all') };

/** The board of the web page. Costs what is open now, however much has been closed. */
export const board = defineAction({
  name: 'deals.board',
  title: t('board-title'),
  summary: t('board-summary'),
  effect: 'read',
  input: z.strictObject({
    whose: f
      .oneOf(
        t('whose'),
        whoseDeals.map((value) => ({ value, label: whoseTexts[value] })),
      )
      .optional(),
    owner: f.person(t('owner')).optional(),
    group: f.ref('unit', t('group')).optional(),
    search: f.text(t('board-search')).optional(),
    stage: f.ref('stage', t('stage')).optional(),
    page: f.number(t('page'), { min: 1, max: 1000 }).optional(),
  }),
  output: boardView,
  roles: internalRoles,
  form: 'never',
  example: { as: 'rep', input: {} },

  async run(ctx, { whose = 'team', search, page = 1, ...asked }) {
    const input = whose === 'mine' && !asked.owner ? { ...asked, owner: await myself(ctx) } : asked;
    const { owners, scope } = await ownersOf(ctx, whose, input);
    const today = dayIn(ctx.now, ctx.read.timeZone);
    const [visible, all] = await Promise.all([visibleOwners(ctx), stagesOf(ctx)]);
    const shown = input.stage ? all.filter(({ id }) => id === input.stage?.id) : all;
    const about: BoardFilter = { filter: filterOf(input, owners, today), search, visible };
    const [{ seen, restricted }, deals, filters] = await Promise.all([
      countBoard(ctx, about, new Date(ctx.now.getTime() - weekMs)),
      pageOfBoard(ctx, about, { perStage, page, stages: all.length }),
      filtersSaid(ctx, input, all),
    ]);
    const { openByStage } = stageFiguresOf(shown, seen);
    const stages = openByStage.map((figures, index) => {
      const hidden = restricted.get(shown[index]?.id ?? '') ?? 0;
      const own = deals.filter(({ stage }) => stage.key === figures.stage.key);
      return {
        ...figures,
        total: figures.count + hidden,
        restricted: hidden,
        deals: own.map((deal) => ({
          ...deal,
          isStuck: isStuck(deal.daysInStage, deal.stage.normalDays),
          isLate: deal.closeOn !== null && deal.closeOn < today,
        })),
      };
    });
    return {
      scope,
      filters,
      search: search ?? null,
      seesAll: 'all' in visible,
      count: stages.reduce((sum, { total }) => sum + total, 0),
      stages,
      page,
    };
  },
  present: boardCard,
});

async function myself(ctx: Ctx) {
  const { memberId } = memberOf(ctx);
  const name = (await readMember(ctx, memberId))?.name ?? '';
  return { kind: 'member', id: memberId, key: memberId, label: name };
}

/** Everybody's deals are for everybody to see, though not in full. */
async function ownersOf(ctx: Ctx, whose: (typeof whoseDeals)[number], input: FilterInput): Promise<Scope> {
  if (whose === 'all' && !input.owner && !input.group) {
    return { owners: { all: true }, scope: { kind: 'all', name: null, isPartial: false } };
  }
  const found = await scopeOf(ctx, input);
  return whose === 'mine' && input.owner?.id === memberOf(ctx).memberId
    ? { ...found, scope: { kind: 'own', name: null, isPartial: false } }
    : found;
}
