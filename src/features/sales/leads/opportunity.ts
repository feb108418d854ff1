import { AppError } from '../../../kernel/errors.ts';
import { formatNumber } from '../../../kernel/ids.ts';
import { record } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { createAccount, findTwins, type Twin } from '../../crm/accounts/api.ts';
import { createContact, findContactTwins } from '../../crm/contacts/api.ts';
import { createDeal } from '../deals/api.ts';
import { t } from './messages.ts';
import type { HowFound, Judgement } from './model.ts';
import { numberOf } from './queries.ts';
import type { LeadRow } from './record.ts';
import { labelOf } from './rights.ts';

/** A record a lead leads to, and how it was come by. */
interface Found {
  id: string;
  number: string;
  name: string;
  how: HowFound;
}

export interface OpportunityWish {
  /** The customer somebody chose. */
  account?: { id: string; number: string; name: string } | undefined;
  /** A new customer even though one looks alike. */
  isNewAccount?: boolean | undefined;
  dealName?: string | undefined;
  ownerId: string;
}

export interface Opportunity {
  account: Found;
  contact: Found | null;
  deal: { id: string; number: string; name: string };
}

/**
 * Opens the deal a lead has become, at its customer and with its person: known ones are linked, unknown ones
 * made. Throws AppError `ambiguous` when several customers look like the lead's company.
 */
export async function openOpportunity(ctx: Ctx, lead: LeadRow, wish: OpportunityWish): Promise<Opportunity> {
  const account = await accountFor(ctx, lead, wish);
  const contact = await contactFor(ctx, lead, account);
  const row = await createDeal(ctx, {
    name: wish.dealName ?? lead.company,
    ownerId: wish.ownerId,
    accountId: account.id,
    leadId: lead.id,
    amount:
      lead.amountMinor === null || lead.currency === null
        ? null
        : { amountMinor: lead.amountMinor, currency: lead.currency },
    note: lead.note,
  });
  return { account, contact, deal: { id: row.id, number: formatNumber('deal', row.number), name: row.name } };
}

async function accountFor(ctx: Ctx, lead: LeadRow, wish: OpportunityWish): Promise<Found> {
  if (wish.account) return { ...wish.account, how: 'chosen' };
  if (!wish.isNewAccount) {
    const like = { name: lead.company, domain: lead.emailDomain, phone: lead.phone };
    const twins = await findTwins(ctx, like);
    const [twin] = twins;
    if (twins.length > 1) throw whichCustomer(lead, twins);
    if (twin) {
      const { id } = await ctx.resolve(['account'], twin.number);
      return { id, number: twin.number, name: twin.name, how: twin.by };
    }
  }
  const row = await createAccount(ctx, {
    name: lead.company,
    domain: lead.emailDomain,
    ownerId: wish.ownerId,
    salesState: 'potential',
    salesStateReason: numberOf(lead),
  });
  return { id: row.id, number: formatNumber('account', row.number), name: row.name, how: 'created' };
}

/** Never a guess on a write: the same judgement with each customer, or with a new one. */
function whichCustomer(lead: LeadRow, twins: readonly Twin[]): AppError {
  const again = (chosen: Record<string, unknown>) => ({
    action: 'leads.judge',
    input: {
      lead: numberOf(lead),
      outcome: 'opp',
      tests: ['budget', 'need', 'authority', 'time'],
      ...chosen,
    },
  });
  return new AppError('ambiguous', t('which-customer', { record: labelOf(lead) }), {
    waysOut: [
      ...twins.slice(0, 4).map(({ number, name }) => ({
        label: record(number, name),
        ...again({ account: number }),
      })),
      { label: t('new-customer'), ...again({ isNewAccount: true }) },
    ],
  });
}

async function contactFor(ctx: Ctx, lead: LeadRow, account: Found): Promise<Found | null> {
  const { contactName, email, phone } = lead;
  const name = contactName ?? email ?? phone;
  if (name === null) return null;
  const twins = await findContactTwins(ctx, { name, accountId: account.id, email, phone });
  // The same person at another company is a new contact of this one.
  const twin = twins.find((one) => one.accountName === account.name);
  if (twin) {
    const { id } = await ctx.resolve(['contact'], twin.number);
    return { id, number: twin.number, name: twin.name, how: twin.by };
  }
  const row = await createContact(ctx, { name, email, phone, accountId: account.id });
  return { id: row.id, number: formatNumber('contact', row.number), name: row.name, how: 'created' };
}

/** What an output tells of an opportunity. */
export function told({ account, contact, deal }: Opportunity): Omit<Judgement, 'lead'> {
  const found = ({ number, name, how }: Found) => ({ number, name, how });
  return {
    account: found(account),
    contact: contact && found(contact),
    deal: { number: deal.number, name: deal.name },
  };
}
