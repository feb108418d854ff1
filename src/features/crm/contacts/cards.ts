import { sellingRoles } from '../../../kernel/context.ts';
import { dotted, type Inline, instant, record } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Card } from '../../../view/card.ts';
import type { MergeWords } from '../accounts/api.ts';
import { t } from './messages.ts';
import type { ContactCard, ContactChanges, ContactCreated, ContactField, ContactView } from './model.ts';
import { takeableFields } from './rules.ts';
import { fieldTexts, roleTexts } from './words.ts';

export const recordOf = (of: { number: string; name: string }): Inline => record(of.number, of.name);

export function accountText(contact: Pick<ContactView, 'account'>): Inline {
  return contact.account ? recordOf(contact.account) : t('unknown-account');
}

/** One line that says who somebody is and how to reach them. */
export function contactLine(
  contact: Pick<ContactView, 'number' | 'name' | 'title' | 'role' | 'email' | 'phone'>,
): Inline {
  return dotted(
    recordOf(contact),
    contact.title ?? undefined,
    contact.role ? roleTexts[contact.role] : undefined,
    contact.phone ?? undefined,
    contact.email ?? undefined,
  );
}

export function createdCard(contact: ContactCreated): Card {
  const { account, contactsBefore: before, contactsAfter: after } = contact;
  const blocks: Block[] = [];
  if (account) {
    const counts = dotted(recordOf(account), t('count-up', { before, after }));
    blocks.push({ t: 'text', of: counts });
    if (after === 1) blocks.push(singleThread(account, 1));
  }
  if (contact.note) blocks.push({ t: 'quote', of: contact.note });
  return { tone: 'ok', title: contactLine(contact), blocks };
}

function singleThread(account: { number: string; name: string }, count: number): Block {
  return { t: 'text', of: t('single', { account: recordOf(account), count }) };
}

export function fullCard(contact: ContactCard, at: PresentContext): Card {
  const all: { label: Inline; value: Inline | null }[] = [
    { label: t('account'), value: accountText(contact) },
    { label: t('title'), value: contact.title },
    { label: t('role'), value: contact.role && roleTexts[contact.role] },
    { label: t('phone'), value: contact.phone },
    { label: t('email'), value: contact.email },
    { label: t('last-met'), value: contact.lastMetAt && instant(contact.lastMetAt) },
    { label: t('left-since'), value: contact.leftAt && instant(contact.leftAt) },
  ];
  const fields = all.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
  const blocks: Block[] = [{ t: 'fields', fields }];
  if (contact.note) blocks.push({ t: 'quote', of: contact.note });
  const title = recordOf(contact);
  const { mergedInto } = contact;
  if (mergedInto) {
    blocks.push({ t: 'text', of: t('is-merged', { record: title, into: recordOf(mergedInto) }) });
    const open = {
      label: t('open-it'),
      press: { a: 'contacts.show', i: { contact: mergedInto.number } },
    };
    return { tone: 'warn', title, blocks: [...blocks, { t: 'buttons', buttons: [open] }] };
  }
  blocks.push(...contact.sections);
  if (contact.archivedAt) {
    blocks.push({ t: 'context', of: dotted(t('archived'), instant(contact.archivedAt)) });
    if (!isSelling(at)) return { tone: 'warn', title, blocks };
    const restore = {
      label: t('restore'),
      press: { a: 'contacts.restore', i: { contact: contact.number } },
    };
    return { tone: 'warn', title, blocks: [...blocks, { t: 'buttons', buttons: [restore] }] };
  }
  if (isSelling(at)) blocks.push(logButton(contact));
  return { tone: contact.leftAt ? 'warn' : 'plain', title, blocks };
}

function logButton(contact: Pick<ContactView, 'number'>): Block {
  const press = { a: 'activities.log', i: { subject: contact.number }, form: true as const };
  return { t: 'buttons', buttons: [{ label: t('log'), press }] };
}

function isSelling({ actor }: Pick<PresentContext, 'actor'>): boolean {
  const selling: readonly string[] = sellingRoles;
  return actor.kind === 'member' && actor.roles.some((role) => selling.includes(role));
}

function valueText(field: ContactField, value: string | null): Inline {
  if (field === 'left') return value === null ? t('no') : t('yes');
  if (value === null) return t('empty');
  return field === 'role' ? roleTexts[value as keyof typeof roleTexts] : value;
}

export function changedCard(contact: ContactChanges): Card {
  const { account, changes, contactsLeft } = contact;
  const title = recordOf(contact);
  if (changes.length === 0)
    return { tone: 'info', title: t('nothing-changed', { record: title }), blocks: [] };
  const fields = changes.map(({ field, before, after }) => ({
    label: fieldTexts[field],
    value: t('from-to', { before: valueText(field, before), after: valueText(field, after) }),
  }));
  const blocks: Block[] = [{ t: 'fields', fields }];
  if (contactsLeft !== null && account) {
    blocks.push({ t: 'text', of: t('has-left', { record: title, account: recordOf(account) }) });
    if (contactsLeft < 2) blocks.push(singleThread(account, contactsLeft));
    blocks.push(leftButtons(account.number));
  }
  return { tone: 'ok', title, blocks };
}

/** After somebody left: meet again, and find who takes over. */
export function leftButtons(account: string): Block {
  return {
    t: 'buttons',
    buttons: [
      { label: t('next-step'), press: { a: 'next-steps.set', i: { subject: account }, form: true } },
      { label: t('contact-button'), press: { a: 'contacts.create', i: { account }, form: true } },
    ],
  };
}

export const archivedCard = (contact: ContactView): Card => ({
  tone: 'ok',
  title: t('archived-done', { record: recordOf(contact) }),
  blocks: [],
});

export const restoredCard = (contact: ContactView): Card => ({
  tone: 'ok',
  title: t('restored-done', { record: recordOf(contact) }),
  blocks: [logButton(contact)],
});

/** Words of the cards that merge two contacts. */
export const mergeWords: MergeWords<ContactField> = {
  action: 'contacts.merge',
  from: 'contact',
  show: 'contacts.show',
  takeable: takeableFields,
  label: (field) => fieldTexts[field],
  value: valueText,
  explain: (from, into) => t('merge-explain', { from, into }),
};
