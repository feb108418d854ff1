import type { Inline } from '../kernel/text.ts';
import type { Block } from '../view/card.ts';
import type { Ctx } from './context.ts';

/** What other features add to the card of a record, in their order. */
export async function sectionsOf(ctx: Ctx, kind: string, id: string): Promise<Block[]> {
  const parts = await Promise.all(ctx.catalog.recordSections(kind).map((section) => section.blocks(ctx, id)));
  return parts.flat();
}

/** Lets everything that points at the record follow it into another one; says what moved. */
export async function moveLinked(ctx: Ctx, kind: string, fromId: string, intoId: string): Promise<Inline[]> {
  const moved: Inline[] = [];
  for (const merge of ctx.catalog.recordMerges(kind)) {
    const what = await merge.move(ctx, fromId, intoId);
    if (what !== undefined) moved.push(what);
  }
  return moved;
}

/** Ids of what a record belongs to, by kind, its own included. */
export async function linksOf(
  ctx: Ctx,
  record: { kind: string; id: string },
): Promise<Readonly<Record<string, string>>> {
  const links = await ctx.catalog.recordLinks(record.kind)?.links(ctx, record.id);
  return { ...links, [record.kind]: record.id };
}
