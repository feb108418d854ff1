// Runs the benchmarks, each in a process of its own. `npm run bench -- new-lead` runs one.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const all = ['start-up', 'new-lead', 'slack-receiving', 'digests'];
const chosen = process.argv.slice(2);
for (const name of chosen.length > 0 ? chosen : all) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, `${name}.ts`)],
    { stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
}
