import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { rowsOf } from '../../../src/store/tx.ts';
import { testDatabase } from '../../support/database.ts';

test('a transaction acts as the application role of one organization', async () => {
  const db = await testDatabase();
  const orgId = randomUUID();
  const rows = await db.transaction({ as: 'app', orgId }, (tx) =>
    rowsOf(tx, sql`select current_user as role, current_setting('app.org_id') as org`),
  );
  expect(rows).toEqual([{ role: 'crm_app', org: orgId }]);
});
