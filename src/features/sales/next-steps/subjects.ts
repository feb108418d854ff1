import { AppError } from '../../../kernel/errors.ts';
import type { Ref } from '../../../kernel/fields.ts';
import { type Inline, record } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import type { Press } from '../../../view/press.ts';
import { requireWrite } from '../../org/members/api.ts';
import { t } from './messages.ts';
import { type SubjectKind, type SubjectView, subjectKinds } from './model.ts';
import { readSubject, type SubjectFacts } from './queries.ts';

/** What a step can be about, in the order a name is tried. */
export const subjectLookups = ['deal', 'lead', 'account'] as const satisfies SubjectKind[];

export function labelOf({ number, name }: Pick<SubjectView, 'number' | 'name'>): Inline {
  return record(number, name);
}

/** Shows the record a step is about. */
export function openPress({ kind, number }: Pick<SubjectView, 'kind' | 'number'>): Press {
  const action = { lead: 'leads.show', deal: 'deals.show', account: 'accounts.show' }[kind];
  return { a: action, i: { [kind]: number } };
}

/** The record somebody named. Throws AppError `not_found`. */
export async function subjectOf(ctx: Ctx, { kind, id }: Pick<Ref, 'kind' | 'id'>): Promise<SubjectFacts> {
  const known = subjectKinds.find((one) => one === kind);
  const found = known && (await readSubject(ctx, { kind: known, id }));
  if (!found) throw new AppError('not_found', t('gone'));
  return found;
}

/** Whether the record is still worked on, so that it needs a next step. Customers may do without. */
export function needsStep({ kind, state, isArchived }: SubjectFacts): boolean {
  if (isArchived) return false;
  return kind === 'deal' ? state === 'open' : kind === 'lead' && state === 'new';
}

/** Lets those pass who may plan for the record, if it can be planned for. Throws AppError with the way on. */
export async function requirePlannable(
  ctx: Ctx,
  subject: SubjectFacts,
  again: (number: string) => Record<string, unknown>,
): Promise<void> {
  const { kind, number, state } = subject;
  const label = labelOf(subject);
  await requireWrite(ctx, { ownerId: subject.ownerId, label });
  if (subject.isArchived) {
    throw new AppError('rule', t('is-archived', { record: label }), {
      waysOut: [{ label: t('restore'), action: `${kind}s.restore`, input: { [kind]: number } }],
    });
  }
  if (kind === 'deal' && state !== 'open') {
    throw new AppError(
      'rule',
      t('deal-closed', { record: label, status: state === 'won' ? 'won' : 'lost' }),
      {
        waysOut: [{ label: t('open-it'), action: 'deals.show', input: { deal: number } }],
      },
    );
  }
  if (subject.deal !== null) {
    throw new AppError('rule', t('became-deal', { record: label, deal: record(subject.deal) }), {
      waysOut: [
        {
          label: t('use-deal', { deal: subject.deal }),
          action: 'next-steps.set',
          input: again(subject.deal),
        },
      ],
    });
  }
  if (kind === 'lead' && state === 'dropped') {
    throw new AppError('rule', t('lead-dropped', { record: label }), {
      waysOut: [{ label: t('open-it'), action: 'leads.show', input: { lead: number } }],
    });
  }
  if (kind !== 'account' && subject.ownerId === null) {
    throw new AppError('rule', t('nobodys', { record: label }), {
      waysOut: [{ label: t('take-it'), action: `${kind}s.assign`, input: { [kind]: number, to: 'me' } }],
    });
  }
}
