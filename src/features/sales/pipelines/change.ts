import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { code, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import { moveOpenDeals } from '../deals/api.ts';
import { stageName, stagesOf, viewOf } from './api.ts';
import { examples } from './line.ts';
import { t } from './messages.ts';
import type { ChangeKind, StageChange } from './model.ts';
import { liveStages, openDealsIn, stageByKey, toStage } from './queries.ts';
import { type StageRow, stageRecord } from './record.ts';
import { placeOf, stageKey, stagesNamed } from './rules.ts';

export interface PipelineChange {
  change: ChangeKind;
  stage: string;
  name?: string | undefined;
  zh?: string | undefined;
  probability?: number | undefined;
  days?: number | undefined;
  after?: Ref | undefined;
  before?: Ref | undefined;
  to?: Ref | undefined;
}

type Outcome = Omit<StageChange, 'change' | 'stages'>;

/** Adds, changes, renames or removes a stage. Throws AppError. */
export async function changePipeline(ctx: Ctx, wanted: PipelineChange): Promise<StageChange> {
  const rows = await liveStages(ctx);
  const done =
    wanted.change === 'add'
      ? await add(ctx, rows, wanted)
      : await changeExisting(ctx, rows, existing(rows, wanted.stage), wanted);
  return { change: wanted.change, ...done, stages: (await stagesOf(ctx)).map(viewOf) };
}

function existing(rows: readonly StageRow[], text: string): StageRow {
  const [found, more] = stagesNamed(rows.map(toStage), text);
  const row = rows.find(({ id }) => id === found?.id);
  if (row && !more) return row;
  const message = t('no-such-stage', {
    text: strong(text),
    stages: rows.map(({ nameKey }) => nameKey).join(', '),
  });
  throw new AppError('not_found', message, { fields: [{ field: 'stage', message }] });
}

async function add(ctx: Ctx, rows: StageRow[], wanted: PipelineChange): Promise<Outcome> {
  const { stage: said, zh, probability, days } = wanted;
  const key = stageKey(said);
  if (key === '') throw new AppError('invalid_input', t('need-name'));
  const twin = rows.find((row) => row.nameKey === key);
  if (twin) throw new AppError('conflict', t('exists', { stage: strong(said), line: examples.set }));
  if (probability === undefined || days === undefined) {
    const field = probability === undefined ? 'probability' : 'days';
    const message = t('need-figures', { line: examples.add });
    throw new AppError('invalid_input', message, { fields: [{ field, message, missing: true }] });
  }
  const removed = await stageByKey(ctx, key);
  const anchor = (wanted.after ?? wanted.before) ? wanted : { before: moreProbable(rows, probability) };
  const position = await makeRoom(ctx, rows, removed?.id ?? '', anchor);
  const values = {
    name: said,
    nameZh: zh ?? said,
    probabilityBasisPoints: probability,
    normalDays: days,
    position,
  };
  const row = removed
    ? await changeRecord(ctx, stageRecord, removed, { ...values, archivedAt: null })
    : await createRecord(ctx, stageRecord, { ...values, nameKey: key });
  return { before: null, after: viewOf(toStage(row)), isChanged: true, moved: null };
}

/** Where nothing is said, a stage stands before the first one that is more probable. */
function moreProbable(rows: readonly StageRow[], probability: number): { id: string } | undefined {
  return rows.find((row) => row.probabilityBasisPoints > probability);
}

async function changeExisting(
  ctx: Ctx,
  rows: StageRow[],
  row: StageRow,
  wanted: PipelineChange,
): Promise<Outcome> {
  const before = viewOf(toStage(row));
  if (wanted.change === 'remove') return remove(ctx, rows, row, wanted);
  const { name, zh, probability, days, after, before: anchor } = wanted;
  if (wanted.change === 'rename' && name === undefined && zh === undefined) {
    const message = t('rename-how', { line: examples.rename });
    throw new AppError('invalid_input', message, { fields: [{ field: 'name', message, missing: true }] });
  }
  const isEmpty = [name, zh, probability, days, after, anchor].every((value) => value === undefined);
  if (isEmpty) throw new AppError('invalid_input', t('set-how', { line: examples.set }));
  const key = name === undefined ? row.nameKey : stageKey(name);
  if (key === '') throw new AppError('invalid_input', t('need-name'));
  if (key !== row.nameKey) {
    const taken = await stageByKey(ctx, key);
    if (taken)
      throw new AppError('conflict', t('name-taken', { stage: strong(name ?? key), key: code(key) }));
  }
  const position = after || anchor ? await makeRoom(ctx, rows, row.id, wanted) : row.position;
  const changed = await changeRecord(ctx, stageRecord, row, {
    position,
    ...(name === undefined ? {} : { name, nameKey: key }),
    ...(zh === undefined ? {} : { nameZh: zh }),
    ...(probability === undefined ? {} : { probabilityBasisPoints: probability }),
    ...(days === undefined ? {} : { normalDays: days }),
  });
  return { before, after: viewOf(toStage(changed)), isChanged: changed !== row, moved: null };
}

async function remove(ctx: Ctx, rows: StageRow[], row: StageRow, { to }: PipelineChange): Promise<Outcome> {
  const before = toStage(row);
  if (rows.length === 1) throw new AppError('rule', t('last-stage', { stage: stageName(before) }));
  const others = rows.filter(({ id }) => id !== row.id).map(toStage);
  const target = to && others.find(({ id }) => id === to.id);
  if (to && !target) throw new AppError('invalid_input', t('to-itself', { stage: stageName(before) }));
  const deals = await openDealsIn(ctx, row.id);
  if (deals > 0 && !target) {
    throw new AppError('rule', t('has-deals', { stage: stageName(before), count: deals }), {
      waysOut: others.slice(0, 5).map((stage) => ({
        label: t('move-them', { stage: stageName(stage) }),
        action: 'stages.set',
        input: { change: 'remove', stage: row.nameKey, to: stage.key },
      })),
    });
  }
  const moved = target ? await moveOpenDeals(ctx, row.id, target.id) : 0;
  await changeRecord(ctx, stageRecord, row, { archivedAt: ctx.now });
  return {
    before: viewOf(before),
    after: null,
    isChanged: true,
    moved: target && moved > 0 ? { deals: moved, to: viewOf(target) } : null,
  };
}

/** Numbers the other stages anew around the place of `id` (new or known), and answers that place. */
async function makeRoom(
  ctx: Ctx,
  rows: readonly StageRow[],
  id: string,
  anchor: { after?: { id: string } | undefined; before?: { id: string } | undefined },
): Promise<number> {
  const others = rows.filter((row) => row.id !== id);
  const place = placeOf(others, anchor) ?? rows.findIndex((row) => row.id === id);
  const at = place < 0 ? others.length : place;
  for (const [index, row] of others.entries()) {
    await changeRecord(ctx, stageRecord, row, { position: index < at ? index : index + 1 });
  }
  return at;
}
