import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Exact: the tag `latest` belongs to a different program. */
export const emulatorPackage = 'emulate@0.12.2';
const runtimePackage = 'node@24.21.0';
/** The emulator needs Node 22.15. */
const needed = [22, 15] as const;

export interface Emulator {
  url: string;
  stop(): Promise<void>;
}

/** The package could not be fetched; anything else that goes wrong is a failure. */
export class NotFetchedError extends Error {
  override name = 'NotFetchedError';
}

/**
 * Fetches the emulator into a folder of its own (it is no dependency of ours), and a Node to run it with where
 * this one is too old. Throws NotFetchedError.
 */
export async function startEmulator(service: string, seed: Record<string, unknown>): Promise<Emulator> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-independent-'));
  let child: ChildProcess | undefined;
  const stop = async () => {
    if (child) await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const program = await fetchInto(folder);
    const seedFile = join(folder, 'seed.json');
    await writeFile(seedFile, JSON.stringify({ [service]: seed }));
    const port = await freePort();
    const script = join(folder, 'node_modules/emulate/dist/index.js');
    child = spawn(
      program,
      [script, 'start', '--service', service, '--port', String(port), '--seed', seedFile],
      // Nothing of our environment: it would read settings from it.
      { cwd: folder, env: {}, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const url = `http://127.0.0.1:${port}`;
    await ready(child, url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Returns the Node to run it with. */
async function fetchInto(folder: string): Promise<string> {
  const isOurs = isNewEnough(process.version);
  const packages = isOurs ? [emulatorPackage] : [emulatorPackage, runtimePackage];
  // The one package with a script: it fetches the binary for this machine.
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, allowScripts: { node: true } }),
  );
  const program = isOurs ? process.execPath : join(folder, 'node_modules/node/bin/node');
  try {
    const quick = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=3000'];
    const install = [
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--no-audit',
      '--no-fund',
      ...quick,
      ...packages,
    ];
    await promisify(execFile)('npm', install, { cwd: folder, timeout: 240_000 });
    const { stdout } = await promisify(execFile)(program, ['--version']);
    if (!isNewEnough(stdout.trim())) throw new Error(`${program} is Node ${stdout.trim()}`);
  } catch (error) {
    throw new NotFetchedError(`${packages.join(' and ')} could not be fetched: ${firstLine(error)}`);
  }
  return program;
}

/** `version` as `v24.1.0`. */
function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

function firstLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return said.split('\n').find((line) => line.startsWith('npm error')) ?? String(error).split('\n')[0] ?? '';
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk) => {
      said += String(chunk);
    });
  }
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = error;
  });
  for (const until = Date.now() + 30_000; Date.now() < until; await pause(100)) {
    if (failed) throw failed;
    if (child.exitCode !== null) break;
    if (await fetch(url).then(Boolean, () => false)) return;
  }
  throw new Error(`the emulator did not start: ${said}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill();
  const killing = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(killing);
}
