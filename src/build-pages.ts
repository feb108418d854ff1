import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const page = join(import.meta.dirname, 'playground/page');
const built = join(import.meta.dirname, '../dist/www/playground/index.html');

/** Builds the playground page when it was never built or its sources have changed since. */
export async function buildPages(): Promise<void> {
  const builtAt = await stat(built).then(
    (info) => info.mtimeMs,
    () => 0,
  );
  const names = await readdir(page, { recursive: true });
  const changes = await Promise.all(names.map(async (name) => (await stat(join(page, name))).mtimeMs));
  if (Math.max(...changes) <= builtAt) return;
  // Loaded only when needed: a bundler takes longer to load than the service.
  const { build } = await import('vite');
  await build({ configFile: join(page, 'vite.config.ts'), logLevel: 'warn' });
}
