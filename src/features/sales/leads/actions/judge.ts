import { z } from 'zod';
import { sellingRoles } from '../../../../kernel/context.ts';
import { addDays, dayIn } from '../../../../kernel/dates.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { day, listed } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { type Ctx, memberOf } from '../../../../runtime/context.ts';
import { changeRecord, type RecordPatch } from '../../../../store/records.ts';
import { endStep, moveStep } from '../../next-steps/api.ts';
import { judgedCard } from '../cards.ts';
import { leadJudged } from '../events.ts';
import { t } from '../messages.ts';
import { type Judgement, judgement, type LeadTest, leadReasons, leadTests } from '../model.ts';
import { openOpportunity, told } from '../opportunity.ts';
import { numberOf } from '../queries.ts';
import { type LeadRow, leadRecord } from '../record.ts';
import { becameDeal, labelOf, requireView, writableLive } from '../rights.ts';
import { planDueAt, reviewDays, testsMissing } from '../rules.ts';
import type { leads } from '../tables.ts';
import { outcomeTexts, passedTexts, reasonTexts, testTexts } from '../words.ts';

const testWords: Record<LeadTest, string[]> = {
  budget: ['预算'],
  need: ['需求'],
  authority: ['decider', '决策', '决策人'],
  time: ['timing', '时间'],
};

const input = z
  .strictObject({
    lead: f.ref('lead', t('lead')),
    outcome: f.oneOf(t('outcome'), [
      { value: 'opp', label: outcomeTexts.opp, words: ['opportunity', 'deal', '转商机', '商机'] },
      { value: 'potential', label: outcomeTexts.potential, words: ['nurture', '转培育', '培育'] },
      { value: 'drop', label: outcomeTexts.drop, words: ['dropped', 'bin', '无效'] },
    ]),
    tests: f
      .manyOf(
        t('tests'),
        leadTests.map((value) => ({ value, label: testTexts[value], words: testWords[value] })),
        { hint: t('tests-hint') },
      )
      .optional(),
    reason: f
      .oneOf(
        t('reason'),
        leadReasons.map((value) => ({ value, label: reasonTexts[value] })),
        { hint: t('reason-hint') },
      )
      .optional(),
    review: f.day(t('review'), { hint: t('review-hint'), yearsAhead: 5 }).optional(),
    dealName: f.text(t('deal-name'), { hint: t('deal-name-hint'), placeholder: '40 pumps' }).optional(),
    account: f.ref('account', t('account')).optional(),
    isNewAccount: f.flag(t('new-customer')).optional(),
    note: f.note(t('state-note')).optional(),
  })
  .refine(({ outcome, tests }) => outcome !== 'opp' || tests !== undefined, {
    path: ['tests'],
    params: { missing: true, message: t('tests-needed') },
  })
  .refine(({ outcome, reason }) => outcome !== 'drop' || reason !== undefined, {
    path: ['reason'],
    params: { missing: true, message: t('reason-needed') },
  })
  .refine(({ reason, note }) => reason !== 'other' || note !== undefined, {
    path: ['note'],
    params: { missing: true, message: t('other-needs-note') },
  });
type Input = z.output<typeof input>;

export const judge = defineAction({
  name: 'leads.judge',
  title: t('judge-title'),
  summary: t('judge-summary'),
  effect: 'write',
  input,
  output: judgement,
  roles: sellingRoles,
  command: {
    verb: 'judge',
    aliases: ['判别', '判别线索', 'qualify-lead'],
    args: ['lead', 'outcome', 'reason', 'review'],
    keys: {
      reason: 'reason',
      原因: 'reason',
      review: 'review',
      复核: 'review',
      tests: 'tests',
      标准: 'tests',
      account: 'account',
      客户: 'account',
      name: 'dealName',
      名称: 'dealName',
    },
    note: 'note',
    group: 'daily',
    examples: {
      en: [
        'judge L-311 opp tests:budget,need,authority,time',
        'judge L-311 potential review:12dec',
        'judge L-311 drop reason:no-budget',
      ],
      'zh-CN': [
        '判别 L-311 转商机 标准:预算,需求,决策,时间',
        '判别 L-311 转培育 复核:12月12日',
        '判别 L-311 无效 原因:没有预算',
      ],
    },
  },
  hidden: ['account', 'isNewAccount'],
  formFields: ['lead', 'outcome', 'tests', 'dealName', 'reason', 'review', 'note'],
  example: { as: 'rep', input: { lead: 'L-1', outcome: 'opp', tests: [...leadTests] } },
  mayOpen: async (ctx, { lead }) => lead && writableLive(ctx, lead.id),

  async run(ctx, wish) {
    const row = await writableLive(ctx, wish.lead.id);
    if (row.state === 'opportunity') throw await becameDeal(ctx, row);
    switch (wish.outcome) {
      case 'opp':
        return promote(ctx, row, wish);
      case 'potential':
        return nurture(ctx, row, wish);
      case 'drop':
        return drop(ctx, row, wish);
      default:
        return wish.outcome satisfies never;
    }
  },
  present: judgedCard,
});

/** Sales takes over: the plan clock starts anew unless a plan is filed, which then goes on with the deal. */
async function promote(ctx: Ctx, row: LeadRow, wish: Input): Promise<Judgement> {
  const missing = testsMissing(wish.tests ?? []);
  if (missing.length > 0) {
    const message = t('tests-missing', { tests: listed(missing.map((test) => passedTexts[test])) });
    throw new AppError('rule', message, {
      fields: [{ field: 'tests', message }],
      waysOut: [
        {
          label: t('nurture-instead'),
          action: 'leads.judge',
          input: { lead: numberOf(row), outcome: 'potential' },
        },
      ],
    });
  }
  const ownerId = row.ownerId ?? memberOf(ctx).memberId;
  const opened = await openOpportunity(ctx, row, {
    ownerId,
    account: wish.account && { id: wish.account.id, number: wish.account.key, name: wish.account.label },
    isNewAccount: wish.isNewAccount,
    dealName: wish.dealName,
  });
  const isPlanned = await moveStep(ctx, row.id, { kind: 'deal', id: opened.deal.id });
  const clock = isPlanned
    ? { planFiledAt: row.planFiledAt ?? ctx.now }
    : { planDueAt: planDueAt(ctx.now, ctx.org), planFiledAt: null };
  await save(ctx, row, 'opportunity', {
    ownerId,
    testsPassed: [...leadTests],
    reviewOn: null,
    stateReason: null,
    stateNote: wish.note ?? null,
    accountId: opened.account.id,
    contactId: opened.contact?.id ?? null,
    dealId: opened.deal.id,
    ...clock,
  });
  return { lead: await requireView(ctx, row.id), ...told(opened) };
}

async function nurture(ctx: Ctx, row: LeadRow, wish: Input): Promise<Judgement> {
  const today = dayIn(ctx.now, ctx.read.timeZone);
  const reviewOn = wish.review ?? addDays(today, reviewDays);
  if (reviewOn <= today) {
    const message = t('review-past', { on: day(reviewOn) });
    throw new AppError('invalid_input', message, { fields: [{ field: 'review', message }] });
  }
  await save(ctx, row, 'nurture', {
    reviewOn,
    stateReason: wish.reason ?? 'not-yet',
    stateNote: wish.note ?? null,
  });
  return judged(ctx, row);
}

async function drop(ctx: Ctx, row: LeadRow, wish: Input): Promise<Judgement> {
  if (row.state === 'dropped') throw new AppError('rule', t('already-dropped', { record: labelOf(row) }));
  await save(ctx, row, 'dropped', {
    reviewOn: null,
    stateReason: wish.reason ?? 'other',
    stateNote: wish.note ?? null,
  });
  await endStep(ctx, row.id);
  return judged(ctx, row);
}

async function judged(ctx: Ctx, row: LeadRow): Promise<Judgement> {
  return { lead: await requireView(ctx, row.id), account: null, contact: null, deal: null };
}

/** Actor and time of the judgement are in the record's history; the reason is in the record. */
async function save(
  ctx: Ctx,
  row: LeadRow,
  state: 'opportunity' | 'nurture' | 'dropped',
  patch: RecordPatch<typeof leads>,
): Promise<void> {
  const saved = await changeRecord(ctx, leadRecord, row, { ...patch, state });
  ctx.emit(leadJudged, { leadId: row.id, outcome: state, dealId: saved.dealId });
}
