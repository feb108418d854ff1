import type { Ctx } from '../../../runtime/context.ts';

/** A message or work somebody sent again or took off the list, as it was before. */
export interface Taken {
  id: string;
  name: string;
  state: 'uncertain' | 'paused' | 'dead';
  /** Of a message the key of its place. */
  gate: string | null;
  /** Rises with every try. */
  fence: number;
}

/** Puts it on record; who and when stands in the audit entry of whoever is at it. */
export function noteTaken(
  ctx: Pick<Ctx, 'changed'>,
  taken: readonly Taken[],
  to: 'ready' | 'cancelled',
): void {
  for (const { id, name, state, gate, fence } of taken) {
    ctx.changed({
      kind: 'delivery',
      recordId: id,
      number: null,
      op: 'update',
      version: fence,
      before: { state },
      after: { state: to, what: name, gate },
    });
  }
}

/** A place that was shut and takes messages again, with how many were let through. */
export function noteOpened(
  ctx: Pick<Ctx, 'changed' | 'newId'>,
  { gate, reason, messages }: { gate: string; reason: string | null; messages: number },
): void {
  ctx.changed({
    kind: 'gate',
    recordId: ctx.newId(),
    number: null,
    op: 'update',
    version: 1,
    before: { reason },
    after: { gate, messages },
  });
}
