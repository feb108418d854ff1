import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Planted } from './planted.ts';

const home = join(import.meta.dirname, '../../..');
/** Too large to copy, and never written to by a suite. */
const linked = ['node_modules', 'dist'];
const leftOut = [...linked, '.git', '.data', 'coverage'];
/** Nothing else: this run's own settings are for other samples and another vitest. */
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot', 'TEST_DATABASE_URL', 'CHROMIUM_PATH'];

/** How a suite ended; `failed` by a failed assertion, with its first line, `broken` by anything else. */
export interface Verdict {
  passed: Set<string>;
  failed: Map<string, string>;
  broken: string[];
}

/** The product in a folder of its own, as it is. Whoever asks for it removes it. */
export function copyOfProduct(): string {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'parley-mutants-')));
  for (const name of readdirSync(home)) {
    if (!leftOut.includes(name)) cpSync(join(home, name), join(copy, name), { recursive: true });
    else if (linked.includes(name)) symlinkSync(realpathSync(join(home, name)), join(copy, name));
  }
  return copy;
}

/** Puts one mistake into the copy; answers how to take it out again. */
export function plant(copy: string, { file, find, put }: Pick<Planted, 'file' | 'find' | 'put'>): () => void {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`the mutant no longer fits: "${find}" is not once in ${file}`);
  }
  writeFileSync(path, before + put + after);
  return () => writeFileSync(path, text);
}

/** Of an assertion, of a property, or of `rejects`, which says so in its own way. */
const isOfAssertion = /^AssertionError|^Error: (Property failed|promise (resolved|rejected) |expected )/;

interface Report {
  testResults: {
    name: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** Runs suites of the copy in a vitest of its own. `only`: those of their tests whose names fit. */
export async function runSuites(copy: string, suites: readonly string[], only?: string): Promise<Verdict> {
  const database = process.env.TEST_DATABASE_URL ? 'postgres' : 'embedded';
  const report = join(copy, 'report.json');
  writeFileSync(report, '');
  const said = await vitest(copy, [
    ...[
      'run',
      '--testTimeout',
      '120000',
      '--hookTimeout',
      '240000',
      '--project',
      'plain',
      '--project',
      database,
      '--reporter',
      'json',
      '--outputFile',
      report,
    ],
    ...(only === undefined ? [] : ['-t', only]),
    ...suites,
  ]);
  const text = readFileSync(report, 'utf8');
  if (text === '') throw new Error(`vitest reported nothing: ${said.slice(-2000)}`);
  return verdictOf(JSON.parse(text) as Report);
}

function verdictOf({ testResults }: Report): Verdict {
  const verdict: Verdict = { passed: new Set(), failed: new Map(), broken: [] };
  for (const { name: suite, message, assertionResults } of testResults) {
    // A suite that cannot be read has a message and no tests.
    if (message !== '') verdict.broken.push(`${suite}: ${message}`);
    for (const { fullName, status, failureMessages = [] } of assertionResults) {
      const failure = failureMessages.find((one) => isOfAssertion.test(one));
      if (status === 'passed') verdict.passed.add(fullName);
      else if (status !== 'failed') continue;
      else if (failure === undefined) verdict.broken.push(`${fullName}: ${failureMessages[0] ?? ''}`);
      else verdict.failed.set(fullName, failure);
    }
  }
  return verdict;
}

function vitest(copy: string, args: readonly string[]): Promise<string> {
  const env: Record<string, string> = {};
  for (const name of passedOn) if (process.env[name] !== undefined) env[name] = process.env[name];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(copy, 'node_modules/vitest/vitest.mjs'), ...args],
      { cwd: copy, env, timeout: 1_500_000, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 },
      // It ends with 1 where a test fails, which is what is wanted.
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
  });
}
