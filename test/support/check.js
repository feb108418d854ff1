// Static checks, at once: types, style and imports, unused code, stale manifests. Each must have looked at something.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const bin = (name) => join(import.meta.dirname, '../../node_modules/.bin', name);

const checks = [
  { name: 'types', command: [bin('tsc'), '--noEmit', '-p', '.', '--listFiles'], looked: /src\/app\.ts/ },
  {
    name: 'style',
    command: [bin('biome'), 'check', '--error-on-warnings', '.'],
    looked: /Checked [1-9]\d{2,} files/,
  },
  { name: 'unused code', command: [bin('knip'), '--no-progress', '--no-config-hints'] },
  { name: 'web client', command: [process.execPath, 'src/cli.js', 'web-client', '--check'] },
  { name: 'manifests', command: [process.execPath, 'src/cli.js', 'manifests', '--check'] },
];

function run({ name, command: [program, ...args], looked }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const output of [child.stdout, child.stderr]) {
      output.on('data', (chunk) => {
        text += chunk;
      });
    }
    child.on('close', (code) => {
      const isEmpty = looked !== undefined && !looked.test(text);
      const ok = code === 0 && !isEmpty;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
      if (!ok) {
        const said = text.split('\n').filter((line) => !/^\/.*\.d\.[cm]?ts$|^\/.*\.tsx?$/.test(line));
        process.stdout.write(isEmpty && code === 0 ? `${name} looked at nothing\n` : `${said.join('\n')}\n`);
      }
      resolve(ok);
    });
  });
}

const results = await Promise.all(checks.map(run));
process.exit(results.every(Boolean) ? 0 : 1);
