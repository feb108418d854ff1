import { defineConfig } from 'drizzle-kit';

/** Roles are declared `.existing()` in src/store/org-table.ts and made by the migrator, so `entities` stays off. */
export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/store/tables/*.ts', './src/features/*/*/tables.ts'],
  out: './drizzle',
});
