import { type MemberActor, type Role, sellingRoles } from '../../../kernel/context.ts';
import { daysBetween } from '../../../kernel/dates.ts';
import { command, day, dotted, type Inline, instant, record, strong } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Field } from '../../../view/card.ts';
import { stageName } from '../pipelines/api.ts';
import { t } from './messages.ts';
import type {
  AmountView,
  ChangedField,
  ChangedValue,
  DealAssignment,
  DealCard,
  DealChanges,
  DealView,
  LostDeal,
  MovedDeal,
  ReopenedDeal,
} from './model.ts';
import { isStuck } from './rules.ts';
import { fieldTexts, reasonText, statusTexts } from './words.ts';

export const recordOf = (deal: { number: string; name: string }): Inline => record(deal.number, deal.name);

export const amountText = (amount: AmountView): Inline => ({ t: 'money', ...amount });

/** One line that says the whole deal: what people read after saving it and in lists. */
export function dealLine(deal: DealView, at: Pick<PresentContext, 'actor'>): Inline {
  return dotted(
    recordOf(deal),
    deal.account?.name,
    deal.amount ? amountText(deal.amount) : undefined,
    deal.status === 'open' ? t('stage-is', { stage: stageName(deal.stage) }) : statusTexts[deal.status],
    deal.status === 'open' && deal.closeOn ? t('closes', { on: day(deal.closeOn) }) : undefined,
    deal.closedOn ? day(deal.closedOn) : undefined,
    isMine(deal, at) ? undefined : ownerText(deal, at),
  );
}

/** A deal may be entered late, so a close date in the past is kept, but said. */
function pastCloseBlocks(
  { number, closeOn }: { number: string; closeOn: ChangedValue },
  { today }: Pick<PresentContext, 'today'>,
): Block[] {
  if (typeof closeOn !== 'string' || closeOn >= today) return [];
  const line = command(`set ${number} close:eom`, `修改 ${number} 成交日期:月底`);
  return [{ t: 'text', of: t('close-is-past', { on: day(closeOn), line }) }];
}

export function createdCard(deal: DealView, at: PresentContext): Card {
  const blocks: Block[] = [];
  if (!deal.account) blocks.push({ t: 'context', of: t('no-account') });
  blocks.push(...pastCloseBlocks(deal, at));
  if (deal.note) blocks.push({ t: 'quote', of: deal.note });
  return {
    tone: 'ok',
    title: dealLine(deal, at),
    blocks: [...blocks, { t: 'buttons', buttons: [nextStepButton(deal), openButton(deal)] }],
  };
}

/** The deal itself, then what the other features know about it. */
export function fullCard(deal: DealCard, at: PresentContext): Card {
  const blocks: Block[] = [{ t: 'fields', fields: fieldsOf(deal, at) }];
  if (deal.restricted) {
    blocks.push({ t: 'context', of: t('restricted') });
    return { tone: 'plain', title: recordOf(deal), blocks };
  }
  if (deal.note) blocks.push({ t: 'quote', of: deal.note });
  blocks.push(...deal.sections);
  if (deal.archivedAt) blocks.push({ t: 'context', of: dotted(t('archived'), instant(deal.archivedAt)) });
  const buttons = workButtons(deal, at);
  if (buttons.length > 0) blocks.push({ t: 'buttons', buttons });
  return { tone: deal.archivedAt ? 'warn' : 'plain', title: recordOf(deal), blocks };
}

function fieldsOf(deal: DealView, at: PresentContext): Field[] {
  const isOpen = deal.status === 'open';
  const all: { label: Inline; value: Inline | null }[] = deal.restricted
    ? [
        { label: t('owner'), value: ownerText(deal, at) },
        { label: t('stage'), value: isOpen ? stageName(deal.stage) : statusTexts[deal.status] },
      ]
    : [
        { label: t('account'), value: deal.account ? recordOf(deal.account) : t('no-account') },
        { label: t('owner'), value: ownerText(deal, at) },
        { label: t('stage'), value: isOpen ? stageText(deal) : null },
        { label: t('status'), value: isOpen ? null : closedText(deal) },
        { label: t('reason'), value: deal.reason === null ? null : reasonText(deal.reason) },
        { label: t('amount'), value: amountField(deal) },
        { label: t('close'), value: isOpen ? closeText(deal, at.today) : null },
        { label: t('product'), value: deal.product },
        { label: t('rival'), value: deal.rival },
      ];
  return all.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
}

function closedText({ status, closedOn }: DealView): Inline {
  return dotted(statusTexts[status], closedOn === null ? undefined : day(closedOn));
}

/** How long a deal has been in its stage, beside what is normal there. */
export function stageText({ stage, daysInStage }: Pick<DealView, 'stage' | 'daysInStage'>): Inline {
  const { normalDays } = stage;
  const values = { stage: strong(stageName(stage)), days: daysInStage, normal: normalDays };
  return t(isStuck(daysInStage, normalDays) ? 'stage-stuck' : 'stage-days', values);
}

function amountField({ amount, weighted }: DealView): Inline {
  if (!amount) return t('no-amount');
  const full = amountText(amount);
  return weighted ? t('amount-weighted', { amount: full, weighted: amountText(weighted) }) : full;
}

function closeText({ closeOn, pushCount }: DealView, today: string): Inline {
  if (closeOn === null) return t('no-close');
  const late = daysBetween(closeOn, today);
  return dotted(
    day(closeOn),
    late > 0 ? t('close-passed', { days: late }) : undefined,
    pushCount > 0 ? t('pushed', { count: pushCount }) : undefined,
  );
}

export function ownerText(deal: Pick<DealView, 'owner'>, at: Pick<PresentContext, 'actor'>): Inline {
  if (!deal.owner) return t('no-owner');
  return isMine(deal, at) ? t('you') : deal.owner.name;
}

function isMine(deal: Pick<DealView, 'owner'>, { actor }: Pick<PresentContext, 'actor'>): boolean {
  return actor.kind === 'member' && actor.memberId === deal.owner?.memberId;
}

export function isSelling({ actor }: Pick<PresentContext, 'actor'>): boolean {
  const isOne = (role: Role) => (sellingRoles as readonly Role[]).includes(role);
  return actor.kind === 'member' && (actor as MemberActor).roles.some(isOne);
}

/** What comes next with a deal, for those who sell. */
function workButtons(deal: DealView, at: PresentContext): Button[] {
  if (!isSelling(at)) return [];
  const i = { deal: deal.number };
  if (deal.archivedAt) return [{ label: t('restore'), press: { a: 'deals.restore', i } }];
  if (deal.status !== 'open') return [{ label: t('reopen'), press: { a: 'deals.reopen', i } }];
  const missing = deal.account === null || deal.amount === null || deal.closeOn === null;
  return [
    { label: t('move'), press: { a: 'deals.move', i } },
    { label: t('log'), press: { a: 'activities.log', i: { subject: deal.number }, form: true } },
    nextStepButton(deal),
    ...(missing ? [{ label: t('set'), press: { a: 'deals.set', i, form: true as const } }] : []),
    { label: t('won'), press: { a: 'deals.won', i, form: true } },
    { label: t('lost'), press: { a: 'deals.lost', i, form: true } },
  ];
}

function nextStepButton(deal: DealView): Button {
  return { label: t('next-step'), press: { a: 'next-steps.set', i: { subject: deal.number }, form: true } };
}

export function openButton(deal: { number: string }): Button {
  return { label: t('open-it'), press: { a: 'deals.show', i: { deal: deal.number } } };
}

function fromTo(before: Inline, after: Inline): Inline {
  return t('from-to', { before, after });
}

export function movedCard(deal: MovedDeal): Card {
  const path = fromTo(stageName(deal.from), strong(stageName(deal.stage)));
  const title = dotted(recordOf(deal), deal.isBack ? t('moved-back', { path }) : path);
  return { tone: 'ok', title, blocks: [{ t: 'buttons', buttons: [nextStepButton(deal), openButton(deal)] }] };
}

export function changedCard({ number, name, changes, push }: DealChanges, at: PresentContext): Card {
  const title = recordOf({ number, name });
  if (changes.length === 0) {
    return { tone: 'info', title: t('nothing-changed', { record: title }), blocks: [] };
  }
  const fields = changes.map(({ field, before, after }) => {
    const path = fromTo(valueText(field, before), valueText(field, after));
    const isPushed = field === 'close' && push !== null;
    return { label: fieldTexts[field], value: isPushed ? t('push-nth', { path, count: push }) : path };
  });
  const closeOn = changes.find(({ field }) => field === 'close')?.after ?? null;
  const blocks: Block[] = [{ t: 'fields', fields }, ...pastCloseBlocks({ number, closeOn }, at)];
  return { tone: 'ok', title, blocks };
}

function valueText(field: ChangedField, value: ChangedValue): Inline {
  if (value === null) return t('empty');
  if (typeof value !== 'string') return amountText(value);
  return field === 'close' ? day(value) : value;
}

export function wonCard(deal: DealView): Card {
  const title = dotted(
    t('won-done', { record: recordOf(deal) }),
    deal.account?.name,
    deal.amount ? amountText(deal.amount) : undefined,
    deal.reason === null ? undefined : t('reason-is', { reason: reasonText(deal.reason) }),
  );
  return { tone: 'ok', title, blocks: [{ t: 'buttons', buttons: [openButton(deal)] }] };
}

export function lostCard(deal: LostDeal, at: PresentContext): Card {
  const title = dotted(
    t('lost-done', { record: recordOf(deal) }),
    deal.account?.name,
    deal.amount ? amountText(deal.amount) : undefined,
    deal.reason === null ? undefined : t('reason-is', { reason: reasonText(deal.reason) }),
    deal.rival === null ? undefined : t('rival-is', { rival: deal.rival }),
  );
  if (!deal.revisit) return { tone: 'ok', title, blocks: [{ t: 'buttons', buttons: [openButton(deal)] }] };
  const { account, on } = deal.revisit;
  const locale = at.actor.kind === 'member' ? at.actor.locale : at.org.locale;
  const text = t.messages[locale]['revisit-step']?.replace('{number}', deal.number) ?? deal.number;
  const revisit = { a: 'next-steps.set', i: { subject: account, due: { on }, text } };
  return {
    tone: 'ok',
    title,
    blocks: [
      { t: 'text', of: t('revisit-ask', { on: day(on) }) },
      { t: 'buttons', buttons: [{ label: t('revisit'), press: revisit }, openButton(deal)] },
    ],
  };
}

export function reopenedCard(deal: ReopenedDeal): Card {
  return {
    tone: 'ok',
    title: t('reopened-done', {
      record: recordOf(deal),
      was: deal.was,
      stage: stageName(deal.stage),
    }),
    blocks: [{ t: 'buttons', buttons: [nextStepButton(deal), openButton(deal)] }],
  };
}

export function assignedCard(deal: DealAssignment, at: PresentContext): Card {
  const title = t('assigned-done', {
    record: recordOf(deal),
    owner: ownerText(deal, at),
    was: deal.previousOwner ?? t('no-owner'),
  });
  const told = deal.told && deal.owner ? t('told', { name: deal.owner.name }) : undefined;
  return { tone: 'ok', title, blocks: told ? [{ t: 'text', of: told }] : [] };
}

export function archivedCard(deal: DealView): Card {
  return { tone: 'ok', title: t('archived-done', { record: recordOf(deal) }), blocks: [] };
}

export function restoredCard(deal: DealView): Card {
  const blocks: Block[] = [{ t: 'buttons', buttons: [openButton(deal)] }];
  return { tone: 'ok', title: t('restored-done', { record: recordOf(deal) }), blocks };
}
