import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { violations } from './imports.ts';

const source = join(import.meta.dirname, '../../src');
const planted = join(import.meta.dirname, 'planted');

describe('architecture', () => {
  it('holds in every source file', () => {
    const { files, found } = violations(source);
    expect(files).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });

  it('is violated by every planted file, so that a rule that matches nothing is noticed', () => {
    const rules = violations(planted).found.map(({ file, rule }) => `${file}: ${rule}`);
    expect(rules.sort()).toEqual([
      'features/crm/accounts/actions/create.ts: another feature only through its api.ts (or its tables.ts from queries)',
      'features/crm/accounts/actions/create.ts: drizzle only in queries.ts, tables.ts and record.ts of a feature',
      'features/crm/accounts/actions/create.ts: features must not import infra',
      'features/crm/accounts/actions/create.ts: features must not use the package hono',
      'features/crm/accounts/actions/create.ts: tables only from queries.ts, tables.ts and record.ts',
      'features/org/members/imports-downstream.ts: org must not know crm',
      'kernel/cycle-a.ts: no import cycles',
      'kernel/imports-view.ts: kernel must not import view',
      'platforms/slack/imports-teams.ts: platforms must not import each other',
      'platforms/slack/imports-teams.ts: platforms must not import features',
      'platforms/slack/imports-teams.ts: platforms must not use the package drizzle-orm',
      'playground/imports-kernel.ts: playground must not import kernel',
      'runtime/imports-store-value.ts: runtime may take only types from store',
    ]);
  });
});
