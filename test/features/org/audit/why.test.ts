import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { historyCard } from '../../../../src/features/org/audit/cards.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(() => app.clock.forward(61_000));

describe('why', () => {
  it('tells who changed what, from what to what, with the line', async () => {
    await app.as('emma').type('set D-1 amount 95k close:15dec');
    const { text } = await app.as('tom').type('why D-1');
    expect(text).toContain('History of D-1 40 pumps');
    expect(text).toContain(
      'Emma Clark changed: Amount EUR 80,000 → EUR 95,000; Expected close 10 Dec 2026 → 15 Dec 2026',
    );
    expect(text).toContain('/crm set D-1 amount:"EUR 95k" close:2026-12-15');
  });

  it('names people and stages, never ids', async () => {
    await app.as('emma').type('move D-1 negotiation');
    await app.as('emma').type('assign D-1 @tom');
    const { text } = await app.as('tom').type('why D-1');
    expect(text).toContain('Owner Emma Clark → Tom Becker');
    expect(text).toContain('Stage tracking → negotiation');
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('is of a customer by name', async () => {
    await app.as('emma').type('set acme parent:C-4');
    const { text } = await app.as('emma').type('why acme');
    expect(text).toContain('History of C-1 Acme');
    expect(text).toContain('Parent company — → C-4 Bolt Ltd');
  });

  it('reads in Chinese', async () => {
    const { text } = await app.as('lina').type('变更记录 D-5');
    expect(text).toContain('D-5 二期生产线 的变更记录');
    expect(text).toContain('系统自动');
  });

  it('shows ten at a time', async () => {
    for (let i = 0; i < 11; i++) await app.as('emma').type(`set K-1 title "Boss ${i}"`);
    const first = await app.as('emma').type('why K-1');
    expect(first.text.split('\n').filter((line) => line.startsWith('•'))).toHaveLength(10);
    expect(first.text).toContain('Boss 10');
    const second = await app.as('emma').press(first.button('More'));
    expect(second.text).toContain('Page 2');
    expect(second.text).toContain('Boss 0');
  });

  it('of a deal is for those who may see its amounts', async () => {
    const { text } = await app.as('emma').type('why D-5');
    expect(text).toContain('⛔ You may not see all of D-5');
    expect(text).not.toContain('860,000');
    expect((await app.as('chen').type('why D-5')).text).toContain('860,000');
  });

  it('of a request is for those who see what it is about', async () => {
    const { text } = await app.as('wei').type('why A-1');
    expect(text).toContain('⛔');
    expect(text).not.toMatch(/Grundfos|Pumpworks/);
    expect((await app.as('emma').type('why A-1')).text).toContain('Grundfos');
  });

  it('says of every entry what was done, or leaves it out', async () => {
    await app.as('tom').type('approve A-1');
    await app.drainOutbox();
    const { text } = await app.as('ada').type('why A-1');
    expect(text).toContain('Tom Becker');
    for (const row of text.split('\n').filter((line) => line.startsWith('•'))) {
      expect(row).not.toMatch(/ (?:changed|automatic) –/);
    }
    const bare = {
      actor: 'Tom Becker',
      isSystem: false,
      platform: 'slack',
      action: 'approvals.approve',
    } as const;
    const entry = { ...bare, at: '2026-11-10T02:00:00Z', op: 'update' as const, fields: [], line: null };
    const history = { key: 'A-1', number: 'A-1', label: 'x', kind: 'approval', page: 0, hasMore: false };
    expect(JSON.stringify(historyCard({ ...history, entries: [entry] }))).not.toContain('Tom Becker');
    const typed = JSON.stringify(historyCard({ ...history, entries: [{ ...entry, line: 'approve A-1' }] }));
    expect(typed).toContain('approve A-1');
  });
});
