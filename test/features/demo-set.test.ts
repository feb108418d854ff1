import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { accounts } from '../../src/features/crm/accounts/tables.ts';
import { contacts } from '../../src/features/crm/contacts/tables.ts';
import { demoActors, demoPeople } from '../../src/features/demo-set.ts';
import { deals } from '../../src/features/sales/deals/tables.ts';
import { leads } from '../../src/features/sales/leads/tables.ts';
import { outbox } from '../../src/store/tables/outbox.ts';
import { members } from '../../src/store/tables/people.ts';
import { type TestApp, testApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

const owned = (table: typeof leads | typeof deals | typeof accounts, name: 'company' | 'name') =>
  app.inOrg(async (tx) => {
    const rows = await tx
      .select()
      .from(table)
      .leftJoin(members, eq(members.id, table.ownerId))
      .where(eq(table.orgId, app.orgId))
      .orderBy(asc(table.number));
    return rows.map((row) => {
      const record = Object.values(row)[0] as Record<string, unknown>;
      return `${record.number} ${record[name]} (${row.members?.name ?? 'nobody'})`;
    });
  });

describe('the demo set', () => {
  it('keeps its numbers: examples of actions refer to them', async () => {
    expect((await owned(leads, 'company')).slice(0, 3)).toEqual([
      '1 Delta Compressors (Emma Clark)',
      '2 Cobalt Paints (Emma Clark)',
      '3 Quick Fix Garage (Emma Clark)',
    ]);
    expect((await owned(deals, 'name')).slice(0, 4)).toEqual([
      '1 40 pumps (Emma Clark)',
      '2 Control units (Emma Clark)',
      '3 Spare parts frame (Emma Clark)',
      '4 Pilot line (Emma Clark)',
    ]);
    expect((await owned(accounts, 'name'))[0]).toMatch(/^1 Acme .*\(Emma Clark\)$/);
    const people = await app.inOrg((tx) =>
      tx.select().from(contacts).where(eq(contacts.orgId, app.orgId)).orderBy(asc(contacts.number)),
    );
    expect(people[0]).toMatchObject({ number: 1, name: 'Jane Wu', role: 'decides' });
  });

  it('covers every state of leads and deals', async () => {
    const states = await app.inOrg((tx) =>
      tx.select({ state: leads.state }).from(leads).where(eq(leads.orgId, app.orgId)),
    );
    expect(new Set(states.map(({ state }) => state)).size).toBe(4);
    const found = await app.inOrg((tx) => tx.select().from(deals).where(eq(deals.orgId, app.orgId)));
    const open = found.filter(({ status }) => status === 'open');
    expect(new Set(found.map(({ status }) => status)).size).toBe(3);
    expect(new Set(open.map(({ stageId }) => stageId)).size).toBe(5);
    expect(new Set(found.map(({ currency }) => currency))).toEqual(new Set(['EUR', 'CNY', null]));
  });

  it('has somebody for every role, and leaves nothing to be sent', async () => {
    for (const [role, key] of Object.entries(demoActors)) {
      expect(demoPeople.find((one) => one.key === key)?.roles).toContain(role);
    }
    const queued = await app.inOrg((tx) => tx.select().from(outbox).where(eq(outbox.orgId, app.orgId)));
    expect(queued).toEqual([]);
  });
});
