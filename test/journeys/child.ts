import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A real process of the product, told nothing of this one's environment but where programs are. */
export interface Child {
  /** Everything printed so far, both outputs. */
  said(): string;
  /** Waits until it has printed this. Throws with what it said if it ends or takes too long. */
  until(text: string | RegExp, ms?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  exited: Promise<number | null>;
}

export function run(script: 'start' | 'cli', args: string[], env: Record<string, string>): Child {
  return launch([join(root, `src/${script}.js`), ...args], env);
}

/** The same for a TypeScript file of the tests. */
export function runScript(path: string, env: Record<string, string>): Child {
  return launch(['--import', 'tsx', path], env);
}

function launch(args: string[], env: Record<string, string>): Child {
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH, HOME, TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listeners = new Set<() => void>();
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return {
    said: () => text,
    kill: (signal) => void child.kill(signal),
    exited,
    until: (wanted, ms = 60_000) =>
      new Promise((resolve, reject) => {
        const has = () => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
        const fail = (why: string) => () => reject(new Error(`${why} before it said ${wanted}:\n${text}`));
        const timer = setTimeout(fail('took too long'), ms);
        const look = () => {
          if (!has()) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void exited.then(fail('ended'));
      }),
  };
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A gesture in the stand-in, over its control routes. */
export async function gesture(url: string, name: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/_control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}
