import { z } from 'zod';
import { internalRoles } from '../../../../kernel/context.ts';
import { AppError } from '../../../../kernel/errors.ts';
import { f } from '../../../../kernel/fields.ts';
import { strong } from '../../../../kernel/text.ts';
import { defineAction } from '../../../../runtime/action.ts';
import { numberOf, readRecord } from '../../../../store/records.ts';
import { requireSight } from '../../members/api.ts';
import { recordLookups } from '../../records/api.ts';
import { historyCard } from '../cards.ts';
import { describeChanges } from '../describe.ts';
import { t } from '../messages.ts';
import { history } from '../model.ts';
import { historyOf } from '../queries.ts';

const pageSize = 10;

export const why = defineAction({
  name: 'audit.why',
  title: t('why-title'),
  summary: t('why-summary'),
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
    await requireSight(ctx, { kind: kind.kind, ownerId: row.ownerId, label: strong(number ?? record.key) });
    const rows = await historyOf(ctx, record.id, page * pageSize, pageSize + 1);
    const shown = rows.slice(0, pageSize);
    const fields = await describeChanges(
      ctx,
      shown.map(({ change }) => ({ change, row })),
    );
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
        line: entry.line,
        op: entry.change.op,
        fields: fields[index] ?? [],
      })),
    };
  },
  present: historyCard,
});
