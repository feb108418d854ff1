import { command, day, dotted, type Inline, seq, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Card, Row } from '../../../view/card.ts';
import { platformText } from '../channels/api.ts';
import type {
  DeskChange,
  DeskList,
  SubstituteList,
  SubstituteSet,
  SubstitutesEnded,
  SubstituteView,
} from './desk-model.ts';
import { daysText, scopeText } from './desk-words.ts';
import { t } from './messages.ts';
import { isAdmin } from './policy-cards.ts';

/** A desk of somebody else who sees less than everything: what is theirs is not taken over by the way. */
function isKept({ isNews, scope }: DeskChange, { actor }: PresentContext): boolean {
  const isOwn = actor.kind === 'member' && scope?.by?.memberId === actor.memberId;
  return !isNews && scope?.kind === 'sees' && !isOwn;
}

export function deskCard(change: DeskChange, at: PresentContext): Card {
  const { channel: label, isOn, isNews, isNotHere, waiting, scope } = change;
  const channel = strong(label);
  if (!isOn && isNews) return { tone: 'ok', title: t('desk-closed', { channel }), blocks: [] };
  if (!isOn) {
    const buttons = [{ label: t('what-list'), press: { a: 'approvals.desks', i: {} } }];
    return {
      tone: 'info',
      title: label === '' ? t('no-desk-here') : t('no-desk', { channel }),
      blocks: [{ t: 'buttons', buttons }],
    };
  }
  const blocks: Block[] = scope ? [{ t: 'text', of: t('desk-gets', { what: scopeText(scope) }) }] : [];
  if (isNotHere) blocks.unshift({ t: 'context', of: t('desk-not-here', { channel }) });
  if (scope?.kind === 'sees') blocks.push({ t: 'context', of: t('desk-wider') });
  if (isKept(change, at)) {
    blocks.push({ t: 'context', of: t('desk-kept', { line: command('deal-desk off', '审批频道 关闭') }) });
  }
  if (waiting > 0) blocks.push({ t: 'context', of: t('desk-waiting', { count: waiting }) });
  return isNews
    ? { tone: 'ok', title: t('desk-opened', { channel }), blocks }
    : { tone: 'info', title: t('desk-already', { channel }), blocks };
}

export function desksCard({ desks }: DeskList, { platform }: PresentContext): Card {
  const line = command('deal-desk here', '审批频道 这里');
  const hint: Block = { t: 'context', of: t('desk-hint', { line }) };
  if (desks.length === 0) {
    return { tone: 'info', title: t('desks-title'), blocks: [{ t: 'text', of: t('desks-none', { line }) }] };
  }
  const rows = desks.map(
    (desk): Row => ({
      text: dotted(strong(desk.label), platformText(platform, desk.platform)),
      detail: desk.isShared ? t('desk-now-shared') : scopeText(desk.scope),
    }),
  );
  return { tone: 'plain', title: t('desks-title'), blocks: [{ t: 'rows', rows }, hint] };
}

function whenText(view: SubstituteView): Inline {
  return view.isNow ? t('sub-until', { until: day(view.until) }) : daysText(view);
}

export function substituteCard(set: SubstituteSet): Card {
  const values = { of: strong(set.of.name), by: strong(set.by.name), days: daysText(set) };
  const blocks: Block[] = [{ t: 'text', of: t('sub-ends', values) }];
  if (set.waiting > 0) blocks.push({ t: 'context', of: t('sub-waiting', { count: set.waiting }) });
  return { tone: 'ok', title: t('sub-set', values), blocks };
}

export function substitutesCard({ substitutes, hasMore }: SubstituteList, at: PresentContext): Card {
  const { actor } = at;
  const line = command('substitute @chen 1dec..10dec', '审批代理 @chen 12月1日..12月10日');
  const mayEnd = ({ of }: SubstituteView) =>
    actor.kind === 'member' && (of.memberId === actor.memberId || isAdmin(at));
  if (substitutes.length === 0) {
    return { tone: 'info', title: t('subs-title'), blocks: [{ t: 'text', of: t('subs-none', { line }) }] };
  }
  const rows = substitutes.map((one): Row => {
    const text = t('sub-row', { by: strong(one.by.name), of: strong(one.of.name) });
    if (!mayEnd(one)) return { text, detail: whenText(one) };
    const isOwn = actor.kind === 'member' && one.of.memberId === actor.memberId;
    const i = { from: one.from, ...(isOwn ? {} : { of: `@${one.of.memberId}` }) };
    return {
      text,
      detail: whenText(one),
      buttons: [{ label: t('btn-end'), press: { a: 'approvals.substitute-off', i } }],
    };
  });
  const blocks: Block[] = [{ t: 'rows', rows }];
  blocks.push({ t: 'context', of: hasMore ? t('subs-more') : t('sub-hint', { line }) });
  return { tone: 'plain', title: t('subs-title'), blocks };
}

export function substitutesEndedCard({ of, ended }: SubstitutesEnded): Card {
  const name = strong(of.name);
  if (ended.length === 0) return { tone: 'info', title: t('subs-nothing', { name }), blocks: [] };
  const rows = ended.map(
    (one): Row => ({
      text: seq(strong(one.by.name), ' · ', daysText(one)),
    }),
  );
  return { tone: 'ok', title: t('subs-ended', { name }), blocks: [{ t: 'rows', rows }] };
}
