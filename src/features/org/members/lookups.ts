import { AppError } from '../../../kernel/errors.ts';
import { isUuid } from '../../../kernel/ids.ts';
import { dotted, type Inline } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { defineLookup, type LookupOption } from '../../../runtime/lookup.ts';
import { t } from './messages.ts';
import {
  type FoundPerson,
  peopleNamed,
  personByEmail,
  personByExternalId,
  personById,
  unitById,
  unitsNamed,
  type Whereabouts,
} from './queries.ts';
import type { UnitRow } from './record.ts';
import { bestByName, handleOf } from './rules.ts';

const self = new Set(['me', 'myself', '@me', '我', '本人', '自己']);

/** The key finds the same person again: the handle, or for namesakes what is theirs alone. */
function optionOf(person: FoundPerson): LookupOption {
  const handle = person.hasNamesake ? undefined : handleOf(person.name);
  const key = handle ?? person.email ?? `@${person.id}`;
  const detail = dotted(
    person.unit ?? undefined,
    person.hasNamesake ? (person.email ?? undefined) : undefined,
    person.status === 'unlinked' ? t('no-chat') : undefined,
  );
  const isPlain = !person.unit && !person.hasNamesake && person.status !== 'unlinked';
  return { ref: { kind: 'member', id: person.id, key, label: person.name }, ...(isPlain ? {} : { detail }) };
}

/** A person: a mention (`<@U1|name>`), `@name`, `me`, an e-mail address, a name or a part of it. */
export const memberLookup = defineLookup({
  kind: 'member',
  label: t('member'),
  async resolve(ctx, text) {
    const said = text.normalize('NFKC').trim();
    if (self.has(said.toLowerCase())) {
      return ctx.actor.kind === 'member' ? (await personById(ctx, ctx.actor.memberId)).map(optionOf) : [];
    }
    const mention = mentionIn(said);
    if (mention) {
      const found = await personByExternalId(ctx, mention.userId);
      if (found.length === 0) throw new AppError('not_found', t('mention-unknown', { name: mention.name }));
      return found.filter(({ status }) => status !== 'left').map(optionOf);
    }
    const id = said.replace(/^@/, '');
    if (isUuid(id)) return (await personById(ctx, id)).map(optionOf);
    return (await namedOf(ctx, said, 'here')).map(optionOf);
  },
  async search(ctx, query, limit) {
    return (await peopleNamed(ctx, query, 'here', limit)).map(optionOf);
  },
});

/** `<@U123|wang>`, the way platforms hand over a mention. */
function mentionIn(text: string): { userId: string; name: string } | undefined {
  const match = /^<@([^|>]+)(?:\|([^>]*))?>$/.exec(text);
  return match?.[1] ? { userId: match[1], name: match[2] || match[1] } : undefined;
}

/** Those meant by an e-mail address or by the best fitting name. */
async function namedOf(ctx: Ctx, text: string, who: Whereabouts): Promise<FoundPerson[]> {
  const mention = mentionIn(text);
  if (mention) {
    return (await personByExternalId(ctx, mention.userId)).filter(({ status }) => status === who);
  }
  if (/^[^@\s]+@[^@\s]+$/.test(text)) return personByEmail(ctx, text, who);
  return bestByName(await peopleNamed(ctx, text, who, 50), text).slice(0, 6);
}

const namedLookup = (kind: string, label: Inline, who: Whereabouts) =>
  defineLookup({
    kind,
    label,
    resolve: async (ctx, text) =>
      (await namedOf(ctx, text.normalize('NFKC').trim(), who)).map((person) => ({
        ...optionOf(person),
        detail: t(who === 'left' ? 'has-left' : 'no-chat'),
      })),
    search: async (ctx, query, limit) => (await peopleNamed(ctx, query, who, limit)).map(optionOf),
  });

/** Somebody known from an import only, whose records wait for a person. */
export const unlinkedLookup = namedLookup('unlinked-member', t('unlinked'), 'unlinked');
/** Somebody who was deactivated and may come back. */
export const formerLookup = namedLookup('former-member', t('former'), 'left');

const unitWord = /^(?:group|team|branch|region|组|团队|小组|分公司|大区|区域)\s*:\s*/i;

const unitOption = (unit: UnitRow): LookupOption => ({
  ref: { kind: 'unit', id: unit.id, key: unit.name, label: unit.name },
  detail: t(unit.kind === 'region' ? 'region' : 'team'),
});

/** A regional office or a team, by name; `group:East` and `branch:East` mean it too. */
export const unitLookup = defineLookup({
  kind: 'unit',
  label: t('unit'),
  async resolve(ctx, text) {
    if (isUuid(text)) return (await unitById(ctx, text)).map(unitOption);
    const name = text.normalize('NFKC').replace(unitWord, '');
    return bestByName(await unitsNamed(ctx, name, 50), name)
      .slice(0, 6)
      .map(unitOption);
  },
  search: async (ctx, query, limit) => (await unitsNamed(ctx, query, limit)).map(unitOption),
});
