import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { type Inline, strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import type { Ctx } from '../../../../runtime/context.ts';
import { linksOf } from '../../../../runtime/record-parts.ts';
import { numberOf, readRecord } from '../../../../store/records.ts';
import { isScoped, requireSight } from '../../members/api.ts';
import { recordLookups } from '../../records/api.ts';
import { historyCard } from '../cards.ts';
import { describeChanges } from '../describe.ts';
import { t } from '../messages.ts';
import { history } from '../model.ts';
import { historyOf } from '../queries.ts';
import { withheldFields } from '../rules.ts';

const pageSize = 10;

export const why = defineAction({
  name: 'audit.why',
  title: t('why-title'),
  summary: t('why-summary'),
  submit: t('why-submit'),
  effect: 'read',
  input: z.strictObject({
    record: f.ref([...recordLookups, 'member', 'unit', 'stage'], t('record'), { placeholder: 'D-142' }),
    page: f.number(t('page'), { max: 1000 }).optional(),
  }),
  output: history,
  roles: internalRoles,
  hidden: ['page'],
  command: {
    verb: 'why',
    aliases: ['变更记录', 'history'],
    args: ['record'],
    keys: { page: 'page' },
    group: 'daily',
    examples: { en: ['why D-1', 'why acme'], 'zh-CN': ['变更记录 D-5', '变更记录 远景'] },
  },
  example: { as: 'manager', input: { record: 'L-1' } },

  async run(ctx, { record, page = 0 }) {
    const kind = ctx.catalog.recordKind(record.kind);
    const row = kind && ((await readRecord(ctx, kind, record.id)) as Record<string, unknown> | undefined);
    if (!kind || !row) throw new AppError('not_found', t('no-history', { record: strong(record.key) }));
    const number = numberOf(kind, row);
    const label = strong(number ?? record.key);
    await requireSight(ctx, { kind: kind.kind, ownerId: row.ownerId, label });
    if (!isScoped(kind.kind)) await requireSightOfLinked(ctx, { kind: kind.kind, id: record.id }, label);
    const rows = await historyOf(ctx, record.id, page * pageSize, pageSize + 1);
    const shown = rows.slice(0, pageSize);
    const fields = await describeChanges(
      ctx,
      shown.map(({ change }) => ({ change, row })),
    );
    const roles = ctx.actor.kind === 'member' ? ctx.actor.roles : [];
    const withheld = shown.map(({ change }) => withheldFields(kind, change, roles));
    return {
      key: number ?? record.key,
      number,
      label: kind.label(row),
      kind: kind.kind,
      page,
      hasMore: rows.length > pageSize,
      entries: shown.map((entry, index) => ({
        at: entry.at.toISOString(),
        actor: entry.actorName,
        isSystem: entry.actorId === null,
        platform: entry.platform,
        action: entry.action,
        // The line says what the fields would.
        line: withheld[index]?.length ? null : entry.line,
        op: entry.change.op,
        fields: (fields[index] ?? []).filter(({ field }) => !withheld[index]?.includes(field)),
      })),
    };
  },
  present: historyCard,
});

/** What belongs to a deal (a quote) is seen by those who see the deal. Throws AppError `forbidden`. */
async function requireSightOfLinked(
  ctx: Ctx,
  record: { kind: string; id: string },
  label: Inline,
): Promise<void> {
  const { [record.kind]: _own, ...linked } = await linksOf(ctx, record);
  for (const [kind, id] of Object.entries(linked)) {
    const of = ctx.catalog.recordKind(kind);
    const row = of && ((await readRecord(ctx, of, id)) as Record<string, unknown> | undefined);
    if (row) await requireSight(ctx, { kind, ownerId: row.ownerId, label });
  }
}
