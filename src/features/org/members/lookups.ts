import { AppError } from '../../../kernel/errors.ts';
import { isUuid } from '../../../kernel/ids.ts';
import { dotted } from '../../../kernel/text.ts';
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
} from './queries.ts';
import type { UnitRow } from './record.ts';
import { bestByName, handleOf } from './rules.ts';

const self = new Set(['me', 'myself', '@me', '我', '本人', '自己']);

/** The key finds the same person again: the handle, or for namesakes what is theirs alone. */
function optionOf(person: FoundPerson): LookupOption {
  const handle = person.hasNamesake ? undefined : handleOf(person.name);
  const key = handle ?? person.email ?? person.id;
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
    const mention = /^<@([^|>]+)(?:\|([^>]*))?>$/.exec(said);
    if (mention?.[1]) {
      const found = await personByExternalId(ctx, mention[1]);
      if (found.length === 0) {
        throw new AppError('not_found', t('mention-unknown', { name: mention[2] || mention[1] }));
      }
      return found.map(optionOf);
    }
    if (isUuid(said)) return (await personById(ctx, said)).map(optionOf);
    if (/^[^@\s]+@[^@\s]+$/.test(said)) return (await personByEmail(ctx, said)).map(optionOf);
    return bestByName(await peopleNamed(ctx, said, 50), said)
      .slice(0, 6)
      .map(optionOf);
  },
  async search(ctx, query, limit) {
    return (await peopleNamed(ctx, query, limit)).map(optionOf);
  },
});

const unitWord = /^(?:group|team|branch|region|组|团队|小组|分公司|大区|区域)\s*[::]\s*/i;

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
