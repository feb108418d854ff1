import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Pages with a build of their own: sources, and where the build goes. `also`: folders they take code from. */
const pages = [
  { source: 'playground/page', built: 'playground', also: ['playground'] },
  { source: 'web', built: 'tab', also: ['kernel', 'view'] },
];
const www = join(import.meta.dirname, '../dist/www');

/** Builds the pages that were never built or whose sources have changed since. */
export async function buildPages(): Promise<void> {
  for (const { source, built, also } of pages) {
    const from = join(import.meta.dirname, source);
    const builtAt = await modifiedAt(join(www, built, 'index.html'));
    const changedAt = await Promise.all([source, ...also].map(latestChange));
    if (Math.max(...changedAt) <= builtAt) continue;
    // Loaded only when needed: a bundler takes longer to load than the service.
    const { build } = await bundler();
    await build({ configFile: join(from, 'vite.config.ts'), logLevel: 'warn' });
  }
}

async function latestChange(folder: string): Promise<number> {
  const path = join(import.meta.dirname, folder);
  const names = await readdir(path, { recursive: true });
  return Math.max(...(await Promise.all(names.map((name) => modifiedAt(join(path, name))))));
}

function modifiedAt(path: string): Promise<number> {
  return stat(path).then(
    (info) => info.mtimeMs,
    () => 0,
  );
}

/** Development only: an installation without it brings its pages built. */
async function bundler(): Promise<typeof import('vite')> {
  try {
    return await import('vite');
  } catch (cause) {
    throw new Error('The pages are not built and there is nothing to build them with: npm run build', {
      cause,
    });
  }
}
