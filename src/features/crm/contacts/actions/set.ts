import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { nameKey, phoneKey } from '../../../../kernel/names.ts';
import { command } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { changeRecord, type RecordPatch } from '../../../../store/records.ts';
import { requireLiveAccount } from '../../accounts/api.ts';
import { changedCard } from '../cards.ts';
import { t } from '../messages.ts';
import { type ContactView, contactChanges } from '../model.ts';
import { contactLeft } from '../notifications.ts';
import { accountOwner, countOfAccount } from '../queries.ts';
import { type ContactRow, contactRecord } from '../record.ts';
import { requireContactView, writableLive } from '../rights.ts';
import { differences } from '../rules.ts';
import type { contacts } from '../tables.ts';
import { roleField } from '../words.ts';

const input = z.strictObject({
  contact: f.ref('contact', t('contact')),
  name: f.text(t('name')).optional(),
  role: roleField().optional(),
  title: f.text(t('title'), { max: 100 }).optional(),
  email: f.email(t('email')).optional(),
  phone: f.phone(t('phone')).optional(),
  account: f.ref('account', t('account')).optional(),
  left: f.flag(t('left')).optional(),
  note: f.note(t('note')).optional(),
});

export const set = defineAction({
  name: 'contacts.set',
  title: t('set-title'),
  summary: t('set-summary'),
  effect: 'write',
  input,
  output: contactChanges,
  roles: sellingRoles,
  example: { as: 'manager', input: { contact: 'K-1', role: 'decides', title: 'Head of purchasing' } },
  prefill: async (ctx, raw) => {
    if (typeof raw.contact !== 'string') return {};
    const { id } = await ctx.resolve(['contact'], raw.contact);
    return typedValues(await requireContactView(ctx, id));
  },
  mayOpen: async (ctx, { contact }) => contact && writableLive(ctx, contact.id),

  async run(ctx, { contact: ref, ...values }) {
    const row = await writableLive(ctx, ref.id);
    if (Object.keys(values).length === 0) {
      throw new AppError(
        'invalid_input',
        t('nothing-to-change', { line: command('set K-3 role decider', '修改 K-3 角色 决策人') }),
      );
    }
    if (values.account) await requireLiveAccount(ctx, values.account.id);
    const before = await requireContactView(ctx, row.id);
    await changeRecord(ctx, contactRecord, row, patchOf(ctx, row, values));
    const after = await requireContactView(ctx, row.id);
    const hasLeft = before.leftAt === null && after.leftAt !== null;
    if (hasLeft) await tellOwner(ctx, row, after);
    const contactsLeft = hasLeft && row.accountId !== null ? await countOfAccount(ctx, row.accountId) : null;
    return { ...after, changes: differences(before, after), contactsLeft };
  },
  present: changedCard,
});

function typedValues(view: ContactView): Record<string, unknown> {
  const { name, role, title, email, phone, account } = view;
  const all = { name, role, title, email, phone, account: account?.number };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined));
}

function patchOf(
  ctx: Ctx,
  row: ContactRow,
  values: Omit<z.output<typeof input>, 'contact'>,
): RecordPatch<typeof contacts> {
  const { name, role, title, email, phone, account, left, note } = values;
  return {
    ...(name === undefined ? {} : { name, nameKey: nameKey(name) }),
    ...(role === undefined ? {} : { role }),
    ...(title === undefined ? {} : { title }),
    ...(email === undefined ? {} : { email: email.toLowerCase() }),
    ...(phone === undefined ? {} : { phone, phoneKey: phoneKey(phone) }),
    ...(account === undefined ? {} : { accountId: account.id }),
    ...(left === undefined ? {} : { leftAt: left ? (row.leftAt ?? ctx.now) : null }),
    ...(note === undefined ? {} : { note }),
  };
}

/** A lost contact is a risk for the customer's owner, who may not be the one who noticed. */
async function tellOwner(ctx: Ctx, row: ContactRow, { number, name, account }: ContactView): Promise<void> {
  const me = memberOf(ctx);
  const owner = await accountOwner(ctx, row.accountId);
  if (!account || !owner?.ownerId || owner.ownerId === me.memberId) return;
  ctx.notify(contactLeft, { memberId: owner.ownerId, contact: { number, name }, account, by: me.name });
}
