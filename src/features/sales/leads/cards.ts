import { dotted, type Inline, instant, record } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Card } from '../../../view/card.ts';
import { t } from './messages.ts';
import type { LeadView } from './model.ts';

const stateTexts = {
  new: t('state-new'),
  opportunity: t('state-opportunity'),
  nurture: t('state-nurture'),
  dropped: t('state-dropped'),
} satisfies Record<LeadView['state'], Inline>;

/** One line that says the whole lead: what a rep reads after saving it and in lists. */
export function leadLine(lead: LeadView, at: Pick<PresentContext, 'actor'>): Inline {
  return dotted(
    record(lead.number, lead.company),
    lead.contactName ?? lead.email ?? lead.phone ?? undefined,
    t('source-is', { source: lead.source }),
    lead.amount ? { t: 'money', ...lead.amount } : undefined,
    t('state-is', { state: stateTexts[lead.state] }),
    ownerText(lead, at),
    planText(lead),
  );
}

function ownerText(lead: LeadView, at: Pick<PresentContext, 'actor'>): Inline {
  if (!lead.owner) return t('owner-is', { name: t('no-owner') });
  const isMine = at.actor.kind === 'member' && at.actor.memberId === lead.owner.memberId;
  return isMine ? t('owner-you') : t('owner-is', { name: lead.owner.name });
}

function planText(lead: LeadView): Inline | undefined {
  if (lead.state !== 'new') return undefined;
  if (lead.planFiledAt) return t('plan-filed');
  return lead.planDueAt ? t('plan-due', { at: instant(lead.planDueAt) }) : undefined;
}

export function createdCard(lead: LeadView, at: PresentContext): Card {
  const blocks: Block[] = lead.note ? [{ t: 'quote', of: lead.note }] : [];
  return { tone: 'ok', title: leadLine(lead, at), blocks };
}

export function leadCard(lead: LeadView): Card {
  const fields = [
    { label: t('contact'), value: lead.contactName },
    { label: t('email'), value: lead.email },
    { label: t('phone'), value: lead.phone },
    { label: t('source'), value: lead.source },
    { label: t('amount'), value: lead.amount && ({ t: 'money', ...lead.amount } as const) },
    { label: t('state'), value: stateTexts[lead.state] },
    { label: t('owner'), value: lead.owner?.name ?? t('no-owner') },
  ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
  const blocks: Block[] = [{ t: 'fields', fields }];
  const plan = planText(lead);
  if (plan) blocks.push({ t: 'context', of: plan });
  if (lead.note) blocks.push({ t: 'quote', of: lead.note });
  return { tone: 'plain', title: record(lead.number, lead.company), blocks };
}
