import { type MemberActor, sellingRoles } from '../../../kernel/context.ts';
import { day, dotted, type Inline, instant, listed, money, record } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Field } from '../../../view/card.ts';
import { t } from './messages.ts';
import type {
  HowFound,
  Judgement,
  LeadAssignment,
  LeadCard,
  LeadChange,
  LeadChanges,
  LeadList,
  LeadView,
} from './model.ts';
import { workingMinutesLeft } from './rules.ts';
import {
  durationText,
  dutyTexts,
  fieldTexts,
  instantText,
  passedTexts,
  reasonText,
  sourceText,
  stateTexts,
} from './words.ts';

const recordOf = (lead: LeadView): Inline => record(lead.number, lead.company);

/** One line that says the whole lead: what a rep reads after saving it and in lists. */
export function leadLine(lead: LeadView, at: PresentContext): Inline {
  return dotted(
    recordOf(lead),
    lead.contactName ?? lead.email ?? lead.phone ?? undefined,
    lead.source === null ? undefined : t('source-is', { source: sourceText(lead.source) }),
    lead.amount ? amountText(lead.amount) : undefined,
    t('state-is', { state: stateTexts[lead.state] }),
    isMine(lead, at) ? t('owner-you') : t('owner-is', { name: lead.owner?.name ?? t('no-owner') }),
    planText(lead, at),
  );
}

function isMine(lead: LeadView, { actor }: Pick<PresentContext, 'actor'>): boolean {
  return actor.kind === 'member' && actor.memberId === lead.owner?.memberId;
}

function amountText(amount: { amountMinor: string; currency: string }): Inline {
  return money({ amountMinor: BigInt(amount.amountMinor), currency: amount.currency });
}

/** When the follow-up plan is due, or that one is filed; nothing for leads that owe none. */
export function planText(lead: LeadView, at: PresentContext): Inline | undefined {
  if (lead.state !== 'new' && lead.state !== 'opportunity') return undefined;
  if (lead.planFiledAt) return t('plan-filed');
  return lead.planDueAt ? t('plan-due', { at: instantText(lead.planDueAt, at) }) : undefined;
}

/** The running clock with the working time that is left. */
function clockText(lead: LeadView, at: PresentContext): Inline | undefined {
  const plan = planText(lead, at);
  return lead.planFiledAt || !lead.planDueAt ? plan : plan && dotted(plan, leftText(lead.planDueAt, at));
}

function leftText(planDueAt: string, at: PresentContext): Inline {
  const left = workingMinutesLeft(at.now, new Date(planDueAt), at.org);
  const duration = durationText(left);
  return left < 0 ? t('late-by', { duration }) : t('time-left', { duration });
}

/** The same as a labelled value; nothing for leads that owe no plan. */
function planField(lead: LeadView, at: PresentContext): { label: Inline; value: Inline | null } {
  const { planDueAt, planFiledAt } = lead;
  if (planFiledAt) return { label: t('plan-filed-label'), value: instantText(planFiledAt, at) };
  const isOwed = planDueAt !== null && planText(lead, at) !== undefined;
  return {
    label: t('plan-due-label'),
    value: isOwed ? dotted(instantText(planDueAt, at), leftText(planDueAt, at)) : null,
  };
}

/** What a lead needs next, for those who may. */
function workButtons(lead: LeadView, at: PresentContext): Block[] {
  const { actor } = at;
  const isSelling =
    actor.kind === 'member' &&
    (actor as MemberActor).roles.some((role) => (sellingRoles as readonly string[]).includes(role));
  if (!isSelling || lead.restricted) return [];
  if (lead.archivedAt) {
    return [{ t: 'buttons', buttons: [button(t('restore'), 'leads.restore', { lead: lead.number })] }];
  }
  const buttons: Button[] = [];
  if (lead.deal) buttons.push(button(t('open-deal'), 'deals.show', { deal: lead.deal.number }));
  else if (lead.owner === null) {
    buttons.push(button(t('take-it'), 'leads.assign', { lead: lead.number, to: 'me' }));
  } else if (lead.state !== 'dropped') buttons.push(planButton(lead));
  if (!lead.deal) buttons.push(judgeButton(lead));
  return [{ t: 'buttons', buttons }];
}

function button(label: Inline, a: string, i: Record<string, unknown>): Button {
  return { label, press: { a, i } };
}

function planButton({ number, planFiledAt }: LeadView): Button {
  const label = planFiledAt ? t('next-step') : t('file-plan');
  return { label, press: { a: 'next-steps.set', i: { subject: number }, form: true } };
}

function judgeButton({ number }: LeadView): Button {
  return { label: t('judge'), press: { a: 'leads.judge', i: { lead: number }, form: true } };
}

export function createdCard(lead: LeadView, at: PresentContext): Card {
  const blocks: Block[] = lead.note ? [{ t: 'quote', of: lead.note }] : [];
  return { tone: 'ok', title: leadLine(lead, at), blocks: [...blocks, ...workButtons(lead, at)] };
}

export function fullCard(lead: LeadCard, at: PresentContext): Card {
  const blocks: Block[] = [{ t: 'fields', fields: fieldsOf(lead, at) }];
  if (lead.note) blocks.push({ t: 'quote', of: lead.note });
  if (lead.restricted) blocks.push({ t: 'context', of: t('restricted') });
  if (lead.archivedAt) blocks.push({ t: 'context', of: dotted(t('archived'), instant(lead.archivedAt)) });
  blocks.push(...lead.sections, ...workButtons(lead, at));
  return { tone: lead.archivedAt ? 'warn' : 'plain', title: recordOf(lead), blocks };
}

function fieldsOf(lead: LeadView, at: PresentContext): Field[] {
  const duty = dutyTexts[lead.state];
  const state = stateTexts[lead.state];
  const linked = (of: { number: string; name: string } | null) => of && record(of.number, of.name);
  const all: { label: Inline; value: Inline | null }[] = [
    { label: t('state'), value: duty ? t('state-duty', { state, duty }) : state },
    { label: t('reason'), value: becauseText(lead) },
    planField(lead, at),
    {
      label: t('tests'),
      value: lead.testsPassed.length > 0 ? listed(lead.testsPassed.map((test) => passedTexts[test])) : null,
    },
    { label: t('review'), value: lead.reviewOn && day(lead.reviewOn) },
    { label: t('contact'), value: lead.contactName },
    { label: t('email'), value: lead.email },
    { label: t('phone'), value: lead.phone },
    { label: t('source'), value: lead.source === null ? null : sourceText(lead.source) },
    { label: t('amount'), value: lead.amount && amountText(lead.amount) },
    { label: t('owner'), value: lead.owner?.name ?? t('no-owner') },
    { label: t('account'), value: linked(lead.account) },
    { label: t('contact-record'), value: linked(lead.contact) },
    { label: t('deal'), value: linked(lead.deal) },
  ];
  return all.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
}

function becauseText({ stateReason, stateNote }: LeadView): Inline | null {
  if (stateReason === null) return stateNote;
  return stateNote === null ? reasonText(stateReason) : dotted(reasonText(stateReason), stateNote);
}

export function listCard({ owner, state, leads, hasMore }: LeadList, at: PresentContext): Card {
  const whose = owner === null ? t('nobodys') : isMine({ owner } as LeadView, at) ? t('yours') : owner.name;
  const title = t('list-of', { state: stateTexts[state], whose });
  if (leads.length === 0) {
    return { tone: 'info', title: dotted(title, t('list-empty')), blocks: [] };
  }
  const rows = leads.map((lead) => {
    const judged = lead.deal || lead.restricted;
    const open = button(t('open-it'), 'leads.show', { lead: lead.number });
    return {
      text: dotted(
        recordOf(lead),
        lead.contactName ?? lead.email ?? lead.phone ?? undefined,
        lead.amount ? amountText(lead.amount) : undefined,
      ),
      detail: lead.reviewOn
        ? t('review-due', { on: day(lead.reviewOn) })
        : (clockText(lead, at) ?? becauseText(lead) ?? stateTexts[lead.state]),
      buttons: judged ? [open] : [...(lead.owner ? [planButton(lead)] : []), judgeButton(lead), open],
    };
  });
  const blocks: Block[] = [{ t: 'rows', rows }];
  if (hasMore) blocks.push({ t: 'context', of: t('list-more', { count: leads.length }) });
  return { tone: 'plain', title, blocks };
}

const howTexts = {
  created: t('how-created'),
  chosen: t('how-chosen'),
  phone: t('how-same', { by: t('by-phone') }),
  domain: t('how-same', { by: t('by-domain') }),
  email: t('how-same', { by: t('email') }),
  name: t('how-same', { by: t('by-name') }),
} satisfies Record<HowFound, Inline>;

export function judgedCard({ lead, account, contact, deal }: Judgement, at: PresentContext): Card {
  switch (lead.state) {
    case 'opportunity': {
      const owner = isMine(lead, at) ? t('you') : (lead.owner?.name ?? t('no-owner'));
      const found = (label: Inline, of: { number: string; name: string; how: HowFound } | null) =>
        of === null
          ? []
          : [{ label, value: t('found', { record: record(of.number, of.name), how: howTexts[of.how] }) }];
      const { label, value } = planField(lead, at);
      const blocks: Block[] = [
        {
          t: 'fields',
          fields: [
            ...found(t('account'), account),
            ...found(t('contact-record'), contact),
            ...(value === null ? [] : [{ label, value }]),
          ],
        },
      ];
      if (deal) blocks.push({ t: 'buttons', buttons: dealButtons(lead, deal.number) });
      const opened = deal ? record(deal.number, deal.name) : recordOf(lead);
      return {
        tone: 'ok',
        title: t('judged-opp', { lead: record(lead.number), deal: opened, owner }),
        blocks,
      };
    }
    case 'nurture': {
      const title = t('judged-nurture', {
        record: recordOf(lead),
        on: lead.reviewOn ? day(lead.reviewOn) : '',
      });
      const because = becauseText(lead);
      return { tone: 'ok', title, blocks: because ? [{ t: 'context', of: because }] : [] };
    }
    default:
      return {
        tone: 'ok',
        title: t('judged-drop', { record: recordOf(lead), reason: becauseText(lead) ?? '' }),
        blocks: [],
      };
  }
}

function dealButtons(lead: LeadView, deal: string): Button[] {
  const label = lead.planFiledAt ? t('next-step') : t('file-plan');
  return [
    { label, press: { a: 'next-steps.set', i: { subject: deal }, form: true } },
    button(t('open-it'), 'deals.show', { deal }),
  ];
}

export function changedCard({ number, company, changes }: LeadChanges): Card {
  const title = record(number, company);
  if (changes.length === 0)
    return { tone: 'info', title: t('nothing-changed', { record: title }), blocks: [] };
  const fields = changes.map(({ field, before, after }) => ({
    label: fieldTexts[field],
    value: t('from-to', { before: valueText(field, before), after: valueText(field, after) }),
  }));
  return { tone: 'ok', title, blocks: [{ t: 'fields', fields }] };
}

function valueText(field: LeadChange['field'], value: LeadChange['before']): Inline {
  if (value === null) return t('empty');
  if (typeof value !== 'string') return amountText(value);
  return field === 'source' ? sourceText(value) : value;
}

export function assignedCard(lead: LeadAssignment, at: PresentContext): Card {
  const owner = isMine(lead, at) ? t('you') : (lead.owner?.name ?? t('no-owner'));
  const title = t('assigned-done', {
    record: recordOf(lead),
    owner,
    was: lead.previousOwner ?? t('no-owner'),
  });
  const told = lead.told && lead.owner ? t('told', { name: lead.owner.name }) : undefined;
  const of = dotted(told, lead.restricted ? undefined : planText(lead, at));
  const isMineNow = isMine(lead, at);
  return {
    tone: 'ok',
    title,
    blocks: [{ t: 'text', of }, ...(isMineNow ? workButtons(lead, at) : [])],
  };
}

export const archivedCard = (lead: LeadView): Card => ({
  tone: 'ok',
  title: t('archived-done', { record: recordOf(lead) }),
  blocks: [],
});

export function restoredCard(lead: LeadView, at: PresentContext): Card {
  const plan = planText(lead, at);
  const title = t('restored-done', { record: recordOf(lead) });
  return { tone: 'ok', title, blocks: plan ? [{ t: 'text', of: plan }] : [] };
}
