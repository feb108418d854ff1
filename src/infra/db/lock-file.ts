import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the process that holds an embedded database wrote about itself; more fields may be added by `annotate`. */
export interface LockHolder extends Record<string, unknown> {
  pid: number;
  /** Start time of that process as the system tells it: a recycled pid has another one. */
  processStart: string | null;
  host: string;
  /** Changes when the machine is restarted. */
  boot: string | null;
  token: string;
}

export interface DirectoryLock {
  /** Adds fields to the lock file, for other processes of this user to read. */
  annotate(fields: Record<string, unknown>): void;
  /** Throws if another process took the lock over (which it only does when it believes this one is gone). */
  assertHeld(): void;
  release(): void;
}

export class DirectoryInUseError extends Error {
  readonly holder: LockHolder;
  constructor(path: string, holder: LockHolder, isElsewhere: boolean) {
    const who = isElsewhere
      ? `a process on ${holder.host} (pid ${holder.pid}), which cannot be checked from here; if it is surely gone, delete ${path}`
      : `process ${holder.pid}; stop it first, or use PostgreSQL (DATABASE_URL), which many processes may share`;
    super(`the embedded database is in use by ${who}`);
    this.name = 'DirectoryInUseError';
    this.holder = holder;
  }
}

/**
 * Takes `<directory>.lock`. The embedded database itself lets two processes open one directory, and then silently
 * loses what one of them acknowledged. A lock left by a crash is recognised and taken over.
 * Throws DirectoryInUseError.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = `${directory}.lock`;
  const mine: LockHolder = {
    pid: process.pid,
    processStart: processStart(process.pid),
    host: hostname(),
    boot: bootId(),
    token: randomUUID(),
  };
  for (let tries = 0; tries < 20; tries++) {
    if (createExclusively(path, mine)) return heldLock(path, mine);
    const holder = readHolder(path);
    const state = holder ? stateOf(holder) : 'unreadable';
    if (holder && (state === 'alive' || state === 'elsewhere')) {
      throw new DirectoryInUseError(path, holder, state === 'elsewhere');
    }
    // Unreadable: just being written by its owner, or torn by a crash; the latter stays so.
    if (state === 'stale' || tries >= 10) removeStale(path, holder?.token);
    else await sleep(50);
  }
  throw new Error(`cannot take ${path}; delete it if no other process uses the database`);
}

/** The process that holds the directory now, or `undefined`. */
export function readLock(directory: string): LockHolder | undefined {
  const holder = readHolder(`${directory}.lock`);
  return holder && stateOf(holder) === 'alive' ? holder : undefined;
}

function heldLock(path: string, mine: LockHolder): DirectoryLock {
  let content = mine;
  const isHeld = () => readHolder(path)?.token === mine.token;
  return {
    annotate(fields) {
      content = { ...content, ...fields, token: mine.token, pid: mine.pid };
      const draft = `${path}.${mine.token}`;
      writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
      renameSync(draft, path);
    },
    assertHeld() {
      if (!isHeld())
        throw new Error(`${path} was taken over by another process; stopping before data is lost`);
    },
    release() {
      if (isHeld()) unlinkSync(path);
    },
  };
}

/** Only this user may read it: it can hold a token for talking to the holder. */
function createExclusively(path: string, holder: LockHolder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): LockHolder | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const holder = parsed as Partial<LockHolder>;
    return typeof holder.pid === 'number' && typeof holder.token === 'string'
      ? (holder as LockHolder)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Of several processes that found the same stale lock, one may already have replaced it: what is moved away is
 * looked at again, and put back if it is not what was judged stale.
 */
function removeStale(path: string, token: string | undefined): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved && moved.token !== token) createExclusively(path, moved);
  unlinkSync(aside);
}

function stateOf(holder: LockHolder): 'alive' | 'stale' | 'elsewhere' {
  const boot = bootId();
  if (holder.boot !== null && boot !== null && holder.boot !== boot) return 'stale';
  // Another container on this machine: its pids mean nothing here.
  if (holder.host !== hostname()) return 'elsewhere';
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'stale';
  }
  const start = processStart(holder.pid);
  return start !== null && holder.processStart !== null && start !== holder.processStart ? 'stale' : 'alive';
}

function processStart(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field is the command in parentheses and may hold blanks; the start time is the 20th after it.
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
    }
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
