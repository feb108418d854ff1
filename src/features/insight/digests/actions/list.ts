import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { channelOf } from '../../../org/channels/api.ts';
import { listCard } from '../cards.ts';
import { t } from '../messages.ts';
import { digestList } from '../model.ts';
import type { Target } from '../queries.ts';
import { listedPerPage } from '../rules.ts';
import { knownDigests, numberedViews } from '../views.ts';

/** What `digest` alone shows: everywhere, or in one place. */
export const list = defineAction({
  name: 'digests.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({
    channel: f.channel(t('channel')).optional(),
    me: f.flag(t('me')).optional(),
    page: f.number(t('page'), { min: 0, max: 1000 }).optional(),
  }),
  output: digestList,
  roles: internalRoles,
  hidden: ['page'],
  form: 'never',
  example: { as: 'rep', input: {} },

  async run(ctx, { channel, me, page: asked = 0 }) {
    const place = await placeAsked(ctx, { channel, me });
    if (place && !place.target) return { of: place.of, digests: [], count: 0, page: 0, hasMore: false };
    const { rows, count, page } = await knownDigests(ctx, place?.target, asked);
    return {
      of: place?.of ?? null,
      digests: await numberedViews(ctx, rows),
      count,
      page,
      hasMore: (page + 1) * listedPerPage < count,
    };
  },
  present: listCard,
});

/** Where somebody wants to know of; without a target nothing was ever set up there. */
async function placeAsked(
  ctx: Ctx,
  { channel, me }: { channel: Ref | undefined; me: boolean | undefined },
): Promise<{ target: Target | undefined; of: { channel: string | null; label: string } } | undefined> {
  if (channel) {
    const row = await channelOf(ctx, channel);
    return { target: row && { channelId: row.id }, of: { channel: channel.key, label: channel.label } };
  }
  if (me !== true) return undefined;
  const { memberId, name } = memberOf(ctx);
  return { target: { memberId }, of: { channel: null, label: name } };
}
