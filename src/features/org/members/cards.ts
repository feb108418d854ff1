import type { PlatformName } from '../../../kernel/context.ts';
import { timeIn } from '../../../kernel/dates.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { command, count, dotted, type Inline, listed, strong } from '../../../kernel/text.ts';
import { type PresentContext, press } from '../../../runtime/action.ts';
import type { Block, Button, Card } from '../../../view/card.ts';
import type { askAccess } from './actions/ask-access.ts';
import type { link } from './actions/link.ts';
import type { me } from './actions/me.ts';
import type { team } from './actions/team.ts';
import { accountsText } from './link-cards.ts';
import { t } from './messages.ts';
import type {
  AccessRequest,
  Claim,
  Departure,
  OwnProfile,
  PersonView,
  RoleChange,
  TeamList,
} from './model.ts';
import type { FoundUnits } from './units.ts';
import { platformText, rolesText } from './words.ts';

const languages: Readonly<Record<string, Inline>> = { en: 'English', 'zh-CN': '简体中文' };

function chatText({ identities }: Pick<PersonView, 'identities'>, on: PlatformName): Inline {
  return identities.length === 0
    ? t('no-chat')
    : listed(identities.map((platform) => platformText(platform, on)));
}

function unitText({ unit }: Pick<PersonView, 'unit'>): Inline {
  return unit ? dotted(unit.name, t(unit.kind)) : t('none');
}

const names = (of: readonly string[]): Inline => listed(of.map((name) => strong(name)));

/** My role, team, zone, language, linked identities. */
export function profileCard(person: OwnProfile, { platform }: PresentContext): Card {
  const fields = [
    { label: t('roles'), value: rolesText(person.roles) },
    { label: t('unit'), value: unitText(person) },
    { label: t('reports-to'), value: person.reportsTo ?? t('none') },
    { label: t('language'), value: languages[person.locale] ?? person.locale },
    { label: t('zone'), value: dotted(person.timeZone, timeIn(new Date(person.now), person.timeZone)) },
    {
      label: t('chat'),
      value: person.accounts.length === 0 ? t('no-chat') : accountsText(person.accounts, platform),
    },
    { label: t('email'), value: person.email ?? t('none') },
  ];
  const blocks: Block[] = [{ t: 'fields', fields }];
  const buttons: Button[] = [
    {
      label: t('change'),
      press: press<typeof me>(
        'members.me',
        { language: person.locale === 'zh-CN' ? 'zh-CN' : 'en', zone: person.timeZone },
        { form: true },
      ),
    },
  ];
  if (person.accounts.length === 1) {
    buttons.push({ label: t('link-another'), press: press<typeof link>('members.link', {}) });
  }
  if (person.roles.length === 0) {
    buttons.unshift({ label: t('ask-title'), press: press<typeof askAccess>('members.ask-access', {}) });
  }
  blocks.push({ t: 'buttons', buttons });
  if (person.isChanged) blocks.push({ t: 'context', of: t('from-next-line') });
  return person.isChanged
    ? { tone: 'ok', title: t('profile-saved', { name: strong(person.name) }), blocks }
    : { tone: 'plain', title: strong(person.name), blocks };
}

/** Units first, then people with role, team, boss and chat account. */
export function teamCard(
  { units, people, unit, page, hasMore }: TeamList,
  { platform }: PresentContext,
): Card {
  const blocks: Block[] = [];
  if (units.length > 0) {
    blocks.push({
      t: 'rows',
      rows: units.map((one) => ({
        text: dotted(
          strong(one.name),
          t(one.kind),
          one.parent === null ? undefined : t('in-unit', { unit: one.parent }),
          one.manager === null ? t('no-manager') : t('managed-by', { name: one.manager }),
          t('people-count', { n: one.people }),
        ),
      })),
    });
  }
  if (people.length > 0) {
    blocks.push({
      t: 'table',
      columns: [t('member'), t('roles'), t('unit'), t('reports-to'), t('chat')].map((label) => ({ label })),
      cells: people.map((one) => [
        strong(one.name),
        rolesText(one.roles),
        one.unit?.name ?? t('none'),
        one.reportsTo ?? t('none'),
        chatText(one, platform),
      ]),
    });
  } else {
    blocks.push({
      t: 'text',
      of: t('nobody-here', { line: command('role @… rep group:East', '角色 @… 销售 团队:East') }),
    });
  }
  if (hasMore) {
    const more = press<typeof team>('members.team', { ...(unit ? { unit } : {}), page: page + 1 });
    blocks.push({ t: 'buttons', buttons: [{ label: t('more'), press: more }] });
  }
  if (page > 0) blocks.push({ t: 'context', of: t('page-is', { page: count(page + 1) }) });
  return { tone: 'plain', title: unit ? t('team-of', { unit: strong(unit) }) : t('team-title'), blocks };
}

/** `Wang Lei is now manager of East (was rep)`. */
export function roleCard(change: RoleChange): Card {
  const { person, before, manages, replaced, createdUnits, unmanaged, isChanged } = change;
  const values = {
    name: strong(person.name),
    roles: rolesText(person.roles),
    unit: strong(manages ?? person.unit?.name ?? ''),
    before: rolesText(before.roles),
  };
  const moved = before.unit !== (person.unit?.name ?? null);
  const shown = manages ? 'manages' : person.unit && moved ? 'in' : 'plain';
  const was = JSON.stringify(before.roles) === JSON.stringify(person.roles) ? 'same' : 'was';
  const notes: Inline[] = [
    ...(person.reportsTo === null ? [] : [t('reports-line', { name: person.reportsTo })]),
    ...(createdUnits.length > 0 ? [t('units-created', { units: names(createdUnits) })] : []),
    ...(replaced === null ? [] : [t('in-place-of', { name: replaced })]),
    ...(unmanaged.length > 0 ? [t('units-unmanaged', { units: names(unmanaged) })] : []),
    ...(person.status === 'unlinked' ? [t('no-chat')] : []),
  ];
  const blocks: Block[] = notes.length > 0 ? [{ t: 'text', of: dotted(...notes) }] : [];
  if (!isChanged) return { tone: 'info', title: t('role-same', values), blocks };
  const title = before.hasLeft ? t('role-back', values) : t(`role-${shown}-${was}`, values);
  return { tone: 'ok', title, blocks };
}

/** Asked before a unit is made or its manager replaced. */
export function confirmUnitsCard({
  person,
  missing,
  replaced,
  unit,
}: {
  person: Ref;
  missing: FoundUnits['missing'];
  replaced: string | undefined;
  unit: string | null;
}): Card {
  const blocks: Block[] = missing.map(({ kind, name, similar }) => ({
    t: 'text',
    of:
      similar.length > 0
        ? t('make-unit-similar', { kind: t(kind), name: strong(name), similar: names(similar) })
        : t('make-unit', { kind: t(kind), name: strong(name) }),
  }));
  if (replaced && unit) {
    blocks.push({
      t: 'text',
      of: t('replace-manager', { unit: strong(unit), old: strong(replaced), name: strong(person.label) }),
    });
  }
  return { tone: 'warn', title: t('confirm-role', { name: strong(person.label) }), blocks };
}

export function accessCard({ sentTo, roles }: AccessRequest): Card {
  if (roles.length > 0) {
    return { tone: 'info', title: t('have-access', { roles: rolesText(roles) }), blocks: [] };
  }
  return {
    tone: 'ok',
    title: t('asked', { names: names(sentTo) }),
    blocks: [{ t: 'text', of: t('asked-next') }],
  };
}

export function confirmClaimCard({ known, claimer }: { known: string; claimer: string }): Card {
  return {
    tone: 'warn',
    title: t('confirm-claim', { known: strong(known), claimer: strong(claimer) }),
    blocks: [{ t: 'text', of: t('confirm-claim-what', { known, claimer }) }],
  };
}

export function claimedCard(
  { person, joined, platforms, moved }: Claim,
  { platform: on }: PresentContext,
): Card {
  const chat = listed(platforms.map((platform) => platformText(platform, on)));
  const blocks: Block[] = [{ t: 'text', of: t('claimed-keeps', { name: person.name, chat }) }];
  if (moved > 0) blocks.push({ t: 'text', of: t('claimed-moved', { n: moved, joined }) });
  blocks.push({
    t: 'context',
    of: dotted(rolesText(person.roles), person.unit ? unitText(person) : undefined),
  });
  return { tone: 'ok', title: t('claimed', { name: strong(person.name), joined: strong(joined) }), blocks };
}

export function leftCard({ person, unmanaged }: Departure): Card {
  const blocks: Block[] = [];
  if (unmanaged.length > 0) {
    blocks.push({ t: 'text', of: t('units-unmanaged', { units: names(unmanaged) }) });
  }
  blocks.push({
    t: 'context',
    of: t('come-back', { line: command(`role "${person.name}" rep`, `角色 "${person.name}" 销售`) }),
  });
  return { tone: 'ok', title: t('has-left-now', { name: strong(person.name) }), blocks };
}
