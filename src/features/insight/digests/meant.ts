import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { code, command, listed, strong } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import type { DigestKind } from '../../../runtime/digest.ts';
import {
  type ChannelRow,
  channelAt,
  channelOf,
  channelRecord,
  ensureChannel,
} from '../../org/channels/api.ts';
import { withRole } from '../../org/members/api.ts';
import { examplesFor, quoted, timeIn } from './line.ts';
import { t } from './messages.ts';
import { liveDigestsOf } from './queries.ts';
import type { DigestRow } from './record.ts';
import { isOffered } from './rules.ts';
import { maySet } from './scope.ts';
import { digestNumbered, digestOfId } from './views.ts';
import { channelText } from './words.ts';

/** Which of the digests that are set up somebody means. */
export interface Pointed {
  digest?: string | undefined;
  number?: number | undefined;
  channel?: Ref | undefined;
  me?: boolean | undefined;
  kind?: DigestKind | undefined;
  group?: Ref | undefined;
}

/** Those meant: by id or number the one; else those of a channel (the one stood in), or one's own. */
export async function digestsMeant(
  ctx: Ctx,
  { digest, number, channel, me, kind, group }: Pointed,
): Promise<DigestRow[]> {
  if (digest !== undefined) return [await digestOfId(ctx, digest)];
  if (number !== undefined) return [await digestNumbered(ctx, number)];
  const there = channel ? await channelOf(ctx, channel) : me ? undefined : await channelAt(ctx);
  if (channel && !there) return [];
  const target = there ? { channelId: there.id } : { memberId: memberOf(ctx).memberId };
  const rows = await liveDigestsOf(ctx, target);
  return rows.filter(
    (row) => (kind === undefined || row.kind === kind) && (!group || row.unitId === group.id),
  );
}

/** What the place somebody means is called, where no digest is. */
export function placeMeant(ctx: Ctx, { channel, me }: Pointed) {
  if (channel) return channelText(channel.label);
  if (me || ctx.place?.kind !== 'channel') return t('place-you');
  return ctx.place.name ? channelText(`#${ctx.place.name}`) : t('list-here');
}

/** `HH:MM` as somebody wrote it. Throws AppError with the nearest time there is. */
export function timeMeant(text: string, again: (at: string) => Record<string, unknown>): string {
  const at = timeIn(text);
  if (at === undefined) {
    const message = t('not-a-time', { text: code(text.slice(0, 40)) });
    throw new AppError('invalid_input', message, { fields: [{ field: 'at', message }] });
  }
  const offered = isOffered(at);
  if (offered.ok) return at;
  const { nearest } = offered;
  const message = t('bad-time', { from: '05:00', to: '22:00', at, nearest });
  throw new AppError('invalid_input', message, {
    fields: [{ field: 'at', message, suggestion: nearest }],
    waysOut: [{ label: t('use-time', { at: nearest }), action: 'digests.set', input: again(nearest) }],
  });
}

/** Lets pass who may set up such a digest. Throws AppError `forbidden` naming who can. */
export async function requireSetter(ctx: Ctx, kind: DigestKind, isChannel: boolean): Promise<void> {
  if (maySet(ctx, isChannel ? 'team' : kind)) return;
  const managers = await withRole(ctx, 'manager', 3);
  const people = managers.length > 0 ? listed(managers.map(({ name }) => strong(name))) : t('a-manager');
  const message = t(isChannel ? 'managers-channel' : 'managers-only', {
    people,
    line: examplesFor(ctx.read.locale).me,
  });
  throw new AppError('forbidden', message, {
    waysOut: [{ label: t('for-me'), action: 'digests.set', input: { me: true, kind: 'morning' } }],
  });
}

/** A morning list is of its reader alone: with a team named it would be another list. Throws AppError. */
export function refuseGroup(kind: DigestKind, group: Ref | undefined): void {
  if (kind === 'morning' && group) {
    throw new AppError(
      'rule',
      t('morning-no-group', {
        line: command(
          `digest preview team group:${quoted(group.key)}`,
          `简报 预览 团队 团队:${quoted(group.key)}`,
        ),
      }),
    );
  }
}

/** The row of a channel; one in which another company reads along gets no digest. Throws AppError. */
export async function openChannel(ctx: Ctx, channel: Ref | undefined): Promise<ChannelRow> {
  const row = await ensureChannel(ctx, channel);
  if (!row.isShared) return row;
  const place = channelText(channelRecord.label(row));
  throw new AppError('rule', t('shared-channel', { place, line: command('digest me team', '简报 我 团队') }));
}
