import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

export interface Measured {
  what: string;
  value: string;
  reference: string;
  /** Ours divided by the reference of the same run. */
  ratio?: number;
  goal: string;
}

/** Prints the figures and appends them to RESULTS.md with machine and date. */
export function report(measured: readonly Measured[]): void {
  const path = join(import.meta.dirname, 'RESULTS.md');
  if (!existsSync(path)) {
    writeFileSync(
      path,
      '# Benchmark results\n\nAppended by `npm run bench`. Absolute figures depend on the machine; the ratio to the reference of the same run is what counts.\n\n| Date | Machine | What | Ours | Reference | Ratio | Goal |\n|---|---|---|---|---|---|---|\n',
    );
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, Node ${process.versions.node}`;
  for (const { what, value, reference, ratio, goal } of measured) {
    const line = [
      new Date().toISOString().slice(0, 10),
      machine,
      what,
      value,
      reference,
      ratio?.toFixed(2) ?? '–',
      goal,
    ].join(' | ');
    appendFileSync(path, `| ${line} |\n`);
    process.stdout.write(
      `${what}: ${value}; ${reference}${ratio === undefined ? '' : `; ratio ${ratio.toFixed(2)}`} (goal ${goal})\n`,
    );
  }
}
