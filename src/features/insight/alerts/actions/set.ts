import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import type { Money } from '../../../../kernel/money.ts';
import { listed, strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { changeRecord, createRecord } from '../../../../store/records.ts';
import type { ListenerFound } from '../../../org/channels/api.ts';
import { withRole } from '../../../org/members/api.ts';
import { scopeOf } from '../../../sales/deals/api.ts';
import { channelText, setCard } from '../cards.ts';
import { kindField, placeFields } from '../inputs.ts';
import { type AlertKind, dealKinds } from '../kinds.ts';
import { kindsTyped, parseAlerts, printAlerts } from '../line.ts';
import { t } from '../messages.ts';
import { alertsChange } from '../model.ts';
import { everyRule, type Listener } from '../queries.ts';
import { alertRuleRecord } from '../record.ts';
import { listenerIn, placeOf, viewOfPlace } from '../views.ts';

export const set = defineAction({
  name: 'alerts.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input: z.strictObject({
    what: f
      .oneOf(t('what'), [
        { value: 'set', label: t('what-set') },
        { value: 'stop', label: t('what-stop') },
        { value: 'list', label: t('what-list') },
      ])
      .optional(),
    ...placeFields(),
    kinds: kindField().optional(),
    over: f.money(t('floor'), { placeholder: '50k' }).optional(),
    group: f.ref('unit', t('group'), { placeholder: 'East' }).optional(),
  }),
  output: alertsChange,
  roles: internalRoles,
  repeatable: true,
  hidden: ['what'],
  command: {
    verb: 'alerts',
    aliases: ['提醒', 'alert'],
    args: [],
    group: 'setup',
    examples: {
      en: [
        'alerts here won over:50k stuck',
        'alerts',
        'alerts here all group:East',
        'alerts me overdue',
        'alerts stop here stuck',
        'alerts list',
      ],
      'zh-CN': ['提醒 这里 赢单 高于:5万 停滞', '提醒', '提醒 我 逾期', '提醒 停止 这里 停滞'],
    },
    parseRest: parseAlerts,
    printRest: printAlerts,
  },
  example: { as: 'manager', input: { channel: '#sales-west', kinds: ['won', 'stuck'] } },

  forward(_ctx, { what, channel, me, kinds }) {
    const place = { ...(channel ? { channel: channel.key } : {}), ...(me === true ? { me } : {}) };
    if (what === 'stop') return { a: 'alerts.stop', i: { ...place, ...(kinds ? { kinds } : {}) } };
    const isQuestion = what === 'list' || (what === undefined && kinds === undefined);
    return isQuestion ? { a: 'alerts.list', i: place } : undefined;
  },

  async run(ctx, { kinds = [], over, group, ...input }) {
    if (kinds.length === 0) {
      const message = t('which-kinds', { kinds: kindsTyped(ctx.read) });
      throw new AppError('invalid_input', message, { fields: [{ field: 'kinds', message, missing: true }] });
    }
    const floorOf = floorFor(kinds, over);
    if (group) await scopeOf(ctx, { group });
    const place = await placeOf(ctx, input, { make: true });
    await requireOwnChannel(ctx, place);
    const listener = listenerIn(ctx, place);
    if (!listener) throw new TypeError('the channel has no row');
    await putRules(ctx, listener, { kinds, floorOf, group });
    return { ...(await viewOfPlace(ctx, place)), changed: kinds };
  },
  present: setCard,
});

/**
 * An amount is about wins and losses; named without them, about the other alerts of deals. Throws AppError
 * `invalid_input` where there is nothing it could narrow.
 */
function floorFor(kinds: readonly AlertKind[], over: Money | undefined) {
  const closing = kinds.filter((kind) => kind === 'won' || kind === 'lost');
  const narrowed = closing.length > 0 ? closing : kinds.filter((kind) => dealKinds.includes(kind));
  if (over && narrowed.length === 0) {
    const message = t('over-nothing');
    throw new AppError('invalid_input', message, { fields: [{ field: 'over', message }] });
  }
  return (kind: AlertKind) => (narrowed.includes(kind) ? over : undefined);
}

/** Lets pass managers and admins, for a channel only our own people read. Throws AppError `forbidden`, `rule`. */
async function requireOwnChannel(ctx: Ctx, { isChannel, channel, label }: ListenerFound): Promise<void> {
  if (!isChannel) return;
  if (!memberOf(ctx).roles.some((role) => role === 'manager' || role === 'admin')) {
    const managers = await withRole(ctx, 'manager', 3);
    const people = listed(managers.map(({ name }) => strong(name)));
    throw new AppError('forbidden', t('not-yours', { people }));
  }
  if (channel?.isShared) {
    const input = { me: true };
    throw new AppError('rule', t('shared', { channel: channelText(label) }), {
      waysOut: [{ label: t('for-yourself'), action: 'alerts.set', input }],
    });
  }
}

interface WantedRules {
  kinds: readonly AlertKind[];
  floorOf(kind: AlertKind): Money | undefined;
  group: Ref | undefined;
}

async function putRules(ctx: Ctx, listener: Listener, { kinds, floorOf, group }: WantedRules): Promise<void> {
  const known = await everyRule(ctx, listener);
  for (const kind of kinds) {
    const floor = floorOf(kind);
    const values = {
      unitId: group?.id ?? null,
      floorMinor: floor?.amountMinor ?? null,
      floorCurrency: floor?.currency ?? null,
      setBy: memberOf(ctx).memberId,
    };
    const rule = known.find((one) => one.kind === kind);
    if (rule) await changeRecord(ctx, alertRuleRecord, rule, { ...values, archivedAt: null });
    else await createRecord(ctx, alertRuleRecord, { ...listener, kind, ...values });
  }
}
