import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractions } from './expanding.ts';

const folder = join(import.meta.dirname, '../../drizzle');
/** The last one that took something away while nobody ran two versions beside each other. */
const since = 6;

test('a migration takes nothing from a replica of the version before that still runs', () => {
  const later = readdirSync(folder).filter(
    (name) => /^\d{4}_.*\.sql$/.test(name) && Number(name.slice(0, 4)) > since,
  );
  expect(later.length).toBeGreaterThan(15);
  const found = later.flatMap((name) =>
    contractions(readFileSync(join(folder, name), 'utf8')).map(
      ({ statement, why }) => `${name}: ${why}: ${statement}`,
    ),
  );
  expect(found).toEqual([]);
});

test.each([
  'DROP TABLE "leads";',
  'ALTER TABLE "outbox" DROP COLUMN "receipts";',
  'ALTER TABLE "leads" RENAME COLUMN "company" TO "firm";',
  'ALTER TABLE "leads" RENAME TO "prospects";',
  'ALTER TABLE "leads" ALTER COLUMN "number" SET DATA TYPE bigint;',
  'ALTER TABLE "leads" ALTER COLUMN "note" SET NOT NULL;',
  'ALTER TABLE "leads" ALTER COLUMN "state" DROP DEFAULT;',
  'ALTER TABLE "leads" ADD COLUMN "region" text NOT NULL;',
  'ALTER TABLE "leads" ADD CONSTRAINT "positive" CHECK (number > 0);',
  'CREATE UNIQUE INDEX "leads_company" ON "leads" USING btree ("org_id","company");',
])('taken or forbidden: %s', (statement) => {
  expect(contractions(statement)).toHaveLength(1);
  expect(contractions(`-- contract: unused since the release before\n${statement}`)).toEqual([]);
});

test.each([
  'ALTER TABLE "leads" ADD COLUMN "region" text;',
  `ALTER TABLE "leads" ADD COLUMN "region" text DEFAULT 'west' NOT NULL;`,
  'DROP INDEX "leads_clocks";',
  'CREATE INDEX "leads_company" ON "leads" USING btree ("org_id","company");',
  'CREATE TABLE "new" ("org_id" uuid NOT NULL);--> statement-breakpoint\nCREATE UNIQUE INDEX "one" ON "new" ("org_id");',
  'CREATE TABLE "new" ("org_id" uuid NOT NULL);--> statement-breakpoint\nALTER TABLE "new" ADD CONSTRAINT "c" CHECK (true);',
])('added: %s', (statement) => {
  expect(contractions(statement)).toEqual([]);
});
