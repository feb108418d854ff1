import type { PlatformName, Role } from '../../../kernel/context.ts';
import { code as codeText, command, type Inline, listed, record, strong } from '../../../kernel/text.ts';
import { type PresentContext, press } from '../../../runtime/action.ts';
import type { Block, Button, Card } from '../../../view/card.ts';
import type { link } from './actions/link.ts';
import type { unlink } from './actions/unlink.ts';
import { t } from './messages.ts';
import type { Account, LinkedAccount, LinkResult, PageLink, PersonView, UnlinkResult } from './model.ts';
import { platformText, rolesText } from './words.ts';

/** A new code with what to do with it, or what a typed one has done. */
export function linkCard({ code, mayConnect, linked }: LinkResult, { platform }: PresentContext): Card {
  if (linked) return linkedCard(linked);
  const blocks: Block[] = [
    { t: 'text', of: whereToType(code ?? '', platform) },
    { t: 'text', of: t('code-what') },
  ];
  if (mayConnect) blocks.push({ t: 'text', of: t('code-connects') });
  blocks.push({ t: 'context', of: t('code-secret') });
  return { tone: 'info', title: t('code-is', { code: strong(code ?? '') }), blocks };
}

/** The step on the other side, in the form that works there; in the Teams app without the other one's name. */
function whereToType(text: string, on: PlatformName): Inline {
  const [line, slash] = [codeText(`link ${text}`), codeText(`/crm link ${text}`)];
  switch (on) {
    case 'slack':
      return t('code-type-slack', { line, slash });
    case 'teams':
    case 'web':
      return t('code-type-teams', { line: slash });
    case 'http':
    case 'system':
      return t('code-type-any', { line });
    default:
      return on satisfies never;
  }
}

function linkedCard({ person, joined, lostRoles, moved, unmanaged, account }: LinkedAccount): Card {
  const blocks: Block[] = [{ t: 'text', of: t('linked-acts', { roles: rolesText(person.roles) }) }];
  if (moved > 0) blocks.push({ t: 'text', of: t('claimed-moved', { n: moved, joined }) });
  if (lostRoles.length > 0)
    blocks.push({ t: 'text', of: t('link-lost-roles', { roles: rolesText(lostRoles) }) });
  if (unmanaged.length > 0) {
    blocks.push({
      t: 'text',
      of: t('units-unmanaged', { units: listed(unmanaged.map((name) => strong(name))) }),
    });
  }
  const splitOff = press<typeof unlink>('members.unlink', { account: account.id });
  blocks.push(
    { t: 'buttons', buttons: [{ label: t('split-off'), press: splitOff }] },
    { t: 'context', of: t('linked-end', { line: command('unlink') }) },
  );
  return { tone: 'ok', title: t('linked', { name: strong(person.name) }), blocks };
}

/** Asked of the one who types a code: who they are about to be, and what becomes of who they were. */
export function confirmLinkCard({
  member,
  joiner,
  workspace,
}: {
  member: PersonView;
  joiner: string;
  workspace: string;
}): Card {
  return {
    tone: 'warn',
    title: t('confirm-link', { name: strong(member.name), roles: rolesText(member.roles) }),
    blocks: [
      { t: 'text', of: t('confirm-link-what', { joiner: strong(joiner), workspace, name: member.name }) },
      { t: 'text', of: t('confirm-link-sure', { name: strong(member.name) }) },
    ],
  };
}

/** The chat accounts a person acts with. */
export function accountsText(accounts: readonly Account[], on: PlatformName): Inline {
  return listed(accounts.map((account) => accountText(account, on, accounts.length > 1)));
}

function accountText(
  { platform, workspace, isThis }: Account,
  on: PlatformName,
  isOneOfSeveral: boolean,
): Inline {
  const values = { platform: platformText(platform, on), workspace };
  return t(isThis && isOneOfSeveral ? 'account-this' : 'account', values);
}

/** My accounts with a way to split one off, or what came of it. */
export function unlinkCard({ name, accounts, split }: UnlinkResult, { platform }: PresentContext): Card {
  if (split) {
    const { account, goesOnAs, roles } = split;
    const values = { workspace: strong(account.workspace), name: strong(name), other: strong(goesOnAs) };
    return {
      tone: 'ok',
      title: t(account.isThis ? 'split-this' : 'split-other', values),
      blocks: [
        { t: 'text', of: t('goes-on-as', { other: strong(goesOnAs), roles: rolesText(roles) }) },
        { t: 'text', of: t('split-records', { name: strong(name) }) },
      ],
    };
  }
  const splits = accounts.length > 1;
  const blocks: Block[] =
    accounts.length === 0
      ? []
      : [
          {
            t: 'rows',
            rows: accounts.map((account) => ({
              text: accountText(account, platform, splits),
              ...(splits ? { buttons: [splitButton(account)] } : {}),
            })),
          },
        ];
  if (!splits) {
    const another = press<typeof link>('members.link', {});
    blocks.push({ t: 'buttons', buttons: [{ label: t('link-another'), press: another }] });
  }
  const title = splits ? 'accounts-of' : accounts.length === 1 ? 'one-account' : 'no-accounts';
  return { tone: 'info', title: t(title, { name: strong(name) }), blocks };
}

function splitButton({ id }: Account): Button {
  return {
    label: t('split-off'),
    press: press<typeof unlink>('members.unlink', { account: id }),
    style: 'danger',
  };
}

export function confirmUnlinkCard({
  name,
  workspace,
  goesOnAs,
  roles,
}: {
  name: string;
  workspace: string;
  goesOnAs: string | null;
  roles: readonly Role[];
}): Card {
  return {
    tone: 'warn',
    title: t('confirm-unlink', { name: strong(name), workspace: strong(workspace) }),
    blocks: [
      {
        t: 'text',
        of:
          goesOnAs === null
            ? t('goes-on-without')
            : t('goes-on-as', { other: strong(goesOnAs), roles: rolesText(roles) }),
      },
      { t: 'text', of: t('split-records', { name: strong(name) }) },
    ],
  };
}

/** The way to our own pages. The address is a key: whoever opens it first is the person. */
export function openCard({ url, record: shown }: PageLink): Card {
  // A request has no name besides its number.
  const name = shown?.label === shown?.key ? undefined : shown?.label;
  const what = shown ? t('open-record', { record: record(shown.key, name) }) : t('open-page');
  return {
    tone: 'info',
    title: what,
    blocks: [
      { t: 'text', of: t('open-once') },
      { t: 'buttons', buttons: [{ label: t('open-button'), url }] },
      { t: 'context', of: t('open-secret') },
    ],
  };
}
