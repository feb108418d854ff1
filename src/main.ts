import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.ts';
import { banner } from './banner.ts';
import { buildPages } from './build-pages.ts';
import { keepConnecting, SlackTokenError } from './connect-slack.ts';
import { createClock } from './infra/clock.ts';
import { ConfigError, readConfig } from './infra/config.ts';
import { DirectoryInUseError } from './infra/db/lock-file.ts';
import { MissingPrivilegeError } from './infra/db/migrate.ts';
import { createLog } from './infra/logger.ts';

/** Listens, prints where, and drains on SIGTERM and Ctrl-C. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.playground && !process.env.LOG_LEVEL ? 'warn' : config.logLevel);
  let port = config.port;
  const pages = config.production ? Promise.resolve() : buildPages();
  const app = await createApp({ config, log, clock: createClock(), port: () => port });
  await pages;
  const server = createAdaptorServer({ fetch: app.web.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const address = server.address();
  if (address && typeof address === 'object') port = address.port;
  app.listening();

  let isStopping = false;
  let stopConnecting = () => {};
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    stopConnecting();
    server.close();
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));

  if (config.slack) stopConnecting = await keepConnecting(app, config.slack, log);
  log.info({ port, host: config.host, database: app.db.kind }, 'listening');
  if (config.playground) process.stdout.write(banner({ port, config, database: app.db.kind }));
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join('\n');
  if (error instanceof SlackTokenError) return error.message;
  if (error instanceof MissingPrivilegeError || error instanceof DirectoryInUseError) return error.message;
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return 'PORT: something else listens there. Set PORT to a free one, e.g. PORT=3001.';
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
