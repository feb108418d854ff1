import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outbox } from '../../../../src/store/tables/outbox.ts';
import { audit } from '../../../../src/store/tables/trail.ts';
import { openPress, type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(() => app.clock.forward(61_000));

const auditRows = () =>
  app.inOrg((tx) => tx.select().from(audit).where(eq(audit.orgId, app.orgId)).orderBy(audit.id));

describe('undo', () => {
  it('names exactly what came back, and is an action of its own in the history', async () => {
    await app.as('emma').type('set D-1 amount 95k');
    const before = (await auditRows()).length;
    const shown = await app.as('emma').type('undo');
    expect(shown.text).toContain('✅ Undone: /crm set D-1 amount:"EUR 95k"');
    expect(shown.text).toContain('D-1 40 pumps: Amount EUR 95,000 → EUR 80,000');
    expect(shown.buttons.map(({ label }) => label)).not.toContain('Undo');
    const rows = await auditRows();
    expect(rows.length).toBe(before + 1);
    expect(rows.at(-1)).toMatchObject({ action: 'audit.undo', input: { audit: rows.at(-2)?.id } });
  });

  it('twice takes back the last two writes, the latest first', async () => {
    await app.as('emma').type('set D-1 amount 90k');
    await app.as('emma').type('set K-1 title Boss');
    expect((await app.as('emma').type('undo')).text).toContain('K-1 Jane Wu');
    expect((await app.as('emma').type('undo')).text).toContain('EUR 90,000 → EUR 80,000');
  });

  it('goes back step by step over several writes of one record', async () => {
    for (const amount of ['81k', '82k', '83k']) await app.as('emma').type(`set D-1 amount ${amount}`);
    for (const back of ['82,000', '81,000', '80,000']) {
      expect((await app.as('emma').type('undo')).text).toContain(`→ EUR ${back}`);
    }
  });

  it('of the same write happens once', async () => {
    const saved = await app.as('emma').type('set D-1 amount 91k');
    await app.as('emma').press(saved.button('Undo'));
    expect((await app.as('emma').press(saved.button('Undo'))).text).toMatch(
      /⚠️ That was already undone at \d\d:\d\d/,
    );
  });

  it('restores nothing when somebody changed the record since, and says who', async () => {
    const saved = await app.as('emma').type('set D-1 amount 96k');
    await app.as('tom').type('set D-1 amount 97k');
    const refused = await app.as('emma').press(saved.button('Undo'));
    expect(refused.text).toContain('⚠️ D-1 40 pumps was changed since: Tom Becker');
    expect(refused.text).toContain('nothing was undone');
    expect((await app.as('emma').type('show D-1')).text).toContain('EUR 97,000');
    await app.as('tom').type('undo');
    // Tom has taken his change back: nothing of it is left to lose.
    expect((await app.as('emma').press(saved.button('Undo'))).text).toContain('EUR 96,000 → EUR 80,000');
  });

  it('is for the one who wrote only', async () => {
    const saved = await app.as('emma').type('set K-2 title Chief');
    const { text } = await app.as('ada').press(openPress(saved.button('Undo')));
    expect(text).toContain('⛔ Only Emma Clark can undo that');
    await app.as('emma').type('undo');
  });

  it('works for ten minutes, and afterwards says what to do', async () => {
    const saved = await app.as('emma').type('set K-2 title Head');
    app.clock.forward(10 * 60_000);
    expect((await app.as('emma').press(saved.button('Undo'))).text).toContain('✅ Undone');
    await app.as('emma').type('set K-2 title Foot');
    app.clock.forward(11 * 60_000);
    const late = await app.as('emma').type('undo');
    expect(late.text).toContain('Undo works for 10 minutes. It was /crm set K-2 title:Foot');
    expect(late.text).toContain('/crm why K-2');
  });

  it('archives what was created and never uses its number again', async () => {
    const made = await app.as('emma').type('new-lead "Undone Ltd" Bob bob@undone.example');
    const number = /L-\d+/.exec(made.text)?.[0] ?? '';
    const shown = await app.as('emma').press(made.button('Undo'));
    expect(shown.text).toContain(`${number} Undone Ltd is archived; its number is not used again`);
    const again = await app.as('emma').type('new-lead "Undone Ltd" Bob bob@undone.example');
    expect(again.text).not.toContain('Already done');
    expect(again.text).not.toContain(`${number} `);
    await app.as('emma').type('undo');
  });

  it('archives again what was restored', async () => {
    await app.as('emma').type('archive K-2');
    await app.as('emma').type('restore K-2');
    expect((await app.as('emma').type('undo')).text).toContain('K-2 Mark Hill is archived again');
    expect((await app.as('emma').type('undo')).text).toContain('K-2 Mark Hill is back');
  });

  it('of a new target says that it is taken back, without a number', async () => {
    await app.as('tom').type('target @emma nov 400k');
    expect((await app.as('tom').type('undo')).text).toMatch(/is taken back$/m);
  });

  it('brings an archived record back', async () => {
    const gone = await app.as('emma').type('archive K-2');
    expect((await app.as('emma').press(gone.button('Undo'))).text).toContain('K-2 Mark Hill is back');
  });

  it('cancels messages that have not been sent, and says which are out', async () => {
    const saved = await app.as('emma').type('assign D-1 @wang');
    const shown = await app.as('emma').press(saved.button('Undo'));
    expect(shown.text).toContain('1 message will not be sent');
    const rows = await app.inOrg((tx) => tx.select().from(outbox).where(eq(outbox.orgId, app.orgId)));
    expect(rows.filter((row) => row.lastError === 'undone')).not.toHaveLength(0);
    expect(rows.filter((row) => row.name === 'deals.assigned' && row.state === 'ready')).toEqual([]);
  });

  it('takes back what subscribers did because of it', async () => {
    await app.drainOutbox();
    const won = await app.as('emma').type('won D-1 reason:service');
    await app.drainOutbox();
    const shown = await app.as('emma').press(won.button('Undo'));
    expect(shown.text).toContain('D-1 40 pumps');
    expect((await app.as('emma').type('show D-1')).text).toContain('Stage: tracking');
  });

  it('says why where it cannot be', async () => {
    app.clock.forward(11 * 60_000);
    await app.as('ada').type('settings hours 8-17');
    expect((await app.as('ada').type('undo')).text).toContain('Settings are not undone but set again');
    await app.as('ada').type('settings hours 9-18');
  });

  it('with nothing to undo changes nothing', async () => {
    const before = (await auditRows()).length;
    expect((await app.as('chen').type('撤销')).text).toContain('没有可撤销的内容');
    expect((await auditRows()).length).toBe(before);
  });

  it('of another organization’s write is not found', async () => {
    const other = await testApp();
    const saved = await other.as('emma').type('set K-2 title Chief');
    const { text } = await app.as('emma').press(openPress(saved.button('Undo')));
    expect(text).toContain('I cannot find what this would undo');
  });
});
