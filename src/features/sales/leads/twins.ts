import { AppError } from '../../../kernel/errors.ts';
import { record } from '../../../kernel/text.ts';
import { type Ctx, memberOf } from '../../../runtime/context.ts';
import { findTwins } from '../../crm/accounts/api.ts';
import { t } from './messages.ts';
import { twinCreated } from './notifications.ts';
import { numberOf, similarLeads } from './queries.ts';
import { type Likeness, sameBy, type TwinSign } from './rules.ts';

/** A record that looks like the same customer. */
export interface LeadTwin {
  kind: 'lead' | 'account';
  number: string;
  name: string;
  ownerId: string | null;
  ownerName: string | null;
  by: TwinSign;
}

/** Customers and open leads that are probably the one a new lead is about; customers first. */
export async function twinsOf(
  ctx: Ctx,
  lead: { company: string; phone?: string | undefined },
  like: Likeness,
): Promise<LeadTwin[]> {
  const [accounts, leads] = await Promise.all([
    findTwins(ctx, { name: lead.company, domain: like.emailDomain, phone: lead.phone ?? null }),
    similarLeads(ctx, like),
  ]);
  return [
    ...accounts.map((twin): LeadTwin => ({ kind: 'account', ...twin })),
    ...leads.flatMap(({ lead: row, owner }): LeadTwin[] => {
      const by = sameBy(like, row);
      if (!by) return [];
      const { company: name, ownerId } = row;
      return [{ kind: 'lead', number: numberOf(row), name, ownerId, ownerName: owner, by }];
    }),
  ];
}

/** Stops at a record that looks like the same customer and offers both ways on. */
export function looksLike(ctx: Ctx, twin: LeadTwin, typed: Record<string, unknown>): AppError {
  const isOthers = twin.ownerName !== null && twin.ownerId !== memberOf(ctx).memberId;
  const open =
    twin.kind === 'lead'
      ? { action: 'leads.show', input: { lead: twin.number } }
      : { action: 'accounts.show', input: { account: twin.number } };
  return new AppError(
    'conflict',
    t('looks-like', {
      record: record(twin.number, twin.name),
      owner: twin.ownerName ?? t('no-owner'),
      by: t(`by-${twin.by}`),
    }),
    {
      waysOut: [
        { label: t('open-it'), ...open },
        {
          label: isOthers ? t('create-anyway-tells', { owner: twin.ownerName ?? '' }) : t('create-anyway'),
          action: 'leads.create',
          input: { ...typed, force: true },
        },
      ],
    },
  );
}

/** Whoever owns a twin learns of the second record, each owner once. */
export function tellOwners(
  ctx: Ctx,
  lead: { number: string; name: string },
  twins: readonly LeadTwin[],
): void {
  const me = memberOf(ctx);
  const told = new Set([me.memberId]);
  for (const { ownerId, number, name, by } of twins) {
    if (ownerId === null || told.has(ownerId)) continue;
    told.add(ownerId);
    ctx.notify(twinCreated, { memberId: ownerId, lead, twin: { number, name }, sign: by, by: me.name });
  }
}
