import type { Ctx } from '../../../runtime/context.ts';
import { readRecords } from '../../../store/records.ts';
import { mutesOf } from '../../org/channels/api.ts';
import type { HeldAlert, Listener } from './queries.ts';
import { alertRuleRecord } from './record.ts';
import { isAbout, scopeReader } from './scope.ts';

/**
 * Of what waits for one listener, what may still be told. While it waited the rule may have been stopped, whoever set
 * it up may have lost the right to it, the record may have gone to another team, or somebody may have muted it.
 */
export async function stillWanted<H extends Pick<HeldAlert, 'alert' | 'ruleId'>>(
  ctx: Ctx,
  { channelId, memberId }: Listener,
  held: readonly H[],
): Promise<H[]> {
  const [rules, owners, mutes] = await Promise.all([
    readRecords(ctx, alertRuleRecord, [...new Set(held.map(({ ruleId }) => ruleId))]),
    ownersNow(ctx, held),
    mutesOf(ctx, channelId === null ? { memberId } : { channelId }),
  ]);
  const scopeOf = scopeReader(ctx);
  const wanted: H[] = [];
  for (const one of held) {
    const { recordId, ownerId: ownerThen } = one.alert;
    const rule = rules.find(({ id }) => id === one.ruleId);
    if (!rule || rule.archivedAt !== null || mutes.some(({ subjectId }) => subjectId === recordId)) continue;
    const scope = await scopeOf(rule);
    if (!scope) continue;
    const ownerNow = owners.has(recordId) ? (owners.get(recordId) ?? null) : ownerThen;
    const isSeen = [ownerThen, ownerNow].every((ownerId) => isAbout(scope, rule, { ownerId }));
    if (isSeen) wanted.push(one);
  }
  return wanted;
}

/** Owners of deals and leads as they are now; whom a customer is about its alert says itself. */
async function ownersNow(
  ctx: Ctx,
  held: readonly Pick<HeldAlert, 'alert'>[],
): Promise<Map<string, string | null>> {
  const owners = new Map<string, string | null>();
  for (const kind of ['deal', 'lead'] as const) {
    const record = ctx.catalog.recordKind(kind);
    const ids = held.filter(({ alert }) => alert.recordKind === kind).map(({ alert }) => alert.recordId);
    if (!record || ids.length === 0) continue;
    for (const row of await readRecords(ctx, record, [...new Set(ids)])) {
      owners.set(String(row.id), (row as { ownerId?: string | null }).ownerId ?? null);
    }
  }
  return owners;
}
