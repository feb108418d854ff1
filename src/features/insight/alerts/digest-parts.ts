import type { Ctx } from '../../../runtime/context.ts';
import { type DigestLine, type DigestScope, defineDigestPart } from '../../../runtime/digest.ts';
import { stillWanted } from './held.ts';
import { t } from './messages.ts';
import { heldAlerts, type Listener } from './queries.ts';
import { lineText } from './told-card.ts';

const mostShown = 6;
const mostHeld = 500;

/** What happened while it was quiet, in place of a message of its own. */
async function overnight(ctx: Ctx, { channelId, memberId }: DigestScope): Promise<DigestLine[]> {
  const listener: Listener | undefined =
    channelId !== undefined
      ? { channelId, memberId: null }
      : memberId === undefined
        ? undefined
        : { channelId: null, memberId };
  if (!listener) return [];
  const waiting = (await heldAlerts(ctx, mostHeld, listener)).filter(({ alert }) => alert.endedAt === null);
  const held = await stillWanted(ctx, listener, waiting);
  const lines = held.slice(0, mostShown).map(
    ({ alert: { kind, recordKind, recordId, facts, ending } }): DigestLine => ({
      text: t('overnight', { line: lineText({ kind, recordKind, facts, ending, who: null }) }),
      record: { kind: recordKind, id: recordId },
    }),
  );
  const more = held.length - lines.length;
  return more > 0 ? [...lines, { text: t('and-more', { count: more }) }] : lines;
}

export const digestParts = (['team', 'morning'] as const).map((kind) =>
  defineDigestPart({ kind, section: 'changed', order: 90, read: overnight }),
);
