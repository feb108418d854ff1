import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { memberNames } from '../../members/api.ts';
import { listCard } from '../cards.ts';
import { quietOf } from '../hours.ts';
import { t } from '../messages.ts';
import { type ChannelView, channelList } from '../model.ts';
import { channelsNamed, mutesOfChannels } from '../queries.ts';
import { type ChannelRow, channelRecord } from '../record.ts';
import { latestEnd } from '../rules.ts';

const pageSize = 20;

export const list = defineAction({
  name: 'channels.list',
  title: t('list-title'),
  summary: t('list-summary'),
  effect: 'read',
  input: z.strictObject({ page: f.number(t('page'), { max: 1000 }).optional() }),
  output: channelList,
  roles: internalRoles,
  hidden: ['page'],
  form: 'never',
  command: {
    verb: 'channels',
    aliases: ['频道', 'channel'],
    args: [],
    group: 'setup',
    examples: { en: ['channels'], 'zh-CN': ['频道'] },
  },
  example: { as: 'rep', input: {} },

  async run(ctx, { page = 0 }) {
    const rows = await channelsNamed(ctx, '', pageSize + 1, page * pageSize);
    return {
      channels: await channelViews(ctx, rows.slice(0, pageSize)),
      page,
      hasMore: rows.length > pageSize,
    };
  },
  present: listCard,
});

async function channelViews(ctx: Ctx, rows: readonly ChannelRow[]): Promise<ChannelView[]> {
  const [mutes, names] = await Promise.all([
    mutesOfChannels(
      ctx,
      rows.map(({ id }) => id),
    ),
    memberNames(
      ctx,
      rows.map(({ setBy }) => setBy),
    ),
  ]);
  return rows.map((row) => {
    const own = mutes.filter(({ channelId }) => channelId === row.id);
    const whole = own.filter(({ subjectId }) => subjectId === null);
    const until = latestEnd(
      whole.map((mute) => mute.until),
      ctx.now,
    );
    return {
      id: row.id,
      label: channelRecord.label(row),
      platform: row.platform,
      quiet: quietOf(row),
      isUsualQuiet: row.quietFrom === null,
      timeZone: row.timeZone,
      locale: row.locale,
      muted: until === undefined ? null : { until: until?.toISOString() ?? null },
      mutedRecords: own.length - whole.length,
      isShared: row.isShared,
      noiseBudget: row.noiseBudget,
      setBy: (row.setBy && names.get(row.setBy)) ?? null,
    };
  });
}
