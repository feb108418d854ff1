import { type MemberActor, sellingRoles } from '../../../kernel/context.ts';
import { dayIn, daysBetween } from '../../../kernel/dates.ts';
import { dotted, type Inline, instant, record } from '../../../kernel/text.ts';
import type { PresentContext } from '../../../runtime/action.ts';
import type { Block, Button, Card, Field } from '../../../view/card.ts';
import { takeableFields } from './merge.ts';
import type { MergeWords } from './merging.ts';
import { t } from './messages.ts';
import type { AccountAssignment, AccountCard, AccountChanges, AccountField, AccountView } from './model.ts';
import {
  classByTexts,
  classTexts,
  dutyTexts,
  fieldTexts,
  relationshipTexts,
  salesStateTexts,
} from './words.ts';

export const recordOf = (account: { number: string; name: string }): Inline =>
  record(account.number, account.name);

/** One line that says the whole customer: what people read after saving it. */
export function accountLine(account: AccountView, at: Pick<PresentContext, 'actor'>): Inline {
  return dotted(
    recordOf(account),
    account.location ?? undefined,
    account.phone ?? account.domain ?? undefined,
    t('state-is', { state: salesStateTexts[account.salesState] }),
    isMine(account, at) ? t('owner-you') : t('owner-is', { name: ownerText(account, at) }),
  );
}

export function savedCard(account: AccountView, at: PresentContext): Card {
  const blocks: Block[] = account.note ? [{ t: 'quote', of: account.note }] : [];
  return { tone: 'ok', title: accountLine(account, at), blocks: [...blocks, ...workButtons(account, at)] };
}

/** The 360° card: the record itself, then what the other features know about the customer. */
export function fullCard(account: AccountCard, at: PresentContext): Card {
  const blocks: Block[] = [{ t: 'fields', fields: fieldsOf(account, at) }];
  if (account.note) blocks.push({ t: 'quote', of: account.note });
  if (account.mergedInto) {
    const { mergedInto } = account;
    blocks.push(
      { t: 'text', of: t('is-merged', { record: recordOf(account), into: recordOf(mergedInto) }) },
      {
        t: 'buttons',
        buttons: [{ label: t('open-it'), press: { a: 'accounts.show', i: { account: mergedInto.number } } }],
      },
    );
    return { tone: 'warn', title: recordOf(account), blocks };
  }
  blocks.push(...account.sections);
  if (!account.archivedAt) {
    return { tone: 'plain', title: recordOf(account), blocks: [...blocks, ...workButtons(account, at)] };
  }
  blocks.push({ t: 'context', of: dotted(t('archived'), instant(account.archivedAt)) });
  if (isSelling(at)) {
    const restore = { label: t('restore'), press: { a: 'accounts.restore', i: { account: account.number } } };
    blocks.push({ t: 'buttons', buttons: [restore] });
  }
  return { tone: 'warn', title: recordOf(account), blocks };
}

function fieldsOf(account: AccountView, at: PresentContext): Field[] {
  const { salesState, relationshipState, relationshipReason } = account;
  const relationship = relationshipTexts[relationshipState];
  const all: { label: Inline; value: Inline | null }[] = [
    {
      label: t('sales-state'),
      value: t('state-duty', { state: salesStateTexts[salesState], duty: dutyTexts[salesState] }),
    },
    {
      label: t('relationship'),
      value: relationshipReason
        ? t('because', { value: relationship, reason: relationshipReason })
        : relationship,
    },
    { label: t('class'), value: classText(account) },
    { label: t('owner'), value: ownerText(account, at) },
    { label: t('last-touch'), value: sinceText(account.lastTouchAt, at) },
    { label: t('industry'), value: account.industry },
    { label: t('location'), value: account.location },
    { label: t('phone'), value: account.phone },
    { label: t('domain'), value: account.domain },
    { label: t('parent'), value: account.parent && recordOf(account.parent) },
    { label: t('revenue'), value: account.revenue && { t: 'money', ...account.revenue } },
    { label: t('employees'), value: numberText(account.employees) },
    { label: t('founded'), value: account.foundedYear === null ? null : String(account.foundedYear) },
  ];
  return all.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
}

/** The class and who decided on it; what the rule went by is told below, by the feature that has the rule. */
function classText({ valueClass, valueClassBy }: AccountView): Inline | null {
  if (valueClass === null) return null;
  return dotted(classTexts[valueClass], valueClassBy === null ? undefined : classByTexts[valueClassBy]);
}

function numberText(value: number | null): Inline | null {
  return value === null ? null : { t: 'number', value };
}

/** How long ago in whole days of the reader's calendar. */
export function sinceText(at: string | null, { actor, org, today }: PresentContext): Inline {
  if (at === null) return t('never');
  const zone = actor.kind === 'member' ? actor.timeZone : org.timeZone;
  return t('days-ago', { days: Math.max(0, daysBetween(dayIn(new Date(at), zone), today)) });
}

export function ownerText(account: Pick<AccountView, 'owner'>, at: Pick<PresentContext, 'actor'>): Inline {
  if (!account.owner) return t('no-owner');
  return isMine(account, at) ? t('you') : account.owner.name;
}

function isMine(account: Pick<AccountView, 'owner'>, { actor }: Pick<PresentContext, 'actor'>): boolean {
  return actor.kind === 'member' && account.owner?.memberId === actor.memberId;
}

/** What comes next with a customer, for those who may. */
function workButtons(account: AccountView, at: PresentContext): Block[] {
  if (!isSelling(at) || account.archivedAt) return [];
  const form = (label: Inline, action: string, field: string): Button => ({
    label,
    press: { a: action, i: { [field]: account.number }, form: true },
  });
  return [
    {
      t: 'buttons',
      buttons: [
        form(t('log'), 'activities.log', 'subject'),
        form(t('contact'), 'contacts.create', 'account'),
        form(t('deal'), 'deals.create', 'account'),
      ],
    },
  ];
}

function isSelling({ actor }: Pick<PresentContext, 'actor'>): boolean {
  return actor.kind === 'member' && (actor as MemberActor).roles.some((role) => isSellingRole(role));
}

function isSellingRole(role: MemberActor['roles'][number]): boolean {
  return (sellingRoles as readonly string[]).includes(role);
}

const codeTexts: Partial<Record<AccountField, Record<string, Inline>>> = {
  salesState: salesStateTexts,
  relationship: relationshipTexts,
  classBy: classByTexts,
};

function valueText(field: AccountField, value: string | null): Inline {
  return value === null ? t('empty') : (codeTexts[field]?.[value] ?? value);
}

export function changedCard({ number, name, reason, changes }: AccountChanges): Card {
  const fields = changes.map(({ field, before, after }) => ({
    label: fieldTexts[field],
    value: t('from-to', { before: valueText(field, before), after: valueText(field, after) }),
  }));
  const blocks: Block[] = fields.length > 0 ? [{ t: 'fields', fields }] : [];
  const title = recordOf({ number, name });
  if (fields.length === 0) return { tone: 'info', title: t('nothing-changed', { record: title }), blocks };
  if (reason) blocks.push({ t: 'quote', of: reason });
  return { tone: 'ok', title, blocks };
}

export function assignedCard(account: AccountAssignment, at: PresentContext): Card {
  const title = t('assigned-done', {
    record: recordOf(account),
    owner: ownerText(account, at),
    was: account.previousOwner ?? t('no-owner'),
  });
  const told = account.told && account.owner ? t('told', { name: account.owner.name }) : undefined;
  return { tone: 'ok', title, blocks: told ? [{ t: 'text', of: told }] : [] };
}

export const archivedCard = (account: AccountView): Card => ({
  tone: 'ok',
  title: t('archived-done', { record: recordOf(account) }),
  blocks: [],
});

export const restoredCard = (account: AccountView, at: PresentContext): Card => ({
  tone: 'ok',
  title: t('restored-done', { record: recordOf(account) }),
  blocks: workButtons(account, at),
});

/** Words of the cards that merge two customers. */
export const mergeWords: MergeWords<AccountField> = {
  action: 'accounts.merge',
  from: 'account',
  show: 'accounts.show',
  takeable: takeableFields,
  label: (field) => fieldTexts[field],
  value: valueText,
  explain: (from, into) => t('merge-explain', { from, into }),
};
