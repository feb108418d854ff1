import type { z } from 'zod';
import { AppError } from '../../../kernel/errors.ts';
import { type FieldMeta, fieldMeta, type Ref } from '../../../kernel/fields.ts';
import { record, strong } from '../../../kernel/text.ts';
import type { Action } from '../../../runtime/action.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { RecordActions } from '../../../runtime/feature.ts';
import { t } from './messages.ts';

type Verb = Exclude<keyof RecordActions, 'kind'>;

/** The action behind a generic verb for the record's kind. Throws AppError `rule` when that kind has none. */
export function actionFor(ctx: Ctx, verb: Verb, ref: Ref): Action {
  const name = ctx.catalog.recordActions(ref.kind)?.[verb];
  const action = name === undefined ? undefined : ctx.catalog.action(name);
  if (action) return action;
  const kind = ctx.catalog.lookup(ref.kind)?.label ?? ref.kind;
  throw new AppError('rule', t(`no-${verb}`, { record: nameOf(ref), kind }));
}

export function nameOf({ key, label }: Ref) {
  return key === label ? strong(label) : record(key, label);
}

/** Fields a person may fill, with what they are. */
export function fieldsOf(action: Action): [string, FieldMeta][] {
  return Object.entries(action.input.shape).flatMap(([name, schema]) => {
    const meta = fieldMeta(schema as z.ZodType);
    return meta && !action.hidden?.includes(name) ? [[name, meta] as [string, FieldMeta]] : [];
  });
}

/** The first field that fits; a target without one is a mistake of the feature that names it. */
export function fieldWhere(action: Action, fits: (meta: FieldMeta, name: string) => boolean): string {
  const found = fieldsOf(action).find(([name, meta]) => fits(meta, name));
  if (!found) throw new TypeError(`${action.name} has no field for a generic verb`);
  return found[0];
}

/** Generic verbs never run themselves: `forward` has answered or thrown before. */
export function notReached(): Promise<never> {
  return Promise.reject(new TypeError('a generic verb hands over'));
}
