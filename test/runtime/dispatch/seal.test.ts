import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { logged, testApp } from '../../support/app.ts';
import { testDatabase } from '../../support/database.ts';

test('buttons that cannot be stored are left out; what the card tells is told', async () => {
  const app = await testApp();
  const emma = app.as('emma');
  const line = `note D-1 -- ${'They want the offer before the fair. '.repeat(60)}`;
  await emma.type(line);
  const db = await testDatabase();
  const owned = (statement: string) =>
    db.transaction({ as: 'owner' }, async (tx) => void (await tx.execute(sql.raw(statement))));
  const before = logged.length;
  // The answer has a button that repeats the line, which is longer than a platform lets a button carry.
  await owned('revoke insert on pending_inputs from crm_app');
  try {
    const shown = await emma.type(line);
    expect(shown.text).toContain('Already done a moment ago');
    expect(shown.text).toContain('Some buttons are missing here');
    expect(shown.buttons).toEqual([]);
  } finally {
    await owned('grant insert on pending_inputs to crm_app');
  }
  expect(logged.slice(before).map(({ message }) => message)).toEqual(['buttons could not be stored']);
  expect((await emma.type(line)).buttons.map(({ label }) => label)).toEqual(['Do it again']);
});
