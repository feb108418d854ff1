import type { Ctx } from '../../../runtime/context.ts';
import { handledRows } from './handled-queries.ts';
import type { Handled, HandledView } from './model.ts';
import { nameOfGate } from './queries.ts';

/** What was done about deliveries, the latest first. */
export async function handledOf(
  ctx: Ctx,
  page: { days: number; limit: number; offset: number },
): Promise<HandledView[]> {
  const rows = await handledRows(ctx, page);
  return Promise.all(
    rows.map(async ({ id, kind, at, by, before, after }) => {
      const gate = typeof after.gate === 'string' ? after.gate : undefined;
      return {
        id,
        at: at.toISOString(),
        by,
        did: didIn(kind, after),
        what: typeof after.what === 'string' ? after.what : null,
        was: wasIn(before),
        reason: typeof before.reason === 'string' ? before.reason : null,
        messages: typeof after.messages === 'number' ? after.messages : null,
        place: gate === undefined ? null : await placeOf(ctx, gate),
      };
    }),
  );
}

function didIn(kind: string, { state }: Record<string, unknown>): Handled {
  if (kind === 'gate') return 'opened';
  return state === 'ready' ? 'sent-again' : 'dismissed';
}

function wasIn({ state }: Record<string, unknown>): HandledView['was'] {
  return state === 'uncertain' || state === 'paused' || state === 'dead' ? state : null;
}

async function placeOf(ctx: Ctx, gate: string): Promise<HandledView['place']> {
  const { platform, scope, name } = await nameOfGate(ctx, gate);
  const kind = gate.includes(':person:') ? 'person' : 'channel';
  return { platform, kind: scope === 'installation' ? 'installation' : kind, name };
}
