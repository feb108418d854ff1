import type { Ctx } from '../../../runtime/context.ts';
import { createRecord } from '../../../store/records.ts';
import { unitsNamed } from './queries.ts';
import { type UnitRow, unitRecord } from './record.ts';
import { bestByName, personKey } from './rules.ts';

/** The units a line names: `group:` a team, `branch:` a region. */
export interface NamedUnits {
  group?: string | undefined;
  branch?: string | undefined;
}

export interface FoundUnits {
  /** Where the person goes: the group, else the branch. */
  unit: UnitRow | undefined;
  branch: UnitRow | undefined;
  /** Names no unit has yet, the branch first. */
  missing: { kind: 'region' | 'team'; name: string; similar: string[] }[];
}

/** Units of exactly these names; a unit of the other kind counts when there is none of the kind asked for. */
export async function findUnits(ctx: Ctx, { group, branch }: NamedUnits): Promise<FoundUnits> {
  const missing: FoundUnits['missing'] = [];
  const find = async (name: string | undefined, kind: 'region' | 'team') => {
    if (name === undefined) return undefined;
    const all = await unitsNamed(ctx, '', 500);
    const equal = all.filter((unit) => personKey(unit.name) === personKey(name));
    const found = equal.find((unit) => unit.kind === kind) ?? equal[0];
    if (!found)
      missing.push({
        kind,
        name,
        similar: bestByName(all, name)
          .map((unit) => unit.name)
          .slice(0, 2),
      });
    return found;
  };
  const foundBranch = await find(branch, 'region');
  const foundGroup = await find(group, 'team');
  return { unit: group === undefined ? foundBranch : foundGroup, branch: foundBranch, missing };
}

/** The same, with what is missing made: a group lies in the branch named beside it. */
export async function ensureUnits(
  ctx: Ctx,
  named: NamedUnits,
): Promise<{ unit: UnitRow | undefined; created: string[] }> {
  const found = await findUnits(ctx, named);
  const created: string[] = [];
  let { branch, unit } = found;
  for (const { kind, name } of found.missing) {
    const parentId = kind === 'team' ? (branch?.id ?? null) : null;
    const made = await createRecord(ctx, unitRecord, { kind, name, parentId });
    created.push(name);
    if (kind === 'region') branch = made;
    if (kind === 'team' || named.group === undefined) unit = made;
  }
  return { unit, created };
}
