import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { dotted } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { changeRecord } from '../../../../store/records.ts';
import { readChannel, requireChannelRight } from '../../../org/channels/api.ts';
import { stoppedCard } from '../cards.ts';
import { pointedFields } from '../inputs.ts';
import { digestsMeant, placeMeant } from '../meant.ts';
import { t } from '../messages.ts';
import { digestStopped } from '../model.ts';
import { digestRow } from '../queries.ts';
import { digestRecord } from '../record.ts';
import { dropDigest, giveMorning, targetOf } from '../schedule.ts';
import { tellSetter } from '../taken.ts';
import { viewsOf } from '../views.ts';
import { kindText, ruleText } from '../words.ts';

/** What `digest stop` does. */
export const stop = defineAction({
  name: 'digests.stop',
  title: t('stop-title'),
  summary: t('stop-summary'),
  effect: 'write',
  input: z.strictObject(pointedFields()),
  output: digestStopped,
  roles: internalRoles,
  repeatable: true,
  form: 'never',
  hidden: ['digest'],
  example: { as: 'rep', input: { me: true } },

  async run(ctx, pointed) {
    const rows = await digestsMeant(ctx, pointed);
    const { memberId } = memberOf(ctx);
    const isOwn = pointed.me || (ctx.place?.kind !== 'channel' && !pointed.channel);
    // The morning list comes without asking; it may not have been given yet.
    const isMorning = (pointed.kind ?? 'morning') === 'morning' && !pointed.group;
    if (rows.length === 0 && isOwn && isMorning) {
      const known = await digestRow(ctx, 'morning', { memberId });
      if (known?.archivedAt !== null) {
        return { stopped: await viewsOf(ctx, [await giveMorning(ctx, memberId, ctx.now)]) };
      }
    }
    if (rows.length === 0)
      throw new AppError('not_found', t('not-here', { place: placeMeant(ctx, pointed) }));
    if (rows.length > 1) {
      throw new AppError('ambiguous', t('which-one'), {
        waysOut: rows.slice(0, 5).map(({ id, kind, rule }) => ({
          label: dotted(kindText(kind), ruleText(rule)),
          action: 'digests.stop',
          input: { digest: id },
        })),
      });
    }
    const stopped = await viewsOf(ctx, rows);
    for (const row of rows) {
      if (row.channelId !== null && row.setBy !== memberId) {
        await requireChannelRight(ctx, await readChannel(ctx, row.channelId));
      }
      await changeRecord(ctx, digestRecord, row, { stoppedAt: ctx.now });
      await dropDigest(ctx, row.kind, targetOf(row));
      const was = stopped.find(({ id }) => id === row.id);
      if (was) await tellSetter(ctx, { row, was }, null);
    }
    return { stopped };
  },
  present: stoppedCard,
});
