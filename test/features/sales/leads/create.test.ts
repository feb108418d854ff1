import { beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

describe('new-lead', () => {
  it('answers with the whole lead, its plan clock and what to do next', async () => {
    const emma = app.as('emma');
    const shown = await emma.type('new-lead "Kestrel Tools" "Ann Lee" ann@kestrel.example src:expo 80k');
    expect(shown.kind).toBe('card');
    expect(shown.text).toMatch(/L-\d+ Kestrel Tools · Ann Lee · source expo · CNY 80,000/);
    expect(shown.text).toContain('owner you');
    expect(shown.text).toContain('plan due');
    expect(shown.buttons.map(({ label }) => label)).toEqual(['File plan', 'Judge', 'Undo']);
  });

  it('opens a form when nobody can be reached, and saves nothing', async () => {
    const shown = await app.as('emma').type('new-lead "Nobody Known Ltd"');
    expect(shown.kind).toBe('form');
    expect((await app.as('emma').type('find "Nobody Known"')).text).not.toContain('L-');
  });

  it('stops at an open lead that looks alike', async () => {
    const shown = await app.as('emma').type('new-lead "Delta Compressor" "Sam P" sam2@delta.example');
    expect(shown.text).toContain('Looks like L-1 Delta Compressors (owner Emma Clark): same e-mail domain');
    expect(shown.buttons.map(({ label }) => label)).toEqual(['Open it', 'Create anyway']);
  });

  it('stops at a customer that looks alike, and tells its owner when it is made all the same', async () => {
    const wang = app.as('wang');
    const shown = await wang.type('new-lead "ACME hydraulic co" "J Wu" +442079460011');
    expect(shown.text).toContain('C-1 Acme Hydraulics');
    expect(shown.text).toContain('Emma Clark');
    const made = await wang.press(shown.button(/Emma Clark/));
    expect(made.text).toMatch(/L-\d+ ACME hydraulic co/);
    const posted = await app.inOrg(async (tx) => {
      const { outbox } = await import('../../../../src/store/tables/outbox.ts');
      return (await tx.select().from(outbox)).filter((row) => row.name === 'leads.twin-created');
    });
    expect(posted.map((row) => row.payload)).toEqual([
      expect.objectContaining({
        memberId: await app.as('emma').memberId(),
        by: 'Wang Lei',
        twin: { number: 'C-1', name: 'Acme Hydraulics' },
        sign: 'phone',
      }),
    ]);
  });

  it('is not for people who only read', async () => {
    const shown = await app.as('noah').type('new-lead "Kite" k@kite.example');
    expect(shown.text).toMatch(/You may not do that/);
  });
});
