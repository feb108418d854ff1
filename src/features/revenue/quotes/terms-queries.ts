import { and, asc, desc, eq, max } from 'drizzle-orm';
import type { Ctx } from '../../../runtime/context.ts';
import { members } from '../../../store/tables/people.ts';
import type { PricedLine, Totals } from './rules.ts';
import { type QuoteChange, quoteLines, quoteVersions } from './tables.ts';

type Reading = Pick<Ctx, 'org' | 'tx'>;

export type VersionRow = typeof quoteVersions.$inferSelect;

export interface Terms {
  row: VersionRow;
  lines: PricedLine[];
  editor: string | null;
}

function selectVersions(ctx: Reading) {
  return ctx.tx
    .select({ row: quoteVersions, editor: members.name })
    .from(quoteVersions)
    .leftJoin(members, and(eq(members.orgId, quoteVersions.orgId), eq(members.id, quoteVersions.editorId)));
}

/** Terms with their lines, by their id or by the number of the version. */
export async function readTerms(
  ctx: Reading,
  by: { termsId: string } | { quoteId: string; version: number },
): Promise<Terms | undefined> {
  const which =
    'termsId' in by
      ? eq(quoteVersions.id, by.termsId)
      : and(eq(quoteVersions.quoteId, by.quoteId), eq(quoteVersions.version, by.version));
  const [found] = await selectVersions(ctx).where(and(eq(quoteVersions.orgId, ctx.org.id), which));
  if (!found) return undefined;
  const lines = await ctx.tx
    .select()
    .from(quoteLines)
    .where(and(eq(quoteLines.orgId, ctx.org.id), eq(quoteLines.termsId, found.row.id)))
    .orderBy(asc(quoteLines.position));
  return { ...found, lines };
}

/** Every version of a quote, newest first, without lines. */
export function readVersions(
  ctx: Reading,
  quoteId: string,
  limit: number,
): Promise<{ row: VersionRow; editor: string | null }[]> {
  return selectVersions(ctx)
    .where(and(eq(quoteVersions.orgId, ctx.org.id), eq(quoteVersions.quoteId, quoteId)))
    .orderBy(desc(quoteVersions.version))
    .limit(limit);
}

/** One more than any version there has been, one that was undone included: a number never means two things. */
export async function nextVersion(ctx: Reading, quoteId: string): Promise<number> {
  const rows = await ctx.tx
    .select({ last: max(quoteVersions.version) })
    .from(quoteVersions)
    .where(and(eq(quoteVersions.orgId, ctx.org.id), eq(quoteVersions.quoteId, quoteId)));
  return (rows[0]?.last ?? 0) + 1;
}

export interface NewTerms extends Totals {
  quoteId: string;
  version: number;
  currency: string;
  validUntil: string;
  taxNote: string | null;
  change: QuoteChange;
  editorId: string | null;
  lines: readonly PricedLine[];
}

export async function insertTerms(
  ctx: Pick<Ctx, 'org' | 'tx' | 'now' | 'newId'>,
  id: string,
  { lines, ...terms }: NewTerms,
): Promise<void> {
  const orgId = ctx.org.id;
  await ctx.tx.insert(quoteVersions).values({ orgId, id, ...terms, at: ctx.now });
  await ctx.tx
    .insert(quoteLines)
    .values(
      lines.map((line, index) => ({ orgId, id: ctx.newId(), termsId: id, position: index + 1, ...line })),
    );
}
