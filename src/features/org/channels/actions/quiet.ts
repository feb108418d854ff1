import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { code } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { memberOf } from '../../../../runtime/context.ts';
import { changeRecord, createRecord } from '../../../../store/records.ts';
import { quietCard } from '../cards.ts';
import { quietOf } from '../hours.ts';
import { listenerOf } from '../listener.ts';
import { t } from '../messages.ts';
import { type QuietChange, quietView } from '../model.ts';
import { quietRow } from '../queries.ts';
import { type ChannelRow, channelRecord, quietRecord } from '../record.ts';
import { holdUntil, type QuietTimes, readQuiet, usualQuiet } from '../rules.ts';

/** Without hours it shows them: `quiet`, `quiet #sales-east`. */
export const quiet = defineAction({
  name: 'channels.quiet',
  title: t('quiet-title'),
  summary: t('quiet-summary'),
  effect: 'write',
  input: z.strictObject({
    channel: f.channel(t('channel')).optional(),
    hours: f
      .text(t('quiet-hours'), { placeholder: '19:00-08:30', hint: t('hours-hint'), max: 40 })
      .optional(),
  }),
  output: quietView,
  roles: internalRoles,
  repeatable: true,
  command: {
    verb: 'quiet',
    aliases: ['安静时段', '静音时段'],
    args: ['hours', 'channel'],
    keys: { hours: 'hours', 时段: 'hours', in: 'channel' },
    group: 'setup',
    examples: {
      en: ['quiet 19:00-08:30', 'quiet', 'quiet #sales-east 18:00-09:00', 'quiet off', 'quiet default'],
      'zh-CN': ['安静时段 19:00-08:30', '安静时段', '安静时段 关闭', '安静时段 默认'],
    },
  },
  example: { as: 'manager', input: { channel: '#sales-east', hours: '18:00-09:00' } },

  mayOpen: (ctx, { channel }) => listenerOf(ctx, channel, {}),
  async run(ctx, { channel, hours }) {
    const wanted = hours === undefined ? undefined : readHours(hours);
    const listener = await listenerOf(ctx, channel, wanted === undefined ? { look: true } : { make: true });
    return listener.isChannel
      ? quietOfChannel(ctx, listener.label, listener.channel, wanted)
      : ownQuietOf(ctx, wanted);
  },
  present: quietCard,
});

type Wanted = QuietTimes | 'usual' | undefined;

/** Throws AppError `invalid_input` for what are no hours. */
function readHours(text: string): QuietTimes | 'usual' {
  const read = readQuiet(text);
  if (read) return read;
  const message = t('bad-hours', { text: code(text) });
  throw new AppError('invalid_input', message, { fields: [{ field: 'hours', message }] });
}

async function quietOfChannel(
  ctx: Ctx,
  label: string,
  row: ChannelRow | undefined,
  wanted: Wanted,
): Promise<QuietChange> {
  const none = { quietFrom: null, quietTo: null };
  const before = quietOf(row ?? none);
  let after = row;
  if (row && wanted !== undefined) {
    const patch = wanted === 'usual' ? none : { quietFrom: wanted.from, quietTo: wanted.to };
    after = await changeRecord(ctx, channelRecord, row, patch);
  }
  const isUsual = (after?.quietFrom ?? null) === null;
  const timeZone = after?.timeZone ?? ctx.read.timeZone;
  const view = { channel: { id: after?.id ?? '', label }, isUsual, timeZone };
  return viewOf(ctx, view, before, quietOf(after ?? none));
}

async function ownQuietOf(ctx: Ctx, wanted: Wanted): Promise<QuietChange> {
  const { memberId, timeZone } = memberOf(ctx);
  const row = await quietRow(ctx, memberId);
  const isSet = row !== undefined && row.archivedAt === null;
  const before = isSet ? quietOf(row) : usualQuiet;
  if (wanted === 'usual') {
    if (isSet) await changeRecord(ctx, quietRecord, row, { archivedAt: ctx.now });
  } else if (wanted) {
    const times = { quietFrom: wanted.from, quietTo: wanted.to };
    if (row) await changeRecord(ctx, quietRecord, row, { ...times, archivedAt: null });
    else await createRecord(ctx, quietRecord, { memberId, ...times });
  }
  const after = wanted === undefined ? before : wanted === 'usual' ? usualQuiet : wanted;
  const isUsual = wanted === undefined ? !isSet : wanted === 'usual';
  return viewOf(ctx, { channel: null, isUsual, timeZone }, before, after);
}

function viewOf(
  ctx: Ctx,
  view: Pick<QuietChange, 'channel' | 'isUsual' | 'timeZone'>,
  before: QuietTimes,
  quiet: QuietTimes,
): QuietChange {
  const isSame = before.from === quiet.from && before.to === quiet.to;
  const held = holdUntil({ timeZone: view.timeZone, quiet, calendar: ctx.org }, ctx.now);
  return { ...view, quiet, before: isSame ? null : before, heldUntil: held?.toISOString() ?? null };
}
