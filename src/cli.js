import module from 'node:module';
import { join } from 'node:path';

// Where Node can (22 and later), later starts need not read the types away again.
module.enableCompileCache?.(join(import.meta.dirname, '../node_modules/.cache/node'));
if (!process.features.typescript) (await import('tsx/esm/api')).register();
await import('./cli.ts');
