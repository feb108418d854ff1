import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');
export const wwwDir = join(root, 'dist/www');

/** Builds the page as it is shipped, from the sources as they are. */
export async function buildTab(): Promise<void> {
  await build({ configFile: join(root, 'src/web/vite.config.ts'), logLevel: 'warn' });
}
