import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { readChannel, requireChannelRight } from '../../../org/channels/api.ts';
import { sentCard } from '../cards.ts';
import { pointedFields } from '../inputs.ts';
import { digestsMeant, openChannel, type Pointed, refuseGroup, requireSetter } from '../meant.ts';
import { t } from '../messages.ts';
import { type DigestView, digestSent } from '../model.ts';
import type { DigestRow } from '../record.ts';
import { usualRules } from '../rules.ts';
import { composeFor, send } from '../run.ts';
import { keyPrefixOf, placeOf, targetOf } from '../schedule.ts';
import { whoseOf } from '../scope.ts';
import { viewsOf } from '../views.ts';

/** What `digest now` does: the digests of a place at once, beside their times. */
export const now = defineAction({
  name: 'digests.now',
  title: t('now-title'),
  summary: t('now-summary'),
  effect: 'write',
  input: z.strictObject(pointedFields()),
  output: digestSent,
  roles: internalRoles,
  form: 'never',
  hidden: ['digest'],
  noUndo: t('now-no-undo'),
  example: { as: 'manager', input: { channel: '#sales-east' } },

  async run(ctx, pointed) {
    const rows = await digestsMeant(ctx, pointed);
    const due = rows.length > 0 ? rows : [await unsetDigest(ctx, pointed)];
    const sent: DigestView[] = [];
    const empty: DigestView[] = [];
    for (const row of due) {
      if (row.channelId !== null && row.setBy !== memberOf(ctx).memberId) {
        await requireChannelRight(ctx, await readChannel(ctx, row.channelId));
      }
      const [view] = await viewsOf(ctx, [row]);
      if (view) ((await sendNow(ctx, row)) ? sent : empty).push(view);
    }
    return { sent, empty };
  },
  present: sentCard,
});

/** A digest nobody has set up there, told once. */
async function unsetDigest(ctx: Ctx, { channel, me, kind = 'team', group }: Pointed): Promise<DigestRow> {
  const isPersonal = me === true || (!channel && ctx.place?.kind !== 'channel');
  if (kind === 'morning' && !isPersonal) throw new AppError('rule', t('morning-personal'));
  refuseGroup(kind, group);
  await requireSetter(ctx, kind, !isPersonal);
  await whoseOf(ctx, kind, group);
  const { memberId } = memberOf(ctx);
  const row = isPersonal ? undefined : await openChannel(ctx, channel);
  return {
    orgId: ctx.org.id,
    id: ctx.newId(),
    kind,
    channelId: row?.id ?? null,
    memberId: row ? null : memberId,
    unitId: group?.id ?? null,
    rule: usualRules[kind],
    setBy: memberId,
    stoppedAt: null,
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    archivedAt: null,
    source: null,
    externalId: null,
  };
}

/** False: it had nothing to say. */
async function sendNow(ctx: Ctx, row: DigestRow): Promise<boolean> {
  const { kind } = row;
  const target = targetOf(row);
  const place = await placeOf(ctx, target);
  if (!place) throw new AppError('not_found', t('stopped-none'));
  const on = dayIn(ctx.now, place.timeZone);
  // Pressed twice, or by two people at once, it is one message.
  const minute = ctx.now.toISOString().slice(0, 16);
  const key = `${keyPrefixOf(kind, target)}${on} ${minute}`;
  const due = { kind, place, row, on, key, isLate: false, missedSince: null };
  const made = await composeFor(ctx, due);
  if (typeof made === 'string') throw new AppError('rule', t('not-sent', { reason: t(`paused-${made}`) }));
  if (!made.isEmpty) await send(ctx, due, made);
  return !made.isEmpty;
}
