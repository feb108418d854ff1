import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/infra/db/client.ts';
import { databaseDirectory } from '../../../src/infra/db/embedded.ts';
import {
  DirectoryInUseError,
  type LockHolder,
  lockDirectory,
  readLock,
} from '../../../src/infra/db/lock-file.ts';

const run = promisify(execFile);
const module = fileURLToPath(new URL('../../../src/infra/db/lock-file.ts', import.meta.url));

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

function freshDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'parley-lock-'));
  directories.push(directory);
  return directory;
}

/** A process that tries to take the lock, says how that went, and stays until killed. */
const taker = (directory: string) => [
  '--import',
  'tsx',
  '--input-type=module',
  '--eval',
  `const { lockDirectory } = await import(${JSON.stringify(module)});
   try { await lockDirectory(${JSON.stringify(directory)}); console.log('taken'); setInterval(() => {}, 1000); }
   catch (error) { console.log(error.name + ': ' + error.message); }`,
];

async function heldByOther(directory: string) {
  const child = spawn(process.execPath, taker(directory), { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('taken\n');
  return child;
}

test('a second process is refused with a message that says what to do', async () => {
  const directory = join(freshDirectory(), 'database');
  const lock = await lockDirectory(directory);
  const { stdout } = await run(process.execPath, taker(directory));
  expect(stdout).toContain('DirectoryInUseError');
  expect(stdout).toContain(`process ${process.pid}`);
  expect(stdout).toContain('DATABASE_URL');
  lock.release();
  expect(existsSync(`${directory}.lock`)).toBe(false);
});

test('the database is not even opened while the lock is held', async () => {
  const dataDir = freshDirectory();
  const lock = await lockDirectory(databaseDirectory(dataDir));
  await expect(openDatabase({ dataDir, production: false })).rejects.toBeInstanceOf(DirectoryInUseError);
  expect(existsSync(databaseDirectory(dataDir))).toBe(false);
  lock.release();
});

test('a lock left by a killed process is taken over, also when its pid lives on as another process', async () => {
  const directory = join(freshDirectory(), 'database');
  const child = await heldByOther(directory);
  await expect(lockDirectory(directory)).rejects.toBeInstanceOf(DirectoryInUseError);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readLock(directory)).toBeUndefined();
  const lock = await lockDirectory(directory);
  const holder = JSON.parse(readFileSync(`${directory}.lock`, 'utf8')) as LockHolder;
  expect(holder.pid).toBe(process.pid);
  lock.release();
  writeFileSync(`${directory}.lock`, JSON.stringify({ ...holder, processStart: '1', token: 'other' }));
  (await lockDirectory(directory)).release();
});

test('of several processes that find the same stale lock one gets it', async () => {
  const directory = join(freshDirectory(), 'database');
  const child = await heldByOther(directory);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const answers = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const other = spawn(process.execPath, taker(directory), { stdio: ['ignore', 'pipe', 'inherit'] });
      const [said] = await once(other.stdout, 'data');
      return { other, said: String(said) };
    }),
  );
  for (const { other } of answers) other.kill('SIGKILL');
  expect(answers.filter(({ said }) => said === 'taken\n')).toHaveLength(1);
}, 60_000);

test('a torn lock file does not block for ever', async () => {
  const directory = join(freshDirectory(), 'database');
  writeFileSync(`${directory}.lock`, '{"pid":');
  (await lockDirectory(directory)).release();
});

test('the holder adds fields that others read', async () => {
  const directory = join(freshDirectory(), 'database');
  const lock = await lockDirectory(directory);
  lock.annotate({ port: 4711, secret: 'once' });
  expect(readLock(directory)).toMatchObject({ pid: process.pid, port: 4711, secret: 'once' });
  lock.assertHeld();
  lock.release();
  expect(readLock(directory)).toBeUndefined();
});

test('the embedded database refuses production', async () => {
  await expect(openDatabase({ dataDir: freshDirectory(), production: true })).rejects.toThrow('DATABASE_URL');
});
