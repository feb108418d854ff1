import { channelShared } from '../../../runtime/dispatch/audience.ts';
import { on } from '../../../runtime/event.ts';
import { changeRecord } from '../../../store/records.ts';
import { channelRowAt } from './queries.ts';
import { channelRecord } from './record.ts';

/** Keeps in mind that others read along; that they do no more is noticed when something is set up there again. */
export const subscriptions = [
  on(channelShared, 'channels.note-shared', async (ctx, at) => {
    const row = await channelRowAt(ctx, at);
    if (row?.archivedAt === null && !row.isShared) {
      await changeRecord(ctx, channelRecord, row, { isShared: true });
    }
  }),
];
