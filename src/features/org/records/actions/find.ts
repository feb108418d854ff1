import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f, type Ref } from '../../../../kernel/fields.ts';
import { wordsOf } from '../../../../kernel/i18n.ts';
import { code, type Inline, listed } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { RecordKind } from '../../../../store/records.ts';
import { foundCard } from '../cards.ts';
import { describeHits } from '../hits.ts';
import { t } from '../messages.ts';
import { type FoundRecords, foundRecords } from '../model.ts';
import { type Criteria, findHits } from '../queries.ts';
import { pageSize, statesMeant } from '../rules.ts';

const kinds = ['account', 'deal', 'lead', 'contact'] as const;

const input = z
  .strictObject({
    text: f.text(t('text'), { max: 100, placeholder: 'pump' }).optional(),
    owner: f.person(t('owner'), { placeholder: 'me' }).optional(),
    stage: f.ref('stage', t('stage'), { placeholder: 'quote' }).optional(),
    state: f.text(t('state'), { max: 40, placeholder: 'nurture' }).optional(),
    kind: f
      .oneOf(t('kind'), [
        {
          value: 'account',
          label: t('kind-account'),
          words: ['accounts', 'customer', 'customers', 'company'],
        },
        { value: 'deal', label: t('kind-deal'), words: ['deals', 'opportunity'] },
        { value: 'lead', label: t('kind-lead'), words: ['leads'] },
        { value: 'contact', label: t('kind-contact'), words: ['contacts', 'person', 'people'] },
      ])
      .optional(),
    page: f.number(t('page'), { max: 1000 }).optional(),
  })
  .refine(({ text, owner, stage, state, kind }) => text || owner || stage || state || kind, {
    path: ['text'],
    params: { missing: true, message: t('find-what') },
  });
type Input = z.output<typeof input>;

export const find = defineAction({
  name: 'records.find',
  title: t('find-title'),
  summary: t('find-summary'),
  submit: t('find-title'),
  effect: 'read',
  input,
  output: foundRecords,
  roles: internalRoles,
  hidden: ['page'],
  command: {
    verb: 'find',
    aliases: ['查找', '搜索', 'search'],
    args: ['text'],
    keys: {
      owner: 'owner',
      by: 'owner',
      负责人: 'owner',
      stage: 'stage',
      阶段: 'stage',
      state: 'state',
      status: 'state',
      状态: 'state',
      kind: 'kind',
      type: 'kind',
      类型: 'kind',
    },
    group: 'daily',
    examples: {
      en: ['find pump', 'find pump owner:me stage:quote', 'find state:nurture kind:lead'],
      'zh-CN': ['查找 泵', '查找 泵 负责人:我 阶段:报价', '查找 状态:培育中 类型:线索'],
    },
  },
  example: { as: 'rep', input: { text: 'acme' } },

  async run(ctx, asked) {
    const { page = 0 } = asked;
    const wanted = kinds
      .filter((kind) => asked.kind === undefined || asked.kind === kind)
      .flatMap((kind) => ctx.catalog.recordKind(kind) ?? []);
    const criteria: Criteria = {
      text: asked.text,
      ownerId: asked.owner?.id,
      stageId: asked.stage?.id,
      states: asked.state === undefined ? undefined : statesOf(wanted, asked.state),
    };
    const at = { offset: page * pageSize, limit: pageSize + 1 };
    let hits = await findHits(ctx, wanted, criteria, 'start', at);
    // Names that begin so come from an index; those that merely hold the words are looked for when there is room.
    if (asked.text !== undefined && hits.length <= pageSize) {
      hits = await findHits(ctx, wanted, criteria, 'anywhere', at);
    }
    return {
      records: await describeHits(ctx, hits.slice(0, pageSize)),
      query: queryOf(asked),
      owner: asked.owner?.label ?? null,
      page,
      hasMore: hits.length > pageSize,
    };
  },
  present: foundCard,
});

/** What the state word means for each kind. Throws AppError with the words there are. */
function statesOf(wanted: readonly RecordKind[], word: string): ReadonlyMap<string, readonly string[]> {
  const states = new Map(
    wanted.flatMap((kind) => {
      const codes = statesMeant(kind, word);
      return codes.length > 0 ? [[kind.kind, codes] as const] : [];
    }),
  );
  if (states.size > 0) return states;
  const known = wanted.flatMap((kind) =>
    kind.state === undefined ? [] : Object.values(kind.valueLabels?.[kind.state] ?? {}),
  );
  const message = t('state-unknown', {
    word: code(word),
    states: listed(known.filter((one, at) => at === known.findIndex((other) => sameWords(one, other)))),
  });
  throw new AppError('invalid_input', message, { fields: [{ field: 'state', message }] });
}

/** `opportunity` of a customer and of a lead is one word to whoever types it. */
function sameWords(a: Inline, b: Inline): boolean {
  return wordsOf(a).join() === wordsOf(b).join();
}

function queryOf({ text, owner, stage, state, kind }: Input): FoundRecords['query'] {
  const keyOf = (ref: Ref | undefined) => ref?.key;
  const all = { text, owner: keyOf(owner), stage: keyOf(stage), state, kind };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
