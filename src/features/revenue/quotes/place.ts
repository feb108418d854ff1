import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { readChannelLink } from '../../../kernel/recognise/channel.ts';
import { type Inline, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { ChannelAddress } from '../../../runtime/notification.ts';
import { channelAt, channelDestination, channelOf } from '../../org/channels/api.ts';
import { t } from './messages.ts';

/** A channel something is shown in once; nothing is set up there. */
export interface SharePlace {
  address: ChannelAddress;
  label: Inline;
}

/** The channel named, else the one somebody stands in. Throws AppError where there is none, or others read along. */
export async function sharePlace(ctx: Ctx, ref: Ref | undefined): Promise<SharePlace> {
  const here = ctx.place?.kind === 'channel' ? ctx.place : undefined;
  const row = ref ? await channelOf(ctx, ref) : await channelAt(ctx);
  if (row) {
    const { platform, installation, channelId } = channelDestination(row);
    const isNear = ctx.visitor?.platform === platform && ctx.visitor.installation === installation;
    const label = labelOf(ref?.label ?? row.name);
    refuseShared(row.isShared || (isNear && isSharedNow(ctx, channelId)), label);
    const { locale, timeZone } = row;
    return { address: { platform, installation, channelId, locale, timeZone }, label };
  }
  const link = ref && readChannelLink(ref.key);
  const channelId = ref ? link?.id : here?.id;
  if (channelId === undefined || !ctx.visitor) {
    const message = t('which-channel');
    throw new AppError('invalid_input', message, { fields: [{ field: 'channel', message, missing: true }] });
  }
  const label = labelOf(link?.name ?? (ref ? null : here?.name) ?? ctx.channelFacts(channelId).name);
  refuseShared(isSharedNow(ctx, channelId), label);
  const { platform, installation } = ctx.visitor;
  const { locale, timeZone } = ctx.read;
  return { address: { platform, installation, channelId, locale, timeZone }, label };
}

function labelOf(name: string | null | undefined): Inline {
  return name ? strong(`#${name.replace(/^#/, '')}`) : t('this-channel');
}

/** Where the platform does not tell, nobody from outside is supposed. */
function isSharedNow(ctx: Ctx, channelId: string): boolean {
  const said = ctx.place?.id === channelId ? ctx.place.isShared : undefined;
  return (said ?? ctx.channelFacts(channelId).isShared) === true;
}

function refuseShared(isShared: boolean, label: Inline): void {
  if (isShared) throw new AppError('rule', t('shared-channel', { channel: label }));
}
