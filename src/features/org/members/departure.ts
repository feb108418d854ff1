import { command, type Inline, listed } from '../../../kernel/text.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { changeRecord } from '../../../store/records.ts';
import { endSessions } from './account-queries.ts';
import { leaveUnits } from './actions/role.ts';
import { memberChanged } from './events.ts';
import { type OwnedWork, openWorkOf } from './handover-queries.ts';
import { t } from './messages.ts';
import { type MemberRow, memberRecord } from './record.ts';
import { handleOf } from './rules.ts';

/**
 * Ends all access of a person; requests that waited for them go to whoever is next. Gives the units nobody manages
 * now. Whether they may go (the last admin, open work) is the caller's to decide.
 */
export async function depart(ctx: Ctx, row: MemberRow): Promise<string[]> {
  await changeRecord(ctx, memberRecord, row, { status: 'left' });
  await endSessions(ctx, row.id);
  ctx.emit(memberChanged, { memberId: row.id, hasLeft: true });
  return leaveUnits(ctx, row.id);
}

/** What still needs this person as its owner, as people read it, and the lines that give it to others. */
export interface OpenWork {
  work: Inline;
  assign: Inline;
  find: Inline;
}

/** Customers, deals, leads and steps that are still somebody's; `undefined`: nothing is. */
export async function openWork(ctx: Ctx, row: MemberRow): Promise<OpenWork | undefined> {
  const work: OwnedWork[] = [];
  for (const kind of ctx.catalog.recordKinds()) {
    const owned = await openWorkOf(ctx, kind, row.id);
    if (owned && owned.count > 0) work.push(owned);
  }
  if (work.length === 0) return undefined;
  const [first] = work.flatMap(({ examples }) => examples);
  const who = handleOf(row.name) ?? row.name;
  return {
    work: listed(work.map((owned) => workText(ctx, owned))),
    assign: command(`assign ${first ?? 'D-142'} @…`),
    find: command(`find owner:${who}`),
  };
}

/** `3 × Deal (D-1, D-2, …)`. */
function workText(ctx: Ctx, { kind, count, examples }: OwnedWork): Inline {
  return t('owns-some', {
    n: count,
    kind: ctx.catalog.lookup(kind)?.label ?? (kind === 'next-step' ? t('next-step') : kind),
    examples: listed([...examples, ...(count > examples.length ? ['…'] : [])]),
  });
}
