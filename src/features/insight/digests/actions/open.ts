import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { isUuid } from '../../../../kernel/ids.ts';
import { command, type Inline } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { type DigestRow, digestKinds } from '../../../../runtime/digest.ts';
import { personDestination } from '../../../../store/schedules.ts';
import { openedCard } from '../cards.ts';
import { figureFor } from '../figure.ts';
import { t } from '../messages.ts';
import { figureOpened } from '../model.ts';
import { type AskedPreview, composeAsked } from '../preview.ts';
import { keptFigure, keptRun } from '../queries.ts';

/** What a number of a digest opens: its records as they counted, those the reader may see. */
export const open = defineAction({
  name: 'digests.open',
  title: t('open-title'),
  summary: t('open-summary'),
  effect: 'read',
  input: z.strictObject({
    run: f.text(t('run')).optional(),
    figure: f.text(t('figure')),
    digest: f.text(t('digest')).optional(),
    kind: f
      .oneOf(
        t('kind'),
        digestKinds.map((value) => ({ value, label: t(`kind-${value}`) })),
      )
      .optional(),
    group: f.ref('unit', t('group')).optional(),
    on: f.day(t('on'), { past: true, yearsAhead: 1 }).optional(),
    page: f.number(t('page'), { min: 1, max: 2000 }).optional(),
  }),
  output: figureOpened,
  roles: internalRoles,
  form: 'never',
  hidden: ['page', 'digest'],
  example: { as: 'manager', input: { kind: 'team', figure: 'at-risk' } },

  async run(ctx, { run, figure, page = 1, ...asked }) {
    const found =
      run === undefined ? await liveFigure(ctx, asked, figure) : await sentFigure(ctx, run, figure);
    const { group, ...rest } = asked;
    const again = { run, figure, ...rest, group: group?.key };
    return figureFor(ctx, found, {
      figure,
      asked: Object.fromEntries(Object.entries(again).filter(([, value]) => value !== undefined)),
      page,
    });
  },
  present: openedCard,
});

interface Found {
  label: Inline;
  rows: DigestRow[];
  asOf: string;
}

async function sentFigure(ctx: Ctx, runId: string, name: string): Promise<Found> {
  const [kept, figure] = isUuid(runId)
    ? await Promise.all([keptRun(ctx, runId), keptFigure(ctx, runId, name)])
    : [undefined, undefined];
  if (!kept || !isFor(ctx, kept.key))
    throw new AppError('not_found', t('list-gone', { line: command('digest preview', '简报 预览') }));
  if (!figure) throw new AppError('not_found', t('no-figure'));
  return { ...figure, asOf: kept.asOf.toISOString() };
}

/** What came in a direct message is for whoever got it. */
function isFor({ actor }: Ctx, key: string): boolean {
  const [, destination = ''] = key.split(' ');
  if (destination.startsWith('channel:') || actor.kind !== 'member') return true;
  return destination === personDestination(actor.memberId);
}

async function liveFigure(ctx: Ctx, asked: AskedPreview, name: string): Promise<Found> {
  const { composed } = await composeAsked(ctx, asked);
  const figure = composed.figures.get(name);
  if (!figure) throw new AppError('not_found', t('no-figure'));
  return { label: figure.label, rows: figure.rows, asOf: composed.said.asOf };
}
