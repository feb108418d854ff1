import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { createAccount, findTwins } from '../api.ts';
import { recordOf, savedCard } from '../cards.ts';
import { classField, readDomain } from '../inputs.ts';
import { t } from '../messages.ts';
import { accountView, type Twin } from '../model.ts';
import { twinCreated } from '../notifications.ts';
import { numberOf } from '../queries.ts';
import { requireAccountView, requireClassRight } from '../rights.ts';

export const create = defineAction({
  name: 'accounts.create',
  title: t('new-title'),
  summary: t('new-summary'),
  effect: 'write',
  input: z.strictObject({
    name: f.text(t('name'), { placeholder: 'Acme Pumps' }),
    phone: f.phone(t('phone')).optional(),
    domain: f.text(t('domain'), { placeholder: 'acme.example' }).optional(),
    industry: f.text(t('industry'), { max: 100 }).optional(),
    location: f.text(t('location'), { max: 100 }).optional(),
    class: classField().optional(),
    note: f.note(t('note')).optional(),
    force: f.flag(t('force')).optional(),
  }),
  output: accountView,
  roles: sellingRoles,
  command: {
    verb: 'account',
    aliases: ['新建客户', '客户', 'new-account', 'customer'],
    args: ['name', 'phone'],
    keys: {
      domain: 'domain',
      web: 'domain',
      域名: 'domain',
      industry: 'industry',
      sector: 'industry',
      行业: 'industry',
      location: 'location',
      city: 'location',
      所在地: 'location',
      class: 'class',
      等级: 'class',
    },
    note: 'note',
    group: 'daily',
    examples: {
      en: ['account "Borealis Valves" domain:borealis.example industry:valves city:Wuxi'],
      'zh-CN': ['新建客户 华诚阀门 行业:阀门 所在地:无锡'],
    },
  },
  hidden: ['force'],
  example: { as: 'rep', input: { name: 'Borealis Valves', domain: 'borealis.example' } },

  async run(ctx, { force, class: valueClass, ...account }) {
    const owner = memberOf(ctx);
    if (valueClass) {
      const label = t('without-class');
      await requireClassRight(ctx, owner.memberId, [{ label, action: 'accounts.create', input: account }]);
    }
    const values = {
      ...account,
      valueClass: valueClass ?? null,
      domain: account.domain === undefined ? null : readDomain(account.domain),
      phone: account.phone ?? null,
      ownerId: owner.memberId,
    };
    const twins = await findTwins(ctx, values);
    const [first] = twins;
    if (first && !force) throw looksLike(ctx, first, { ...account, class: valueClass });
    const row = await createAccount(ctx, values);
    tellOwners(ctx, { number: numberOf(row), name: row.name }, twins);
    return requireAccountView(ctx, row.id);
  },
  present: savedCard,
});

/** Stops at a record that looks like the same company and offers both ways on. */
function looksLike(ctx: Ctx, twin: Twin, typed: Record<string, unknown>): AppError {
  const isOthers = twin.ownerName !== null && twin.ownerId !== memberOf(ctx).memberId;
  return new AppError(
    'conflict',
    t('looks-like', {
      record: recordOf(twin),
      owner: twin.ownerName ?? t('no-owner'),
      by: t(`by-${twin.by}`),
    }),
    {
      waysOut: [
        { label: t('open-it'), action: 'accounts.show', input: { account: twin.number } },
        {
          label: isOthers ? t('create-anyway-tells', { owner: twin.ownerName ?? '' }) : t('create-anyway'),
          action: 'accounts.create',
          input: { ...typed, force: true },
        },
      ],
    },
  );
}

/** Whoever owns a twin learns of the second record, each owner once. */
function tellOwners(ctx: Ctx, account: { number: string; name: string }, twins: readonly Twin[]): void {
  const me = memberOf(ctx);
  const told = new Set([me.memberId]);
  for (const { ownerId, number, name, by } of twins) {
    if (ownerId === null || told.has(ownerId)) continue;
    told.add(ownerId);
    ctx.notify(twinCreated, { memberId: ownerId, account, twin: { number, name }, sign: by, by: me.name });
  }
}
