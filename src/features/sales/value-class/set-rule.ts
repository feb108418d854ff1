import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import { classifyAll } from './classify.ts';
import { classesQueued } from './events.ts';
import { type Asked, liveRule, thresholdsOf } from './inputs.ts';
import type { ClassesSet } from './model.ts';
import { countChanges, ruleRow, wonElsewhere } from './queries.ts';
import { valueClassRuleRecord } from './record.ts';
import { requireRuler } from './rights.ts';
import { movementOf, type Thresholds, viewOf } from './rules.ts';

/** The rule that was asked for, the one there is, and whom it would change. Throws AppError. */
export async function wantedRule(ctx: Ctx, asked: Asked) {
  await requireRuler(ctx);
  const live = await liveRule(ctx);
  const rule = thresholdsOf(ctx, asked, live);
  return { rule, live, moved: movementOf(await countChanges(ctx, rule)) };
}

/** What setting these thresholds means, before it is done. Throws AppError. */
export async function planOf(ctx: Ctx, asked: Asked): Promise<{ rule: Thresholds; plan: ClassesSet }> {
  const { rule, live, moved } = await wantedRule(ctx, asked);
  const notCounted = await wonElsewhere(ctx, rule.currency);
  const before = live ? viewOf(live) : null;
  return { rule, plan: { rule: viewOf(rule), before, moved, isQueued: false, notCounted } };
}

/** Keeps the thresholds and changes the classes, at once or (`queued`) right after the answer. Throws AppError. */
export async function setRule(ctx: Ctx, asked: Asked, { queued }: { queued: boolean }): Promise<ClassesSet> {
  const { rule, plan } = await planOf(ctx, asked);
  const known = await ruleRow(ctx, { lock: true });
  if (known) await changeRecord(ctx, valueClassRuleRecord, known, { ...rule, archivedAt: null });
  else await createRecord(ctx, valueClassRuleRecord, rule);
  if (queued) ctx.emit(classesQueued, {});
  else await classifyAll(ctx);
  return { ...plan, isQueued: queued };
}
