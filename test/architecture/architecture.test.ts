import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { violations } from './imports.ts';
import { outgoing } from './outgoing.ts';

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

describe('only named clients reach anything outside', () => {
  it('and none of them is given an address by a customer', () => {
    const { files, found } = outgoing(source);
    expect(files).toBeGreaterThan(100);
    expect(found).toEqual([
      // The address in the configuration.
      'connect-slack.ts: fetch',
      'infra/db/connection.ts: a module that connects',
      'operator/doctor.ts: fetch',
      // The service of the same machine, by its port.
      'operator/remote.ts: fetch',
      'platforms/http/sso.ts: a key set',
      'platforms/slack/oauth.ts: fetch',
      // Slack's own hosts, checked at each call.
      'platforms/slack/respond.ts: fetch',
      'platforms/slack/web-api.ts: a client of Slack',
      'platforms/teams/auth.ts: a key set',
      'platforms/teams/bot-token.ts: fetch',
      // Hosts of the allow-list, checked at each call.
      'platforms/teams/connector.ts: fetch',
    ]);
  });

  it('and a planted one is found', () => {
    expect(outgoing(planted).found).toEqual([
      'platforms/slack/fetches.ts: fetch',
      'platforms/slack/fetches.ts: a module that connects',
    ]);
  });
});
