import { dayIn, instantOf } from '../../../kernel/dates.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import type { DigestKind } from '../../../runtime/digest.ts';
import { type Composed, compose, dayBefore } from './compose.ts';
import { digestsMeant, type Pointed } from './meant.ts';
import type { DigestPreview } from './model.ts';
import { lastTold } from './queries.ts';
import { usualRules } from './rules.ts';
import { keyPrefixOf, placeOf, targetOf } from './schedule.ts';
import { maySet, unitOf, whoseOf } from './scope.ts';

export interface AskedPreview extends Pointed {
  group?: Ref | undefined;
  on?: string | undefined;
}

/**
 * A digest as it would be now, or on a day at its time, with the rights of whoever asks: one that is set up, or any
 * kind for any unit. `opens` asks for the same again.
 */
export async function composeAsked(
  ctx: Ctx,
  asked: AskedPreview,
): Promise<{ composed: Composed; opens: DigestPreview['asked'] }> {
  const { on, group } = asked;
  const isPointed = asked.digest !== undefined || asked.number !== undefined;
  const isFree = !isPointed && (asked.kind !== undefined || group !== undefined || asked.me === true);
  const [row] = isFree ? [] : await digestsMeant(ctx, asked);
  const kind: DigestKind = row?.kind ?? asked.kind ?? (maySet(ctx, 'team') ? 'team' : 'morning');
  const place = row && (await placeOf(ctx, targetOf(row)));
  const unit = group ?? (row?.unitId ? await unitOf(ctx, row.unitId) : undefined);
  const timeZone = place?.timeZone ?? ctx.read.timeZone;
  const rule = row?.rule ?? usualRules[kind];
  const now = on === undefined ? ctx.now : instantOf(on, 'at' in rule ? rule.at : '09:00', timeZone);
  const before = row && (await lastTold(ctx, keyPrefixOf(kind, targetOf(row)), now));
  const whose = await whoseOf(ctx, kind, unit);
  const composed = await compose(ctx, {
    kind,
    ...whose,
    memberId: kind === 'morning' ? memberOf(ctx).memberId : undefined,
    on: on ?? dayIn(now, timeZone),
    timeZone,
    now,
    since: before ?? dayBefore(now),
  });
  const opens = {
    kind,
    ...(row ? { digest: row.id } : unit ? { group: unit.key } : {}),
    ...(on === undefined ? {} : { on }),
  };
  return { composed, opens };
}
