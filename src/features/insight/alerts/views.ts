import type { Ref } from '../../../kernel/fields.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import {
  type ChannelRow,
  channelRecord,
  hoursOfChannel,
  hoursOfMember,
  type ListenerFound,
  listenerOf,
  readChannel,
  usualQuiet,
} from '../../org/channels/api.ts';
import { readMember } from '../../org/members/api.ts';
import { alertKinds } from './kinds.ts';
import type { AlertsView, RuleView } from './model.ts';
import { type Listener, liveRules, unitNames } from './queries.ts';
import type { AlertRuleRow } from './record.ts';
import { personalBudget } from './rules.ts';
import { mayStill } from './scope.ts';

/** Whose alerts are meant: those of a channel, or one's own. */
export async function placeOf(
  ctx: Ctx,
  { channel, me }: { channel?: Ref | undefined; me?: boolean | undefined },
  how: { make?: boolean; look?: boolean },
): Promise<ListenerFound> {
  if (me === true) return { isChannel: false, channel: undefined, label: memberOf(ctx).name };
  return listenerOf(ctx, channel, how);
}

export function listenerIn(ctx: Ctx, { isChannel, channel }: ListenerFound): Listener | undefined {
  if (!isChannel) return { channelId: null, memberId: memberOf(ctx).memberId };
  return channel && { channelId: channel.id, memberId: null };
}

/** What a place gets. */
export async function viewOfPlace(ctx: Ctx, place: ListenerFound): Promise<AlertsView> {
  const listener = listenerIn(ctx, place);
  const rules = listener ? await liveRules(ctx, listener) : [];
  return view(ctx, place, await ruleViews(ctx, rules));
}

async function view(ctx: Ctx, place: ListenerFound, rules: RuleView[]): Promise<AlertsView> {
  const { isChannel, channel, label } = place;
  if (!isChannel) {
    const { quiet, timeZone } = await hoursOfMember(ctx, memberOf(ctx).memberId);
    return { listener: null, rules, quiet, timeZone, budget: personalBudget };
  }
  const hours = channel ? hoursOfChannel(ctx, channel) : { quiet: usualQuiet, timeZone: ctx.read.timeZone };
  const { quiet, timeZone } = hours;
  const budget = channel?.noiseBudget ?? personalBudget;
  return {
    listener: { id: channel?.id ?? '', label, platform: channel?.platform ?? null },
    rules,
    quiet,
    timeZone,
    budget,
  };
}

export const mostListeners = 30;

/** Every channel that gets something, and the reader. */
export async function allViews(ctx: Ctx): Promise<{ listeners: AlertsView[]; hasMore: boolean }> {
  const me = memberOf(ctx).memberId;
  const rules = (await liveRules(ctx)).filter(
    ({ channelId, memberId }) => channelId !== null || memberId === me,
  );
  const byListener = new Map<string | null, AlertRuleRow[]>();
  for (const rule of rules) {
    byListener.set(rule.channelId, [...(byListener.get(rule.channelId) ?? []), rule]);
  }
  const listeners: AlertsView[] = [];
  for (const [channelId, own] of byListener) {
    if (listeners.length === mostListeners) return { listeners, hasMore: true };
    const channel = channelId === null ? undefined : await readChannel(ctx, channelId);
    if (channelId !== null && !channel) continue;
    listeners.push(await view(ctx, placeOfRow(ctx, channel), await ruleViews(ctx, own)));
  }
  return { listeners, hasMore: false };
}

function placeOfRow(ctx: Ctx, channel: ChannelRow | undefined): ListenerFound {
  const label = channel ? channelRecord.label(channel) : memberOf(ctx).name;
  return { isChannel: channel !== undefined, channel, label };
}

async function ruleViews(ctx: Ctx, rules: readonly AlertRuleRow[]): Promise<RuleView[]> {
  const groups = await unitNames(
    ctx,
    rules.flatMap(({ unitId }) => unitId ?? []),
  );
  const setters = new Map(
    await Promise.all(
      [...new Set(rules.map(({ setBy }) => setBy))].map(
        async (id) => [id, await readMember(ctx, id)] as const,
      ),
    ),
  );
  return [...rules]
    .sort((a, b) => alertKinds.indexOf(a.kind) - alertKinds.indexOf(b.kind))
    .map((rule) => {
      const { kind, unitId, floorMinor, floorCurrency, setBy } = rule;
      const setter = setters.get(setBy);
      return {
        kind,
        group: unitId === null ? null : (groups.get(unitId) ?? '?'),
        floor:
          floorMinor === null || floorCurrency === null
            ? null
            : { amountMinor: floorMinor.toString(), currency: floorCurrency },
        setBy: { memberId: setBy, name: setter?.name ?? '?' },
        isAsleep: !mayStill(setter, rule),
      };
    });
}
