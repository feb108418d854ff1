import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { dayIn } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { digestKinds } from '../../../../runtime/digest.ts';
import { readChannel, requireChannelRight } from '../../../org/channels/api.ts';
import { sentCard } from '../cards.ts';
import { digestsMeant, placeMeant } from '../meant.ts';
import { t } from '../messages.ts';
import { digestSent } from '../model.ts';
import type { DigestRow } from '../record.ts';
import { composeFor, send } from '../run.ts';
import { keyPrefixOf, placeOf, targetOf } from '../schedule.ts';
import { viewsOf } from '../views.ts';

/** What `digest now` does: the digests of a place at once, beside their times. */
export const now = defineAction({
  name: 'digests.now',
  title: t('now-title'),
  summary: t('now-summary'),
  effect: 'write',
  input: z.strictObject({
    digest: f.text(t('digest')).optional(),
    number: f.number(t('number'), { min: 1, max: 100 }).optional(),
    channel: f.channel(t('channel')).optional(),
    me: f.flag(t('me')).optional(),
    kind: f
      .oneOf(
        t('kind'),
        digestKinds.map((value) => ({ value, label: t(`kind-${value}`) })),
      )
      .optional(),
  }),
  output: digestSent,
  roles: internalRoles,
  form: 'never',
  hidden: ['digest'],
  noUndo: t('now-no-undo'),
  example: { as: 'manager', input: { channel: '#sales-east' } },

  async run(ctx, pointed) {
    const rows = await digestsMeant(ctx, pointed);
    if (rows.length === 0) {
      throw new AppError('not_found', t('not-here', { place: placeMeant(ctx, pointed) }), {
        waysOut: [
          {
            label: t('set-it'),
            action: 'digests.set',
            input: pointed.channel ? { channel: pointed.channel.key } : { channel: 'here' },
          },
        ],
      });
    }
    const sent: DigestRow[] = [];
    const empty: DigestRow[] = [];
    for (const row of rows) {
      if (row.channelId !== null && row.setBy !== memberOf(ctx).memberId) {
        await requireChannelRight(ctx, await readChannel(ctx, row.channelId));
      }
      const target = targetOf(row);
      const place = await placeOf(ctx, target);
      if (!place) continue;
      const on = dayIn(ctx.now, place.timeZone);
      const key = `${keyPrefixOf(row.kind, target)}${on} ${ctx.auditId}`;
      const due = { kind: row.kind, place, row, on, key, isLate: false, missedSince: null };
      const made = await composeFor(ctx, due);
      if (made === 'left' || made === 'unit') throw new AppError('rule', t(`paused-${made}`));
      if (made.isEmpty) empty.push(row);
      else {
        await send(ctx, due, made);
        sent.push(row);
      }
    }
    return { sent: await viewsOf(ctx, sent), empty: await viewsOf(ctx, empty) };
  },
  present: sentCard,
});
