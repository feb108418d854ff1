// Static checks, at once: types, style and imports, unused code, stale manifests. Each must have looked at something.
import { spawn } from 'node:child_process';

const checks = [
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.', '--listFilesOnly'], files: /src\/app\.ts/ },
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.'] },
  { name: 'style', command: ['biome', 'check', '--error-on-warnings', '.'], files: /Checked [1-9]\d{2,} files/ },
  { name: 'unused code', command: ['knip', '--no-progress'] },
  { name: 'manifests', command: ['node', 'src/cli.js', 'manifests', '--check'] },
];

function run({ name, command: [bin, ...args], files }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child =
      bin === 'node'
        ? spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
        : spawn('npx', ['--no-install', bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('close', (code) => {
      const isEmpty = files && !files.test(text);
      const ok = code === 0 && !isEmpty;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
      if (!ok) process.stdout.write(isEmpty && code === 0 ? `${name} looked at nothing\n` : `${text}\n`);
      resolve(ok);
    });
  });
}

const results = await Promise.all(checks.map(run));
process.exit(results.every(Boolean) ? 0 : 1);
