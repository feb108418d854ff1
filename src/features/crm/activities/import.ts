import { dayIn, instantOf } from '../../../kernel/dates.ts';
import { isUuid } from '../../../kernel/ids.ts';
import { defineImporter, type Rejected } from '../../../runtime/importer.ts';
import { upsertRecords } from '../../../store/upsert.ts';
import { peopleByName } from '../../org/members/api.ts';
import { accountsByName } from '../accounts/api.ts';
import { activitiesAfter, allActivities } from './import-queries.ts';
import { t } from './messages.ts';
import { type ActivityRow, activityRecord } from './record.ts';

const source = 'import';

const kindWords: Record<string, ActivityRow['kind']> = {
  visit: 'visit',
  拜访: 'visit',
  call: 'call',
  电话: 'call',
  email: 'email',
  邮件: 'email',
  demo: 'demo',
  演示: 'demo',
  meeting: 'meeting',
  会议: 'meeting',
  wechat: 'wechat',
  微信: 'wechat',
  note: 'note',
  备注: 'note',
};

export const activityImporter = defineImporter({
  kind: 'activities',
  order: 70,
  aliases: ['activity', 'notes', 'interactions', '跟进记录'],
  columns: [
    { field: 'id', headers: ['activity_id', 'id', '编号'] },
    {
      field: 'kind',
      headers: ['activity', 'activity_type', 'kind', 'type', '跟进方式', '类型'],
      required: true,
    },
    {
      field: 'on',
      headers: ['date', 'on', 'activity_date', '日期', '跟进日期'],
      type: 'date',
      required: true,
    },
    { field: 'account', headers: ['account', 'company', 'customer', '客户', '公司'] },
    { field: 'member', headers: ['member', 'owner', 'sales_agent', 'by', '跟进人', '销售'] },
    { field: 'met', headers: ['met', 'contact', '联系人', '见到'] },
    { field: 'minutes', headers: ['minutes', 'duration', '时长'], type: 'number' },
    { field: 'note', headers: ['note', 'notes', 'outcome', 'text', '内容', '备注'] },
  ],

  async load(ctx, rows, options) {
    const [people, accounts, existing] = await Promise.all([
      peopleByName(ctx),
      accountsByName(ctx),
      allActivities(ctx),
    ]);
    const byId = new Map<string, ActivityRow>();
    for (const row of existing) {
      byId.set(row.id, row);
      if (row.source === source && row.externalId) byId.set(`id ${row.externalId}`, row);
      else byId.set(contentKey(row, ctx.org.timeZone), row);
    }
    const rejected: Rejected[] = [];
    const wanted = [];
    for (const { line, values } of rows) {
      const { id, on = '', met, minutes, note } = values;
      const kind = kindWords[(values.kind ?? '').toLowerCase()];
      if (!kind) {
        rejected.push({ line, reason: t('import-no-kind', { kind: values.kind ?? '' }) });
        continue;
      }
      const account = values.account ? await accounts.ensure(values.account) : undefined;
      const member = values.member ? await people.ensure(values.member) : undefined;
      const at = instantOf(on, '12:00', ctx.org.timeZone);
      const patch = {
        ...(account ? { accountId: account.id } : {}),
        ...(member ? { memberId: member.id } : {}),
        ...(met ? { metName: met } : {}),
        ...(minutes ? { minutes: Math.trunc(Number(minutes)) } : {}),
        ...(note ? { note } : {}),
      };
      const fresh = { kind, at, ...patch };
      const found = id
        ? (byId.get(`id ${id}`) ?? (isUuid(id) ? byId.get(id) : undefined))
        : byId.get(
            contentKey({ ...fresh, accountId: account?.id ?? null, note: note ?? null }, ctx.org.timeZone),
          );
      const origin = id && !isUuid(id) ? { source, externalId: id } : {};
      wanted.push({ existing: found, patch, values: { ...fresh, ...origin } });
    }
    const counts = await upsertRecords(ctx, activityRecord, wanted, options);
    return { ...counts, rejected, mended: [] };
  },

  async export(ctx, after, limit) {
    const [rows, people] = await Promise.all([activitiesAfter(ctx, after, limit), peopleByName(ctx)]);
    return rows.map(({ activity, account }) => ({
      id: activity.id,
      cells: {
        id: activity.source === source && activity.externalId ? activity.externalId : activity.id,
        kind: activity.kind,
        on: dayIn(activity.at, ctx.org.timeZone),
        account: account ?? '',
        member: (activity.memberId && people.nameOf(activity.memberId)) ?? '',
        met: activity.metName ?? '',
        minutes: activity.minutes?.toString() ?? '',
        note: activity.note ?? '',
      },
    }));
  },
});

/** What makes two lines without an id the same touch: kind, day, customer and words. */
function contentKey(
  row: { kind: string; at: Date; accountId: string | null; note: string | null },
  timeZone: string,
): string {
  return JSON.stringify([row.kind, dayIn(row.at, timeZone), row.accountId, row.note]);
}
