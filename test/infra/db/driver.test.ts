import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Connection } from '../../../src/infra/db/connection.ts';
import { freshPostgres, testDatabaseKind } from '../../support/database.ts';
import { seed } from '../../support/seed.ts';
import type { KillRunResult } from './kill-run.ts';

const run = promisify(execFile);

/** `npm run test:long` sets more. */
const transactions = Number(process.env.PARLEY_KILL_TRANSACTIONS ?? 120);

/** Organization ids come from the transaction's setting, so that a stray statement shows where it ran. */
const probe = `
  create table probe (
    org_id uuid not null default current_setting('app.org_id')::uuid,
    id uuid not null, meant uuid not null, run uuid not null, primary key (org_id, id));
  alter table probe enable row level security;
  alter table probe force row level security;
  create policy probe_own on probe to crm_app using ((select current_setting('app.org_id')::uuid) = org_id)
    with check ((select current_setting('app.org_id')::uuid) = org_id);
  grant select, insert on probe to crm_app;`;

async function killRun(driver: 'guarded' | 'stock'): Promise<KillRunResult> {
  const url = await freshPostgres();
  const connection = new Connection({ url });
  await connection.exec(probe);
  await connection.close();
  const script = fileURLToPath(new URL('kill-run.ts', import.meta.url));
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', script, url, driver, String(transactions), String(seed)],
    { timeout: 60_000 },
  );
  process.stderr.write(`kill run, ${driver}: ${stdout}`);
  return JSON.parse(stdout) as KillRunResult;
}

describe.skipIf(testDatabaseKind() !== 'postgres')(
  'server processes killed under load [Postgres only]',
  () => {
    test('no row reaches another organization, none survives a failed transaction, nothing hangs', async () => {
      const result = await killRun('guarded');
      expect(result).toMatchObject({ foreignRows: 0, ghostRows: 0, lost: 0, hung: 0, uncaught: 0 });
      expect(result.kills).toBeGreaterThan(10);
      expect(result.committed).toBeGreaterThan(transactions / 4);
      expect(result.rejected).toBeGreaterThan(0);
    }, 90_000);

    test('control: the stock driver fails the same run', async () => {
      const result = await killRun('stock');
      expect(result.foreignRows + result.ghostRows + result.hung + result.uncaught).toBeGreaterThan(0);
    }, 90_000);
  },
);
