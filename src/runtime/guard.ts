import type { Ctx } from './context.ts';

/** A rule a feature adds to another feature's action (no win without an accepted quote). Throws AppError. */
export interface Guard {
  /** Name of the guarded action. */
  action: string;
  name: string;
  check(ctx: Ctx, input: Record<string, unknown>): Promise<void>;
}

export function defineGuard(guard: Guard): Guard {
  return guard;
}
