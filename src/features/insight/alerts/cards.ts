import { code, dotted, type Inline, listed, money, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Row } from '../../../view/card.ts';
import { platformText } from '../../org/channels/api.ts';
import { examples } from './line.ts';
import { t } from './messages.ts';
import type { AlertsChange, AlertsList, AlertsView, RuleView } from './model.ts';
import { kindTexts } from './words.ts';

/** By its name; one whose name the platform keeps to itself, by its id. */
export function channelText(label: string): Inline {
  return label.startsWith('#') ? strong(label) : t('unnamed', { id: code(label) });
}

/** Channels of both chat apps may have the same name. */
function placeText({ label, platform }: NonNullable<AlertsView['listener']>, at: PresentContext): Inline {
  return dotted(channelText(label), platform === null ? undefined : platformText(at.platform, platform));
}

const amountText = (floor: NonNullable<RuleView['floor']>): Inline =>
  money({ amountMinor: BigInt(floor.amountMinor), currency: floor.currency });

/** What a place gets, after it was looked at or changed. */
export function alertsCard(view: AlertsView, at: PresentContext, tone: Card['tone'] = 'plain'): Card {
  const { listener, rules, quiet, timeZone, budget } = view;
  const values = { channel: listener ? channelText(listener.label) : '' };
  if (rules.length === 0) {
    const title = listener ? t('gets-nothing-channel', values) : t('gets-nothing-you');
    return { tone, title, blocks: [{ t: 'context', of: t('how-empty', { set: exampleFor(view) }) }] };
  }
  const title = listener ? t('gets-channel', values) : t('gets-you');
  const hours = quiet.from === quiet.to ? t('hours-off') : t('hours-of', quiet);
  const blocks: Block[] = [
    { t: 'rows', rows: rowsOf(rules, at) },
    ...notes(rules),
    { t: 'context', of: t('noise', { hours, zone: timeZone, budget }) },
    { t: 'buttons', buttons: [stopButton(view)] },
  ];
  return { tone, title, blocks };
}

function exampleFor({ listener }: AlertsView): Inline {
  return listener ? examples.set : examples.me;
}

/** What a reader could take wrongly. */
function notes(rules: readonly RuleView[]): Block[] {
  const currencies = [...new Set(rules.flatMap(({ floor }) => floor?.currency ?? []))];
  const said: Inline[] = [
    ...(currencies.length > 0 ? [t('other-currencies', { currency: listed(currencies) })] : []),
    ...(rules.some(({ kind, group }) => kind === 'unowned' && group !== null)
      ? [t('unowned-everywhere')]
      : []),
  ];
  return said.map((of): Block => ({ t: 'context', of }));
}

/** Kinds of one scope and setter are one row. */
function rowsOf(rules: readonly RuleView[], at: PresentContext): Row[] {
  const groups = new Map<string, RuleView[]>();
  for (const rule of rules) {
    const key = JSON.stringify([rule.group, rule.setBy.memberId, rule.isAsleep]);
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].flatMap(([first, ...more]) =>
    first ? [rowOf([first, ...more], first, at)] : [],
  );
}

function rowOf(
  rules: readonly RuleView[],
  { group, setBy, isAsleep }: RuleView,
  { actor }: PresentContext,
): Row {
  const isMine = actor.kind === 'member' && actor.memberId === setBy.memberId;
  const whose =
    group === null
      ? isMine
        ? t('rule-mine')
        : t('rule-all', { name: setBy.name })
      : t('rule-group', { group });
  const kinds = rules.map(({ kind, floor }) =>
    floor
      ? t('kind-over', { kind: strong(kindTexts[kind]), amount: amountText(floor) })
      : strong(kindTexts[kind]),
  );
  const detail = isAsleep ? t('rule-asleep', { name: setBy.name }) : t('rule-set-by', { name: setBy.name });
  return { text: dotted(listed(kinds), whose), detail };
}

function stopButton({ listener }: AlertsView): Button {
  const i = listener ? (listener.id === '' ? {} : { channel: listener.id }) : { me: true };
  return { label: t('stop'), press: { a: 'alerts.stop', i } };
}

export function setCard(change: AlertsChange, at: PresentContext): Card {
  return alertsCard(change, at, 'ok');
}

export function stoppedCard({ listener, rules, changed }: AlertsChange): Card {
  if (changed.length === 0) return { tone: 'info', title: t('nothing-stopped'), blocks: [] };
  const kinds = listed(changed.map((kind) => kindTexts[kind]));
  const title = listener
    ? t('stopped-channel', { channel: channelText(listener.label), kinds })
    : t('stopped-you', { kinds });
  const left = listed(rules.map(({ kind }) => kindTexts[kind]));
  const small = [...(rules.length > 0 ? [t('still-gets', { kinds: left })] : []), t('stays-true')];
  return { tone: 'ok', title, blocks: [{ t: 'context', of: { t: 'seq', of: small, separator: ' ' } }] };
}

export function listCard({ listeners, hasMore }: AlertsList, at: PresentContext): Card {
  const title = t('list-title');
  if (listeners.length === 0) {
    return { tone: 'plain', title, blocks: [{ t: 'text', of: t('nothing-anywhere', examples) }] };
  }
  const blocks = listeners.flatMap(({ listener, rules }): Block[] => [
    { t: 'heading', of: listener ? placeText(listener, at) : t('whose-you') },
    { t: 'rows', rows: rowsOf(rules, at) },
  ]);
  if (hasMore) blocks.push({ t: 'context', of: t('more-listeners', { count: listeners.length }) });
  blocks.push({ t: 'context', of: t('how', examples) });
  return { tone: 'plain', title, blocks };
}
