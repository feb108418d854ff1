import type { Ref } from '../../../kernel/fields.ts';
import { record as recordText } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { readRecord } from '../../../store/records.ts';
import { requireSight } from '../members/api.ts';
import type { SubjectView } from './model.ts';
import type { Subject } from './queries.ts';

export interface SubjectFound extends Subject {
  view: SubjectView;
}

/** The record news is not wanted about. Throws AppError `forbidden` for what the actor may not see. */
export async function subjectOf(ctx: Ctx, ref: Ref): Promise<SubjectFound> {
  const kind = ref.kind === 'lead' ? 'lead' : 'deal';
  const record = ctx.catalog.recordKind(kind);
  const row = record && ((await readRecord(ctx, record, ref.id)) as Record<string, unknown> | undefined);
  await requireSight(ctx, { kind, ownerId: row?.ownerId, label: recordText(ref.key, ref.label) });
  return { kind, id: ref.id, view: { kind, key: ref.key, label: ref.label } };
}
