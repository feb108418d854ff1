import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A clock that several processes read from one file; `skewMs`: how far this one is off. */
export function sharedClock(file: string, skewMs = 0): { now(): Date } {
  return { now: () => new Date(Number(readFileSync(file, 'utf8')) + skewMs) };
}

export function setSharedClock(file: string, to: Date): void {
  writeFileSync(`${file}.new`, String(to.getTime()));
  renameSync(`${file}.new`, file);
}
