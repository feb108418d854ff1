import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * Builds the page from the sources as they are, the way it is shipped, and answers the folder that holds it. In a
 * process of its own: a test's environment would build the development edition of React.
 */
export function buildTab(): string {
  const wwwDir = mkdtempSync(join(tmpdir(), 'parley-www-'));
  const args = ['build', '--config', 'src/web/vite.config.ts', '--logLevel', 'warn'];
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), ...args, '--outDir', join(wwwDir, 'tab')],
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return wwwDir;
}
