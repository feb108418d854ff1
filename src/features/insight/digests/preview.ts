import { dayIn, instantOf } from '../../../kernel/dates.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { day } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import type { DigestKind } from '../../../runtime/digest.ts';
import { type Composed, compose, dayBefore } from './compose.ts';
import { digestsMeant, type Pointed, refuseGroup } from './meant.ts';
import { t } from './messages.ts';
import type { DigestPreview } from './model.ts';
import { lastTold } from './queries.ts';
import type { DigestRow } from './record.ts';
import { asOfDays, usualRules } from './rules.ts';
import { keyPrefixOf, placeOf, targetOf } from './schedule.ts';
import { asMember, maySet, seenOf, unitOf, type Whose, whoseOf } from './scope.ts';
import { aboutText } from './words.ts';

export interface AskedPreview extends Pointed {
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
  requireDay(ctx, on);
  const isPointed = asked.digest !== undefined || asked.number !== undefined;
  const isFree = !isPointed && (asked.kind !== undefined || group !== undefined || asked.me === true);
  const [row] = isFree ? [] : await digestsMeant(ctx, asked);
  const isOfTeam = group !== undefined || maySet(ctx, 'team');
  const kind: DigestKind = row?.kind ?? asked.kind ?? (isOfTeam ? 'team' : 'morning');
  refuseGroup(kind, group);
  const place = row && (await placeOf(ctx, targetOf(row)));
  const unit = group ?? (row?.unitId ? await unitOf(ctx, row.unitId) : undefined);
  const timeZone = place?.timeZone ?? ctx.read.timeZone;
  const rule = row?.rule ?? usualRules[kind];
  const now = on === undefined ? ctx.now : instantOf(on, 'at' in rule ? rule.at : '09:00', timeZone);
  const before = row && (await lastTold(ctx, keyPrefixOf(kind, targetOf(row)), now));
  const { whose, setterName } = await toldTo(ctx, kind, row, unit);
  const composed = await compose(ctx, {
    kind,
    ...whose,
    setterName,
    memberId: kind === 'morning' ? memberOf(ctx).memberId : undefined,
    on: on ?? dayIn(now, timeZone),
    timeZone,
    now,
    since: before?.asOf ?? dayBefore(now),
    stood: before?.stands,
  });
  const opens = {
    kind,
    ...(row ? { digest: row.id } : unit ? { group: unit.key } : {}),
    ...(on === undefined ? {} : { on }),
  };
  return { composed, opens };
}

/**
 * Whose records a reader is told of, and who set the digest up: of one that is set up in a channel the same as the
 * channel, as far as they may see it. Throws AppError `forbidden` where that is nothing.
 */
async function toldTo(
  ctx: Ctx,
  kind: DigestKind,
  row: DigestRow | undefined,
  unit: Ref | undefined,
): Promise<{ whose: Whose; setterName: string | undefined }> {
  const isOthers = row && row.setBy !== memberOf(ctx).memberId;
  const setter = isOthers ? await asMember(ctx, row.setBy) : undefined;
  const all = setter && (await whoseOf(setter, kind, unit).catch(() => undefined));
  if (!setter || !all) return { whose: await whoseOf(ctx, kind, unit), setterName: undefined };
  const setterName = memberOf(setter).name;
  const whose = await seenOf(ctx, all);
  if (whose) return { whose, setterName };
  // Of a team that is named it is said who may see it.
  if (unit) await whoseOf(ctx, kind, unit);
  const scope = aboutText(all.scope, setterName);
  throw new AppError('forbidden', t('preview-not-yours', { scope, name: setterName }));
}

/** Throws AppError `invalid_input` with the days there are. */
function requireDay(ctx: Ctx, on: string | undefined): void {
  const { from, to } = asOfDays(dayIn(ctx.now, ctx.read.timeZone));
  if (on === undefined || (on >= from && on <= to)) return;
  const message = t('bad-day', { from: day(from), to: day(to) });
  throw new AppError('invalid_input', message, { fields: [{ field: 'on', message }] });
}
