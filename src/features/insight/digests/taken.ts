import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { readMember } from '../../org/members/api.ts';
import type { DigestView } from './model.ts';
import { digestTaken } from './notifications.ts';
import type { DigestRow } from './record.ts';
import { aboutText } from './words.ts';

/**
 * Tells whoever set a digest up that somebody else changed or stopped (`now` is null) it; what is one's own, or was
 * of somebody who left, nobody is told.
 */
export async function tellSetter(
  ctx: Ctx,
  { row, was }: { row: DigestRow; was: DigestView },
  now: DigestView | null,
): Promise<void> {
  const { memberId, name } = memberOf(ctx);
  if (row.channelId === null || row.setBy === memberId || was.channel === null) return;
  if ((await readMember(ctx, row.setBy))?.status !== 'active') return;
  const about = ({ rule, scope, setBy }: DigestView) => ({
    rule,
    scope: scope && aboutText(scope, setBy ?? ''),
  });
  ctx.notify(digestTaken, {
    digestId: row.id,
    version: row.version,
    memberId: row.setBy,
    kind: row.kind,
    channel: was.channel,
    by: name,
    was: about(was),
    now: now && about(now),
  });
}
