import type { z } from 'zod';
import type { Role } from '../kernel/context.ts';
import { fieldMeta, withoutControls } from '../kernel/fields.ts';
import { readingContext } from './execute.ts';
import type { LookupOption } from './lookup.ts';
import { type Registry, rolesAllow } from './registry.ts';
import type { Session } from './session.ts';

const longest = 100;
/** Options of one type-ahead answer. */
export const optionLimit = 20;

/**
 * What a type-ahead field offers, best first. `undefined`: there is no such lookup, or the actor may run nothing that
 * has a field for it; names are not for everybody.
 */
export async function lookUp(
  session: Session,
  kind: string,
  query: string,
): Promise<LookupOption[] | undefined> {
  const { registry } = session.engine;
  const lookup = registry.lookup(kind);
  const roles = session.actor.kind === 'member' ? session.actor.roles : [];
  if (!lookup || !hasFieldFor(registry, kind, roles)) return undefined;
  return lookup.search(readingContext(session), withoutControls(query).slice(0, longest), optionLimit);
}

function hasFieldFor(registry: Registry, kind: string, roles: readonly Role[]): boolean {
  return registry
    .actions()
    .some(
      (action) =>
        rolesAllow(action, roles) &&
        Object.values(action.input.shape).some((schema) =>
          fieldMeta(schema as z.ZodType)?.lookups?.includes(kind),
        ),
    );
}
