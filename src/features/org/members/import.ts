import { type Role, roles } from '../../../kernel/context.ts';
import { nameKey } from '../../../kernel/names.ts';
import type { Ctx } from '../../../runtime/context.ts';
import { defineImporter, type ImportResult } from '../../../runtime/importer.ts';
import { changeRecord, createRecord } from '../../../store/records.ts';
import { allMembers, allUnits, membersAfter } from './import-queries.ts';
import { t } from './messages.ts';
import { type MemberRow, memberRecord, type UnitRow, unitRecord } from './record.ts';

/** People of an import by name; those nobody knows become members without a chat identity. */
export interface PeopleByName {
  find(name: string): MemberRow | undefined;
  /** The member of that name, made when there is none. */
  ensure(name: string, memberRoles?: Role[]): Promise<MemberRow>;
  nameOf(id: string): string | undefined;
  /** How many `ensure` had to make. */
  made(): number;
}

export async function peopleByName(ctx: Ctx): Promise<PeopleByName> {
  const byKey = new Map<string, MemberRow>();
  const names = new Map<string, string>();
  for (const row of await allMembers(ctx)) {
    byKey.set(nameKey(row.name), row);
    if (row.email) byKey.set(row.email, row);
    names.set(row.id, row.name);
  }
  let made = 0;
  return {
    made: () => made,
    nameOf: (id) => names.get(id),
    find: (name) => byKey.get(nameKey(name)) ?? byKey.get(name.toLowerCase()),
    async ensure(name, memberRoles = ['rep']) {
      const known = byKey.get(nameKey(name));
      if (known) return known;
      const row = await createRecord(ctx, memberRecord, {
        name,
        roles: memberRoles,
        locale: ctx.org.locale,
        timeZone: ctx.org.timeZone,
        status: 'unlinked',
      });
      made++;
      byKey.set(nameKey(name), row);
      return row;
    },
  };
}

/** Sales people with their manager and regional office. A manager's team bears their name and lies in the region. */
export const memberImporter = defineImporter({
  kind: 'members',
  order: 10,
  aliases: ['sales_teams', 'people', 'team', '成员', '销售团队'],
  columns: [
    {
      field: 'name',
      headers: ['sales_agent', 'agent', 'name', 'member', 'sales rep', 'rep', '姓名', '成员', '销售'],
      required: true,
    },
    { field: 'email', headers: ['email', 'e-mail', 'mail', '邮箱', '电子邮箱'], type: 'email' },
    { field: 'roles', headers: ['roles', 'role', '角色'], type: 'list' },
    { field: 'manager', headers: ['manager', 'reports_to', '主管', '销售主管', '上级'] },
    { field: 'region', headers: ['regional_office', 'region', 'branch', 'office', '区域', '大区', '分公司'] },
  ],

  async load(ctx, rows): Promise<ImportResult> {
    const people = await peopleByName(ctx);
    const units = await unitsByName(ctx);
    const result: ImportResult = { created: 0, matched: 0, changed: 0, rejected: [], mended: [] };
    for (const { line, values } of rows) {
      const { name = '', email, manager, region } = values;
      const wantedRoles = values.roles?.split(/[;,、\s]+/).filter(Boolean);
      const unknown = wantedRoles?.find((role) => !(roles as readonly string[]).includes(role));
      if (unknown) {
        result.rejected.push({ line, reason: t('import-unknown-role', { role: unknown }) });
        continue;
      }
      const before = people.made();
      const existed = people.find(email ?? name) ?? people.find(name);
      const member = existed ?? (await people.ensure(name, wantedRoles as Role[] | undefined));
      const boss = manager ? await people.ensure(manager, ['manager']) : undefined;
      const regionUnit = region ? await units.ensure('region', region, null, null) : undefined;
      const team = boss ? await units.ensure('team', boss.name, regionUnit?.id ?? null, boss.id) : regionUnit;
      if (boss && team && boss.unitId !== team.id) {
        Object.assign(boss, await changeRecord(ctx, memberRecord, boss, { unitId: team.id }));
      }
      const changed = await changeRecord(ctx, memberRecord, member, {
        ...(email ? { email } : {}),
        ...(wantedRoles ? { roles: wantedRoles as Role[] } : {}),
        ...(boss ? { reportsTo: boss.id } : {}),
        ...(team && (boss || !member.unitId) ? { unitId: team.id } : {}),
      });
      if (changed.version !== member.version) {
        if (existed) result.changed++;
        Object.assign(member, changed);
      } else if (existed) result.matched++;
      result.created += people.made() - before;
    }
    return result;
  },

  async export(ctx, after, limit) {
    const [rows, all, units] = await Promise.all([
      membersAfter(ctx, after, limit),
      allMembers(ctx),
      allUnits(ctx),
    ]);
    const names = new Map(all.map((row) => [row.id, row.name]));
    const unitOf = new Map(units.map((unit) => [unit.id, unit]));
    return rows.map((row) => {
      const unit = row.unitId ? unitOf.get(row.unitId) : undefined;
      const region = unit?.kind === 'region' ? unit : unit?.parentId ? unitOf.get(unit.parentId) : undefined;
      return {
        id: row.id,
        cells: {
          name: row.name,
          email: row.email ?? '',
          roles: row.roles.join(' '),
          manager: (row.reportsTo && names.get(row.reportsTo)) ?? '',
          region: region?.name ?? '',
        },
      };
    });
  },
});

async function unitsByName(ctx: Ctx) {
  const byKey = new Map<string, UnitRow>(
    (await allUnits(ctx)).map((unit) => [`${unit.kind} ${nameKey(unit.name)}`, unit]),
  );
  return {
    async ensure(kind: UnitRow['kind'], name: string, parentId: string | null, managerId: string | null) {
      const key = `${kind} ${nameKey(name)}`;
      const known = byKey.get(key);
      if (!known) {
        const made = await createRecord(ctx, unitRecord, { kind, name, parentId, managerId });
        byKey.set(key, made);
        return made;
      }
      const row = await changeRecord(ctx, unitRecord, known, {
        ...(parentId ? { parentId } : {}),
        ...(managerId ? { managerId } : {}),
      });
      byKey.set(key, row);
      return row;
    },
  };
}
