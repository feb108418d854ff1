import { dotted, type Inline, listed, person, strong } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import {
  countText,
  type DigestFigure,
  type DigestLine,
  type DigestScope,
  defineDigestPart,
  figuresOf,
  mostFigureRows,
  mostNames,
} from '../../../runtime/digest.ts';
import type { Button } from '../../../view/card.ts';
import { ageText, waitingRow } from './list-card.ts';
import { t } from './messages.ts';
import { approvalsById, waitingFor } from './queries.ts';
import { type ApprovalRow, approvalRecord } from './record.ts';
import { approvalViews } from './view.ts';
import { headlineOf, ownerOf, type WaitingRequest, waitingOf } from './waiting.ts';
import { pendingRequests } from './waiting-queries.ts';

const most = mostFigureRows + 1;
const dayMs = 86_400_000;

function figure(ctx: Ctx, name: string, label: Inline, rows: readonly ApprovalRow[]): DigestFigure[] {
  const listedRows = rows.map((row) => ({
    kind: approvalRecord.kind,
    id: row.id,
    ownerId: ownerOf(row),
    note: headlineOf(ctx, row),
  }));
  return figuresOf({ name, label, rows: listedRows });
}

const recordOf = (id: string) => ({ kind: approvalRecord.kind, id });

/** Requests nobody has answered, the oldest first; whoever decides must act, so is mentioned. */
const waiting = defineDigestPart({
  kind: 'team',
  section: 'decide',
  order: 5,
  async read(ctx, scope) {
    const rows = await pendingRequests(ctx, { owners: scope.owners }, most);
    const [oldest] = rows;
    if (!oldest) return [];
    const head = t('digest-waiting', { count: rows.length, shown: countText(rows) });
    const age = ageText(oldest.requestedAt.toISOString(), scope.now);
    const shown = await waitingOf(ctx, rows.slice(0, mostNames));
    return [
      {
        text: t('digest-oldest', { head, age }),
        figures: figure(ctx, 'approvals-waiting', head, rows),
      },
      ...shown.map(
        (request): DigestLine => ({
          text: teamText(request, scope),
          record: recordOf(request.id),
          buttons: [openButton(request)],
        }),
      ),
    ];
  },
});

/** What it is about in numbers only where the subject is one of the scope's. */
function teamText(request: WaitingRequest, { owners }: Pick<DigestScope, 'owners'>): Inline {
  const { number, headline, label, subject, ownerId, asked } = request;
  const isTheirs = 'all' in owners || owners.memberIds.includes(ownerId);
  const about = isTheirs ? headline : dotted(label, strong(subject.number));
  const request_ = t('list-row', { number: strong(number), headline: about });
  if (asked.length === 0) return dotted(request_, t('digest-nobody'));
  const people = asked.slice(0, mostNames).map((who) => person({ ...who, mention: true }));
  return t('digest-whose', { request: request_, people: listed(people) });
}

/** What a person has to decide, the oldest first. */
const onMe = defineDigestPart({
  kind: 'morning',
  section: 'decide',
  order: 10,
  async read(ctx, { memberId, now }) {
    if (memberId === undefined) return [];
    const found = await approvalsById(ctx, await waitingFor(ctx, memberId, most));
    const rows = found.filter(({ expiresAt }) => expiresAt > now);
    const head = t('digest-on-me', { count: rows.length, shown: countText(rows) });
    const views = await approvalViews(
      ctx,
      rows.slice(0, mostNames).map(({ id }) => id),
    );
    return views.map((view, index) => {
      const { text, detail, buttons } = waitingRow(view, now);
      return {
        text: t('digest-row-on-me', { request: dotted(text, detail) }),
        record: recordOf(view.id),
        buttons: buttons as Button[],
        ...(index === 0 ? { figures: figure(ctx, 'approvals-on-me', head, rows) } : {}),
      };
    });
  },
});

/** What a person asked for more than a day ago and has heard nothing about. */
const ownWaiting = defineDigestPart({
  kind: 'morning',
  section: 'decide',
  order: 20,
  async read(ctx, { memberId, now }) {
    if (memberId === undefined) return [];
    const requestedBefore = new Date(now.getTime() - dayMs);
    const rows = await pendingRequests(ctx, { requesterId: memberId, requestedBefore }, most);
    const head = t('digest-own', { shown: countText(rows) });
    const shown = await waitingOf(ctx, rows.slice(0, mostNames));
    return shown.map((request, index) => ({
      text: ownText(request, now),
      record: recordOf(request.id),
      buttons: [
        openButton(request),
        { label: t('btn-withdraw'), press: { a: 'approvals.withdraw', i: { approval: request.number } } },
      ],
      ...(index === 0 ? { figures: figure(ctx, 'approvals-own', head, rows) } : {}),
    }));
  },
});

function ownText({ number, headline, requestedAt, asked }: WaitingRequest, now: Date): Inline {
  return t('digest-row-own', {
    request: t('list-row', { number: strong(number), headline }),
    age: ageText(requestedAt.toISOString(), now),
    people:
      asked.length === 0 ? t('digest-nobody') : listed(asked.slice(0, mostNames).map(({ name }) => name)),
  });
}

function openButton({ number }: Pick<WaitingRequest, 'number'>): Button {
  return { label: t('open'), press: { a: 'approvals.show', i: { approval: number } } };
}

export const digestParts = [waiting, onMe, ownWaiting];
