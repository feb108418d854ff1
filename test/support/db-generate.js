// Writes a migration from the tables. drizzle-kit exits 0 on an ambiguous rename without a terminal: caught here.
import { spawnSync } from 'node:child_process';

const { stdout, stderr, status } = spawnSync(
  'npx',
  ['--no-install', 'drizzle-kit', 'generate', ...process.argv.slice(2)],
  {
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'pipe'],
  },
);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exit(status !== 0 || /error/i.test(stdout + stderr) ? 1 : 0);
