import { channelShared } from '../../../runtime/dispatch/audience.ts';
import { on } from '../../../runtime/event.ts';
import { changeRecord } from '../../../store/records.ts';
import { audienceChanged } from './events.ts';
import { cancelWaiting, channelRowAt } from './queries.ts';
import { channelRecord } from './record.ts';

/**
 * Keeps in mind whether others read along. Once they do, what still waits for the channel does not go out any more;
 * only what is leaving at this moment cannot be held back. That they do no more is also noticed when something is set
 * up there again.
 */
export const subscriptions = [
  on(channelShared, 'channels.note-shared', async (ctx, { isShared, ...at }) => {
    if (isShared) await cancelWaiting(ctx, at, 'shared');
    const row = await channelRowAt(ctx, at);
    if (row?.archivedAt === null && row.isShared !== isShared) {
      await changeRecord(ctx, channelRecord, row, { isShared });
      ctx.emit(audienceChanged, { channelId: row.id, isShared });
    }
  }),
];
