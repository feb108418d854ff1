import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import type { Core } from '../app.ts';
import type { Output } from './command.ts';
import { runOperatorCommand } from './run.ts';

const exitMark = '\u0000exit ';

/**
 * A running service that holds the embedded database takes operator commands for it: the CLI finds the port and
 * the token in the lock file, which only the same user can read.
 */
export function operatorRoute(core: Core, token: string): Hono {
  const app = new Hono();
  app.post('/_operator', async (c) => {
    const given = Buffer.from(c.req.header('authorization')?.replace(/^Bearer /, '') ?? '');
    const wanted = Buffer.from(token);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return c.notFound();
    const { args, cwd } = (await c.req.json()) as { args: string[]; cwd: string };
    return stream(c, async (body) => {
      const out: Output = {
        line: (text) => void body.write(`${text}\n`),
        progress: (text) => void body.write(`\r${text}`),
      };
      const code = await runOperatorCommand({ core, args, cwd, out });
      await body.write(`${exitMark}${code}`);
    });
  });
  return app;
}

/** Sends a command to the service that holds the database and shows its answer. Returns the exit code. */
export async function runRemotely(
  at: { port: number; token: string },
  call: { args: string[]; cwd: string },
  write: (text: string) => void,
): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${at.port}/_operator`, {
    method: 'POST',
    headers: { authorization: `Bearer ${at.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(call),
  });
  if (!response.ok || !response.body) throw new Error(`the running service refused (${response.status})`);
  let tail = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    tail += chunk;
    const mark = tail.indexOf(exitMark);
    if (mark < 0) {
      write(tail);
      tail = '';
    } else {
      write(tail.slice(0, mark));
      tail = tail.slice(mark);
    }
  }
  return Number(tail.slice(exitMark.length) || 1);
}
