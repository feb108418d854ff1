import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { requireLiveAccount } from '../../accounts/api.ts';
import { createContact, findContactTwins } from '../api.ts';
import { createdCard, recordOf } from '../cards.ts';
import { t } from '../messages.ts';
import { type ContactTwin, contactCreated } from '../model.ts';
import { countOfAccount } from '../queries.ts';
import { requireContactView } from '../rights.ts';
import { roleField } from '../words.ts';

/** Everybody who sells may add a person to any customer: knowing more people harms nobody's work. */
export const create = defineAction({
  name: 'contacts.create',
  title: t('new-title'),
  summary: t('new-summary'),
  effect: 'write',
  input: z.strictObject({
    account: f.ref('account', t('account')),
    name: f.text(t('name'), { placeholder: 'Zhou Min' }),
    role: roleField().optional(),
    title: f.text(t('title'), { max: 100 }).optional(),
    email: f.email(t('email')).optional(),
    phone: f.phone(t('phone')).optional(),
    note: f.note(t('note')).optional(),
    force: f.flag(t('force')).optional(),
  }),
  output: contactCreated,
  roles: sellingRoles,
  command: {
    verb: 'contact',
    aliases: ['联系人', '新建联系人', 'new-contact'],
    args: ['account', 'name', 'email', 'phone'],
    keys: {
      role: 'role',
      influence: 'role',
      角色: 'role',
      影响: 'role',
      title: 'title',
      job: 'title',
      职务: 'title',
      phone: 'phone',
      电话: 'phone',
      email: 'email',
      邮箱: 'email',
    },
    note: 'note',
    group: 'daily',
    examples: {
      en: ['contact acme "Zhou Min" role:decider zhou@acme.example'],
      'zh-CN': ['联系人 远景泵业 周敏 角色:决策人'],
    },
  },
  hidden: ['force'],
  example: { as: 'rep', input: { account: 'C-1', name: 'Iris Novak', role: 'uses' } },
  mayOpen: async (ctx, { account }) => account && requireLiveAccount(ctx, account.id),

  async run(ctx, { account: ref, force, ...person }) {
    await requireLiveAccount(ctx, ref.id);
    const values = { ...person, accountId: ref.id };
    const [twin] = force ? [] : await findContactTwins(ctx, values);
    if (twin) throw samePerson(twin, { ...person, account: ref.key });
    const contactsBefore = await countOfAccount(ctx, ref.id);
    const row = await createContact(ctx, values);
    const view = await requireContactView(ctx, row.id);
    return { ...view, contactsBefore, contactsAfter: contactsBefore + 1 };
  },
  present: createdCard,
});

function samePerson(twin: ContactTwin, typed: Record<string, unknown>): AppError {
  return new AppError(
    'conflict',
    t('looks-like', {
      record: recordOf(twin),
      account: twin.accountName ?? t('unknown-account'),
      by: t(`by-${twin.by}`),
    }),
    {
      waysOut: [
        { label: t('open-it'), action: 'contacts.show', input: { contact: twin.number } },
        { label: t('create-anyway'), action: 'contacts.create', input: { ...typed, force: true } },
      ],
    },
  );
}
