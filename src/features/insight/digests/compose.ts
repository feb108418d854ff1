import type { ScheduleRule } from '../../../kernel/schedule.ts';
import { dotted, type Inline, listed, money } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type {
  DigestFigure,
  DigestKind,
  DigestLine,
  DigestScope,
  DigestSection,
} from '../../../runtime/digest.ts';
import { countStages, type FunnelScope, stageFiguresOf } from '../../sales/deals/api.ts';
import { stageName, stagesOf } from '../../sales/pipelines/api.ts';
import { t } from './messages.ts';
import type { DigestSaid, Stands } from './model.ts';
import { figuresIn, sectionsOf } from './rules.ts';
import type { Whose } from './scope.ts';

export interface Wanted extends Whose {
  kind: DigestKind;
  /** Who set it up, where somebody else reads it. */
  setterName?: string | undefined;
  /** Of a morning list: whose. */
  memberId: string | undefined;
  /** The channel it goes to. */
  channelId?: string | undefined;
  on: string;
  timeZone: string;
  now: Date;
  since: Date;
  /** What the last one at the same place kept to be compared with. */
  stood?: Stands | null | undefined;
}

/** What a digest says, and the records behind its numbers. */
export interface Composed {
  said: DigestSaid;
  figures: Map<string, DigestFigure>;
  stands: Stands;
  isEmpty: boolean;
}

const dayMs = 86_400_000;

/** Since when changes are told where no digest came before. */
export function dayBefore(now: Date): Date {
  return new Date(now.getTime() - dayMs);
}

/** Asks every feature for its lines. `ctx` is that of whoever set the digest up. */
export async function compose(ctx: Ctx, wanted: Wanted): Promise<Composed> {
  const { kind, owners, memberId, channelId, on, timeZone, now, since } = wanted;
  const of = countedOf(ctx, wanted);
  const stood = wanted.stood?.of === of ? wanted.stood.figures : undefined;
  const scope: DigestScope = { kind, owners, memberId, channelId, on, timeZone, now, since, stood };
  const [read, funnel] = await Promise.all([
    Promise.all(
      ctx.catalog
        .digestParts(kind)
        .map(async (part) => ({ section: part.section, lines: await part.read(ctx, scope) })),
    ),
    kind === 'team' ? funnelOf(ctx, scope) : [],
  ]);
  const told = read.filter(({ lines }) => lines.length > 0);
  const figures = figuresIn(told);
  return {
    said: {
      runId: null,
      kind,
      scopeName: kind === 'morning' ? null : nameOf(wanted.scope, wanted.setterName ?? nameOfActor(ctx)),
      ...(wanted.scope.isPartial ? { isPartial: true as const } : {}),
      greeting: kind === 'morning' ? greetingOf(ctx, told, figures) : null,
      on,
      asOf: now.toISOString(),
      isLate: false,
      since: null,
      sections: sectionsOf(told),
      funnel: funnel.length > 1 ? funnel : [],
      isCalm: kind === 'team' && told.every(({ section }) => section !== 'risk'),
      rule: null,
      setBy: null,
    },
    figures,
    stands: { of, figures: Object.assign({}, ...told.flatMap(({ lines }) => lines.map(standsOf))) },
    isEmpty: told.length === 0,
  };
}

const standsOf = ({ stands }: DigestLine) => stands ?? {};

/** Whose records count, so that a change of that is no change of a number. */
function countedOf(ctx: Ctx, { scope, setterName, memberId }: Wanted): string {
  const { kind, name, isPartial } = scope;
  const whose = name ?? (kind === 'all' ? null : (setterName ?? nameOfActor(ctx)));
  return JSON.stringify([kind, whose, memberId ?? null, isPartial]);
}

/** As it stands in titles, whoever reads them; `null`: everybody. */
export function nameOf({ kind, name }: FunnelScope, setter: string): Inline | null {
  if (kind === 'all') return null;
  if (name === null) return t('people-of', { name: setter });
  return kind === 'team' ? t('team-of', { name }) : name;
}

function nameOfActor({ actor }: Pick<Ctx, 'actor'>): string {
  return actor.kind === 'member' ? actor.name : '';
}

function greetingOf(
  ctx: Ctx,
  told: readonly { section: DigestSection; lines: readonly { record?: unknown }[] }[],
  figures: ReadonlyMap<string, DigestFigure>,
): DigestSaid['greeting'] {
  const count = (name: string) => figures.get(name)?.rows.length ?? 0;
  const clocks = told
    .filter(({ section }) => section === 'clocks')
    .flatMap(({ lines }) => lines)
    .filter(({ record }) => record !== undefined).length;
  const todo = count('overdue') + count('today') + count('approvals-on-me');
  return { name: nameOfActor(ctx), todo, clocks };
}

/** Open deals by stage, for a chart. */
async function funnelOf(ctx: Ctx, { owners, on, now }: DigestScope): Promise<DigestSaid['funnel']> {
  const of = 'all' in owners ? owners : { ids: owners.memberIds, orNobody: false };
  const filter = { owners: of, without: [], period: { from: on, to: on }, isSpan: false };
  const [stages, rows] = await Promise.all([stagesOf(ctx), countStages(ctx, filter, now)]);
  return stageFiguresOf(stages, rows)
    .openByStage.filter(({ count }) => count > 0)
    .map(({ stage, count, amounts }) => ({
      label: stageName(stage),
      value: count,
      text: dotted(
        t('funnel-text', { count }),
        amounts.length === 0
          ? undefined
          : listed(
              amounts.map(({ amountMinor, currency }) =>
                money({ amountMinor: BigInt(amountMinor), currency }),
              ),
            ),
      ),
    }));
}

/** What stands at the foot: how often it comes and whose it is. */
export function signed(
  { said, ...rest }: Composed,
  by: { rule: ScheduleRule; setBy: string | null; isLate: boolean; since: Date | null; runId: string },
): Composed {
  const { rule, setBy, isLate, since, runId } = by;
  return { ...rest, said: { ...said, runId, rule, setBy, isLate, since: since?.toISOString() ?? null } };
}
