-- What digests must say, written from the definitions alone and sharing nothing with the service but its tables.
--
-- Asked with, per transaction:
--   figures.org     organization            figures.on     local day         figures.zone   its zone
--   figures.reader  name of a manager, of a region, or empty for everybody
--   figures.now     instant it is as of     figures.since  instant changes count from
--
-- One row per figure and currency; currency and amount are null for records without an amount and for figures that
-- count something else than deals. Figures of nothing have no row.
with asked as (
  select current_setting('figures.org')::uuid as org, current_setting('figures.reader') as reader,
    current_setting('figures.on')::date as on_day, current_setting('figures.zone') as zone,
    current_setting('figures.now')::timestamptz as now, current_setting('figures.since')::timestamptz as since
),
-- A manager: the person and the people of the team the person manages. A region: the people of its teams, and the
-- managers of these. Everybody: nobody's records as well.
people as (
  select m.id, m.name from members m, asked
  where m.org_id = asked.org and (
    asked.reader = ''
    or m.name = asked.reader
    or exists (
      select from units u left join members boss on boss.id = u.manager_id left join units region on region.id = u.parent_id
      where u.org_id = asked.org and (m.unit_id = u.id or m.id = u.manager_id)
        and (region.name = asked.reader or (boss.name = asked.reader and m.unit_id = u.id))
    )
  )
),
mine as (
  select d.*, s.name_key as stage_key, s.normal_days, s.position as stage_place, s.probability_basis_points as likely
  from deals d join stages s on s.id = d.stage_id, asked
  where d.org_id = asked.org and d.archived_at is null
    and (d.owner_id in (select id from people) or (asked.reader = '' and d.owner_id is null))
),
open_ones as (select * from mine where status = 'open'),
-- People's own changes since, the earliest first; imports are not people's.
changes as (
  select c.record_id, c.op, c.version, c.before, c.after
  from record_changes c join audit a on a.id = c.audit_id, asked
  where c.org_id = asked.org and c.kind = 'deal' and c.at >= asked.since
    and a.actor_id is not null and a.action <> 'imports.run'
),
was as (
  select m.id,
    (select c.before ->> 'status' from changes c where c.record_id = m.id and c.after ? 'status'
      order by c.version limit 1) as status,
    exists (select from changes c where c.record_id = m.id and c.after ? 'status') as status_changed,
    (select (c.before ->> 'closeOn')::date from changes c where c.record_id = m.id and c.after ? 'closeOn'
      order by c.version limit 1) as close_on,
    (select s.position from changes c join stages s on s.id = (c.before ->> 'stageId')::uuid
      where c.record_id = m.id and c.after ? 'stageId' order by c.version limit 1) as stage_place,
    exists (select from changes c where c.record_id = m.id and c.op = 'create') as is_new
  from mine m where m.id in (select record_id from changes)
),
steps as (
  select n.* from next_steps n, asked
  where n.org_id = asked.org and n.status = 'open' and n.archived_at is null
    and (n.owner_id in (select id from people) or asked.reader = '')
    and case n.subject_kind
      when 'deal' then exists (select from deals d where d.id = n.subject_id and d.status = 'open' and d.archived_at is null)
      when 'lead' then exists (select from leads l where l.id = n.subject_id and l.archived_at is null)
      else exists (select from accounts c where c.id = n.subject_id and c.archived_at is null) end
),
late_steps as (
  select steps.* from steps, asked where due_on < asked.on_day or due_at < asked.now
),
owed as (
  select l.*, d.id as became, d.owner_id as deal_owner, d.status as deal_status, d.archived_at as deal_gone
  from leads l left join deals d on d.id = l.deal_id, asked
  where l.org_id = asked.org and l.plan_due_at is not null and l.plan_filed_at is null and l.archived_at is null
),
counted (figure, currency, amount_minor) as (
  select 'due-today', null::text, null::bigint from steps, asked
    where due_on = asked.on_day and steps.id not in (select id from late_steps)
  union all select 'overdue', null, null from late_steps
  union all select 'unplanned', currency, amount_minor from open_ones o
    where not exists (select from next_steps n where n.subject_id = o.id and n.status = 'open' and n.archived_at is null)
      and not exists (select from owed where owed.became = o.id)
  union all select 'plans-late', null, null from owed, asked where plan_due_at < asked.now and (
      (state = 'new' and owner_id in (select id from people))
      or (state = 'opportunity' and deal_status = 'open' and deal_gone is null and deal_owner in (select id from people)))
  union all select 'leads-unowned', null, null from leads l, asked
    where l.org_id = asked.org and l.state = 'new' and l.owner_id is null and l.archived_at is null and asked.reader = ''
  union all select 'deals-unowned', currency, amount_minor from open_ones where owner_id is null
  union all select 'at-risk', currency, amount_minor from open_ones o, asked
    where asked.on_day - (o.stage_entered_at at time zone asked.zone)::date > 2 * o.normal_days
      or o.push_count >= 2
      or o.close_on < asked.on_day
      or (select count(*) from contacts k where k.org_id = asked.org and k.account_id = o.account_id and k.archived_at is null and k.left_at is null) = 1
  union all select 'approvals-waiting', null, null from approvals a, asked
    where a.org_id = asked.org and a.status = 'pending' and a.expires_at > asked.now and (asked.reader = ''
      or a.requester_id in (select id from people) or a.subject_owner_id in (select id from people))
  union all select 'quotes-expiring', q.currency, q.total_minor from quotes q join open_ones o on o.id = q.deal_id, asked
    where q.status = 'sent' and q.archived_at is null and q.valid_until - asked.on_day between 0 and 3
  union all select 'new', currency, amount_minor from mine join was using (id) where is_new
  union all select mine.status, currency, amount_minor from mine join was using (id)
    where mine.status in ('won', 'lost') and status_changed and was.status is distinct from mine.status
  union all select 'slipped', currency, amount_minor from open_ones o join was using (id) where o.close_on > was.close_on
  union all select 'moved-back', currency, amount_minor from open_ones o join was using (id), asked
    where o.stage_place < was.stage_place and o.stage_entered_at >= asked.since
  union all select 'month-won', currency, amount_minor from mine, asked
    where status = 'won' and date_trunc('month', closed_on) = date_trunc('month', asked.on_day)
  union all select 'month-commit', currency, amount_minor from open_ones, asked
    where likely >= 7000 and date_trunc('month', close_on) = date_trunc('month', asked.on_day)
  union all select 'customers-unowned', null, null from accounts c, asked
    where c.org_id = asked.org and c.owner_id is null and c.archived_at is null
      and (asked.reader = '' or exists (select from open_ones o where o.account_id = c.id))
  union all select 'target', g.currency, g.amount_minor from targets g, asked
    where g.org_id = asked.org and g.archived_at is null and g.month_on = date_trunc('month', asked.on_day)
      and g.member_id in (select id from people)
  union all select 'open', currency, amount_minor from open_ones
)
select figure, currency, count(*)::int as records, sum(amount_minor)::text as amount_minor
from counted group by figure, currency order by figure, currency;
