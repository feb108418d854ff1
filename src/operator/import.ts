import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeText, type ImportFile, type ImportReport, runImport } from '../features/org/imports/api.ts';
import { reserveNumbers } from '../infra/record-numbers.ts';
import { AppError } from '../kernel/errors.ts';
import { isCurrency } from '../kernel/money.ts';
import type { Inline } from '../kernel/text.ts';
import { operate } from '../runtime/execute.ts';
import { plain } from '../view/spans.ts';
import { type CommandContext, type OperatorCommand, UsageError } from './command.ts';
import { chosenOrganization } from './organization.ts';

const usage = 'import <folder|file> [--organization <slug>] [--currency <ISO code>] [--dry-run]';
const deadlineMs = 30 * 60_000;

export const importCommand: OperatorCommand = {
  name: 'import',
  usage,
  summary: 'read accounts, contacts, products, prices, people, leads, deals and activities from CSV files',
  async run(context) {
    const { core, out } = context;
    const { values, positionals } = parseArgs({
      args: context.args,
      allowPositionals: true,
      options: {
        organization: { type: 'string' },
        currency: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    });
    const [path] = positionals;
    if (!path || positionals.length > 1) throw new UsageError(usage);
    const organization = await chosenOrganization(context, values.organization);
    const currency = (values.currency ?? organization.currency).toUpperCase();
    if (!isCurrency(currency)) throw new UsageError(`--currency ${values.currency} is no ISO code, e.g. CNY`);
    const files = await readFiles(resolve(context.cwd, path));
    const words = wordsOf(context);
    const attempt = (dryRun: boolean, firstNumbers?: Record<string, number>) =>
      operate(
        core.engine,
        { orgId: organization.orgId, handler: 'operator.import', deadlineMs, dryRun },
        (ctx) =>
          runImport(ctx, files, {
            currency,
            ...(firstNumbers ? { firstNumbers } : {}),
            progress: (kind, done, total) =>
              out.progress(`${dryRun ? 'checking' : 'saving'} ${kind} ${bar(done, total)} ${done}/${total}`),
          }),
      );
    let report: ImportReport;
    try {
      // Checked in full and rolled back first: then it is known how many numbers to set aside, and nothing is
      // ever half imported.
      report = await attempt(true);
      if (!values['dry-run'] && hasWork(report)) {
        const firstNumbers = await reserveNumbers(core.db, organization.orgId, report.kinds);
        report = await attempt(false, firstNumbers);
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      out.progress('');
      for (const text of new Set([error.text, ...error.fields.map((field) => field.message)])) {
        out.line(words(text));
      }
      return 1;
    }
    out.progress('');
    for (const note of report.notes) out.line(words(note));
    if (values['dry-run']) out.line('dry run: nothing was saved');
    for (const { kind, created, matched, changed, rejected } of report.kinds) {
      out.line(`${kind}: created ${created}, matched ${matched}, changed ${changed}, rejected ${rejected}`);
    }
    return 0;
  },
};

function hasWork(report: ImportReport): boolean {
  return report.kinds.some(({ created, changed }) => created + changed > 0);
}

async function readFiles(path: string): Promise<ImportFile[]> {
  const info = await stat(path).catch(() => undefined);
  if (!info) throw new UsageError(`there is no file or folder ${path}`);
  const paths = info.isDirectory()
    ? (await readdir(path)).filter((name) => /\.(csv|tsv|txt)$/i.test(name)).map((name) => join(path, name))
    : [path];
  if (paths.length === 0) throw new UsageError(`there is no .csv file in ${path}`);
  return Promise.all(
    paths.sort().map(async (one) => ({ name: basename(one), text: decodeText(await readFile(one)) })),
  );
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? 20 : Math.round((20 * done) / total);
  return `[${'#'.repeat(filled)}${'.'.repeat(20 - filled)}]`;
}

/** Notes in English, as terminals show them. */
export function wordsOf({ core }: Pick<CommandContext, 'core'>): (text: Inline) => string {
  const reader = {
    locale: 'en' as const,
    timeZone: 'UTC',
    translate: core.translate,
    commandLine: (line: string) => `/crm ${line}`,
  };
  return (text) => plain(text, reader);
}
