import { createCore } from './app.ts';
import { createClock } from './infra/clock.ts';
import { ConfigError, readConfig, variableNames } from './infra/config.ts';
import { openDatabase } from './infra/db/client.ts';
import { readLock } from './infra/db/embedded.ts';
import { DirectoryInUseError } from './infra/db/lock-file.ts';
import { loginsOf, migrate, printRolesSql } from './infra/db/migrate.ts';
import { createLog } from './infra/logger.ts';
import type { Output } from './operator/command.ts';
import { doctor } from './operator/doctor.ts';
import { manifests } from './operator/manifests.ts';
import { runRemotely } from './operator/remote.ts';
import { operatorCommands, runOperatorCommand } from './operator/run.ts';

const write = (text: string) => void process.stdout.write(text);
const out: Output = {
  line: (text) => write(`${text}\n`),
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text}`);
  },
};

function help(): number {
  out.line('npm run cli -- <command>\n');
  for (const { usage, summary } of operatorCommands) out.line(`  ${usage}\n      ${summary}`);
  out.line(
    '  doctor\n      check configuration, database, migrations, tokens, schedules and deliveries; names the fix',
  );
  out.line(
    '  migrate [--print-roles]\n      bring the schema up to date, or print the SQL for a database administrator',
  );
  out.line('  manifests [--check] [--url <public url>]\n      write the app manifests');
  out.line(
    '  manifests package --url <public url> [--out parley-teams.zip] [--developer <name>] [--website|--privacy|--terms <url>]\n      the app package to upload to Teams',
  );
  out.line('  web-client [--check]\n      write the types the web page calls the service with (development)');
  out.line(
    '  stand-in slack --port 4000 --target <url of /slack/events>\n      a strict local Slack to try things against',
  );
  out.line(
    '  stand-in teams --port 4001 --target <url of /api/messages>\n      a strict local Teams to try things against',
  );
  out.line(`\nEnvironment: ${variableNames.join(' ')}`);
  return 0;
}

async function run(args: string[]): Promise<number> {
  const [name] = args;
  if (name === undefined || name === '--help' || name === 'help') return help();
  if (name === 'manifests') return manifests(out, args.slice(1), process.env);
  if (name === 'web-client') {
    const { webClient } = await import('./operator/web-client.ts');
    return webClient(out, { check: args.includes('--check') });
  }
  if (name === 'stand-in') return (await import('./operator/stand-in.ts')).standIn(args.slice(1), out);
  const log = createLog('error');
  const open = () => {
    const config = readConfig(process.env);
    return openDatabase({
      url: config.databaseUrl,
      migrationUrl: config.databaseMigrationUrl,
      dataDir: config.dataDir,
      production: config.production,
      log,
    });
  };
  if (name === 'doctor') return doctor(process.env, open, out);
  if (name === 'migrate' && args.includes('--print-roles')) {
    const config = readConfig(process.env);
    const url = config.databaseUrl ?? 'postgres://parley@127.0.0.1/parley';
    out.line(printRolesSql(loginsOf(url, config.databaseMigrationUrl ?? url)));
    return 0;
  }
  const config = readConfig(process.env);
  let db: Awaited<ReturnType<typeof open>>;
  try {
    db = await open();
  } catch (error) {
    if (!(error instanceof DirectoryInUseError)) throw error;
    const holder = readLock(config.dataDir);
    const { port, operatorToken }: Record<string, unknown> = holder ?? {};
    if (typeof port !== 'number' || typeof operatorToken !== 'string') throw error;
    return runRemotely({ port, token: operatorToken }, { args, cwd: process.cwd() }, write);
  }
  try {
    const applied = await migrate(db, { log });
    if (name === 'migrate') {
      out.line(`migrations: ${applied} applied now`);
      return 0;
    }
    const { memberAutoJoin, publicUrl, encryptionKey } = config;
    const core = createCore({ db, log, clock: createClock(), memberAutoJoin, publicUrl, encryptionKey });
    return await runOperatorCommand({ core, args, out, cwd: process.cwd() });
  } finally {
    await db.close();
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const text =
    error instanceof ConfigError
      ? error.problems.join('\n')
      : error instanceof Error
        ? error.message
        : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
