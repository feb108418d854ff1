import { beforeAll, describe, expect, it } from 'vitest';
import type { Help } from '../../../../src/features/org/help/model.ts';
import { rolesAllow } from '../../../../src/runtime/registry.ts';
import { type TestApp, testApp } from '../../../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});

const helpOf = async (who: string, topic?: string) =>
  (await app.as(who).call('help.show', topic === undefined ? {} : { topic })) as Help;

describe('help', () => {
  it('explains ten verbs with one example each, in groups, and names the others', async () => {
    const help = await helpOf('emma');
    if (help.kind !== 'overview') throw new Error(help.kind);
    expect(help.groups.flatMap(({ verbs }) => verbs)).toHaveLength(10);
    expect(help.groups.map(({ group }) => group)).toEqual(['daily', 'deals', 'manager']);
    const named = [...help.groups.flatMap(({ verbs }) => verbs.map(({ verb }) => verb)), ...help.others];
    expect(new Set(named).size).toBe(named.length);
  });

  it('is the answer to an empty line', async () => {
    expect((await app.as('emma').type('')).text).toContain('What you can type');
  });

  it.each(['ada', 'tom', 'emma', 'chen', 'noah', 'pia'])('shows %s no verb they may not use', async (who) => {
    const help = await helpOf(who);
    if (help.kind !== 'overview') throw new Error(help.kind);
    const me = await app.as(who).memberId();
    const actor = await app.engine.db.transaction({ as: 'app', orgId: app.orgId }, (tx) =>
      app.engine.sessions.byMember(tx, app.orgId, me),
    );
    for (const { action } of help.groups.flatMap(({ verbs }) => verbs)) {
      const found = app.registry.action(action);
      expect(found && rolesAllow(found, actor?.actor.roles ?? [])).toBe(true);
    }
  });

  it('runs only what changes nothing', async () => {
    const shown = await app.as('emma').type('help');
    const runs = shown.buttons;
    expect(runs.map(({ label }) => label)).toEqual(['Today', 'Pipeline', 'Approvals']);
    for (const { press } of runs) {
      if ('p' in press) throw new Error('stored');
      expect(app.registry.action(press.a)?.effect).toBe('read');
      expect((await app.as('emma').press(press)).kind).toBe('card');
    }
  });

  it('of one verb has its fields, keys, aliases and every example, and opens its form', async () => {
    const shown = await app.as('emma').type('help log');
    expect(shown.text).toContain('log – Log an activity');
    expect(shown.text).toContain('/crm log call D-1 20m');
    expect(shown.text).toContain('met:');
    expect(shown.text).toContain('跟进');
    expect((await app.as('emma').press(shown.button('Open the form'))).kind).toBe('form');
  });

  it('speaks the reader’s language', async () => {
    const { text } = await app.as('wei').type('帮助');
    expect(text).toContain('/crm 新建线索');
    expect(text).toContain('/crm 帮助 跟进');
    expect((await app.as('wei').type('帮助 跟进')).text).toContain('必填');
  });

  it('guesses what a misspelt verb meant', async () => {
    const shown = await app.as('emma').type('help lgo');
    expect(shown.text).toContain('/crm help log');
    expect((await app.as('emma').press(shown.button('log'))).text).toContain('Log an activity');
  });

  it('for setting up is for admins, in order', async () => {
    const help = await helpOf('ada', 'setup');
    if (help.kind !== 'setup') throw new Error(help.kind);
    expect(help.verbs.slice(0, 2).map(({ action }) => action)).toEqual(['settings.set', 'members.role']);
    expect((await app.as('ada').type('help')).buttons.map(({ label }) => label)).toContain('Set-up');
    expect((await app.as('emma').type('help')).buttons.map(({ label }) => label)).not.toContain('Set-up');
  });

  it('fits one message for everybody, for every verb', async () => {
    for (const action of app.registry.actions()) {
      if (!action.command) continue;
      const shown = await app.as('ada').type(`help ${action.command.verb}`);
      if (shown.outcome.kind !== 'card') throw new Error(shown.kind);
      const rows = shown.outcome.card.blocks.map((block) => (block.t === 'rows' ? block.rows.length : 1));
      expect(rows.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(49);
    }
  });
});
