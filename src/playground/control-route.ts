import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { ImpossibleGesture } from './impossible-gesture.ts';

/** A control route: JSON only, so that no foreign page can post here. */
export async function run<T>(c: Context, shape: z.ZodType<T>, act: (body: T) => unknown): Promise<Response> {
  if (!c.req.header('content-type')?.startsWith('application/json')) {
    return c.json({ error: 'Send JSON.' }, 415);
  }
  const parsed = shape.safeParse(await c.req.json().catch(() => undefined));
  if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400);
  try {
    return c.json((await act(parsed.data)) as object);
  } catch (error) {
    return refuse(c, error);
  }
}

export function refuse(c: Context, error: unknown): Response {
  if (error instanceof ImpossibleGesture) return c.json({ error: error.message }, 400);
  throw error;
}

type Exact<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Optional fields that came as `undefined` are left out, as the drivers want them. */
export function exact<T extends object>(fields: T): Exact<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Exact<T>;
}

interface Watched {
  world: { seq: number };
  /** Ends each open stream of screen changes. */
  watchers: Set<() => void>;
}

/** Server-sent events: `change` with the newest sequence number, a `ping` every 15 seconds. */
export function streamChanges(
  c: Context,
  onChange: (listener: () => void) => () => void,
  { world, watchers }: Watched,
): Response {
  return streamSSE(c, async (stream) => {
    let isOpen = true;
    let wake: () => void = () => undefined;
    const end = onChange(() => wake());
    const leave = () => {
      isOpen = false;
      wake();
    };
    stream.onAbort(leave);
    watchers.add(leave);
    let sent = -1;
    while (isOpen) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 15_000).unref();
      });
      const { seq } = world;
      if (seq !== sent) await stream.writeSSE({ event: 'change', data: String(seq) });
      else await stream.writeSSE({ event: 'ping', data: '' });
      sent = seq;
      if (world.seq === sent) await woken;
    }
    end();
    watchers.delete(leave);
  });
}
