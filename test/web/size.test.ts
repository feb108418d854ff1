import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTab } from './built.ts';

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

let wwwDir: string;
let tab: string;
let manifest: Record<string, Chunk>;

/** Every chunk that is loaded before anything is shown. */
function firstView(): string[] {
  const files = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const one of chunk.imports ?? []) visit(one);
  };
  for (const [name, { isEntry }] of Object.entries(manifest)) if (isEntry) visit(name);
  return [...files].filter((file) => file.endsWith('.js'));
}

describe('the built tab', () => {
  beforeAll(() => {
    wwwDir = buildTab();
    tab = join(wwwDir, 'tab');
    manifest = JSON.parse(readFileSync(join(tab, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  });

  afterAll(() => rmSync(wwwDir, { recursive: true, force: true }));

  test('shows its first view with at most 130 kB of JavaScript', () => {
    const files = firstView();
    expect(files.length).toBeGreaterThan(0);
    const bytes = files.map((file) => gzipSync(readFileSync(join(tab, file))).byteLength);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(130 * 1024);
  });

  test('leaves the SDK of Teams to those who are in Teams', () => {
    const isSdk = (file: string) => readFileSync(join(tab, file), 'utf8').includes('getAuthToken');
    const sdk = Object.values(manifest).filter(({ file }) => file.endsWith('.js') && /teams/.test(file));
    expect(sdk).toHaveLength(1);
    expect(isSdk(sdk[0]?.file ?? '')).toBe(true);
    expect(firstView()).not.toContain(sdk[0]?.file);
  });

  test('has no inline script, style or handler in its document', () => {
    const page = readFileSync(join(tab, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(page).not.toMatch(/https?:\/\//);
  });
});
