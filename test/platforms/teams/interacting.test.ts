import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { person } from '../../../src/kernel/text.ts';
import { engineMessages } from '../../../src/runtime/messages.ts';
import type { Card } from '../../../src/view/card.ts';
import type { Outcome } from '../../../src/view/outcome.ts';
import { channel, group, lina, tenant, tenantId, wei } from '../../playground/teams-service.ts';
import { cardOutcome, form, formOutcome, Harness, reader, withButton, written } from './support.ts';

let teams: Harness;
beforeEach(async () => {
  teams = await new Harness().start();
});
afterEach(() => teams.stop());

/** A card of the bot in somebody's sight, made by what they typed. */
async function shown(user: string, outcome: Outcome, conversation?: string): Promise<string> {
  teams.answer = () => outcome;
  const where = conversation === undefined ? {} : { conversation };
  await teams.standIn.say({
    user,
    text: conversation === undefined ? 'deal D-142' : '@CRM deal D-142',
    ...where,
  });
  return teams.botMessages(user, conversation).at(-1)?.id ?? '';
}

/** A card of the bot that everybody in a conversation sees. */
async function posted(conversation: string, outcome: Extract<Outcome, { kind: 'card' }>): Promise<string> {
  const to = { kind: 'channel', installation: tenantId, channelId: conversation } as const;
  const { messageId } = await teams.platform.post(to, outcome.card, reader, { idempotencyKey: 'k' });
  return messageId;
}

const approve = { a: 'approvals.grant', i: { approval: 'A-1' } };

describe('an answer', () => {
  it('names whom nobody can look up, for it tells what has happened', async () => {
    const lost = await new Harness().start({ teamsUserOf: () => Promise.reject(new Error('storage away')) });
    const of = person({ memberId: 'm1', name: 'Wang Lei', mention: true });
    lost.answer = () => cardOutcome('Assigned D-142', { blocks: [{ t: 'text', of }] });
    await lost.standIn.say({ user: wei, text: 'assign D-142 "Wang Lei"' });
    const shown = written(lost.botMessages(wei).at(-1)?.cards);
    expect(shown).toContain('Assigned D-142');
    expect(shown).toContain('Wang Lei');
    expect(lost.logged.map(({ message }) => message)).toEqual(['mentions not looked up']);
    await lost.stop();
  });
});

describe('a pressed button', () => {
  it('whose card changes is changed for everybody', async () => {
    await teams.standIn.say({ user: wei, conversation: group, text: '@CRM today' });
    const message = await posted(group, withButton('Approve', approve));
    teams.answer = () => ({ ...cardOutcome('Approved'), update: true });
    const outcome = await teams.standIn.execute({ user: wei, message, action: 'Approve' });
    expect(outcome).toMatchObject({ ok: true, body: { type: 'application/vnd.microsoft.card.adaptive' } });
    expect(teams.interactions.at(-1)).toEqual({ kind: 'press', press: approve });
    for (const user of [wei, lina]) {
      expect(written(teams.botMessages(user, group).at(-1)?.cards)).toContain('Approved');
    }
  });

  it('of a card for one person alone changes that card', async () => {
    const message = await shown(wei, withButton('Approve', approve), group);
    teams.answer = () => ({ ...cardOutcome('Approved'), update: true });
    await teams.standIn.execute({ user: wei, message, action: 'Approve' });
    const [card] = teams.standIn
      .messages({ user: wei, conversation: group })
      .filter(({ id }) => id === message);
    expect(card).toMatchObject({ onlyFor: wei, editedAt: expect.any(Number) });
    expect(written(card?.cards)).toContain('Approved');
  });

  it('is answered with a message of its own, for whoever pressed alone', async () => {
    await teams.standIn.say({ user: wei, conversation: channel, text: '@CRM today' });
    const message = await posted(channel, withButton('History', { a: 'deals.history', i: {} }));
    teams.answer = () => cardOutcome('D-142 history');
    const outcome = await teams.standIn.execute({ user: lina, message, action: 'History' });
    expect(outcome).toMatchObject({ ok: true, toast: 'D-142 history' });
    expect(teams.botMessages(lina, channel).at(-1)).toMatchObject({ onlyFor: lina, replyTo: message });
    expect(written(teams.botMessages(wei, channel))).not.toContain('D-142 history');
  });

  it('that was done, with nothing else to say, is answered over the card alone', async () => {
    await teams.standIn.say({ user: wei, conversation: channel, text: '@CRM today' });
    const message = await posted(channel, withButton('Approve', approve));
    const before = teams.botMessages(lina).length + teams.botMessages(lina, channel).length;
    teams.answer = () => ({ ...cardOutcome('Approved: A-1', { blocks: [] }), refused: false, done: true });
    const outcome = await teams.standIn.execute({ user: lina, message, action: 'Approve' });
    expect(outcome).toMatchObject({ ok: true, toast: 'Approved: A-1' });
    expect(teams.botMessages(lina).length + teams.botMessages(lina, channel).length).toBe(before);
  });

  it('that was refused is answered with a message that stays', async () => {
    await teams.standIn.say({ user: wei, conversation: channel, text: '@CRM today' });
    const message = await posted(channel, withButton('Approve', approve));
    teams.answer = () => ({ ...cardOutcome('Not yours', { tone: 'stop', blocks: [] }), refused: true });
    await teams.standIn.execute({ user: lina, message, action: 'Approve' });
    expect(written(teams.botMessages(lina, channel).at(-1)?.cards)).toContain('Not yours');
  });

  it('is answered in its own card where the person cannot be written to', async () => {
    await teams.standIn.say({ user: wei, conversation: group, text: '@CRM today' });
    const message = await posted(group, withButton('History', { a: 'deals.history', i: {} }));
    teams.answer = () => cardOutcome('D-142 history');
    teams.standIn.faults.add({ kind: '500' });
    await teams.standIn.execute({ user: lina, message, action: 'History' });
    expect(written(teams.botMessages(lina, group).at(-1)?.cards)).toContain('D-142 history');
    expect(written(teams.botMessages(wei, group))).not.toContain('D-142 history');
  });

  it('that needs a form after all is answered with the button that opens it', async () => {
    const message = await shown(wei, withButton('Move on', { a: 'deals.move', i: {} }));
    teams.answer = () => formOutcome;
    await teams.standIn.execute({ user: wei, message, action: 'Move on' });
    const last = teams.botMessages(wei).at(-1);
    expect(last?.id).not.toBe(message);
    expect(written(last?.cards)).toContain('"msteams":{"type":"task/fetch"}');
  });

  it('is worked on once, however often Teams delivers it', async () => {
    const message = await shown(wei, withButton('Approve', approve));
    teams.answer = () => cardOutcome('Approved');
    const before = teams.asked.length;
    await teams.standIn.execute({ user: wei, message, action: 'Approve' });
    const again = await teams.standIn.repeat();
    expect(again).toMatchObject({ ok: true, status: 200 });
    expect(teams.asked).toHaveLength(before + 1);
  });
});

describe('a card that looks different to some', () => {
  const personal = (memberIds: string[]): Partial<Card> => ({
    personal: { press: { a: 'approvals.show', i: { approval: 'A-1' } }, memberIds },
  });

  it('asks for their own version, and for nobody else’s', async () => {
    for (const user of [wei, lina]) await teams.standIn.say({ user, conversation: group, text: '@CRM hi' });
    const message = await posted(group, cardOutcome('Approval A-1', personal([`member:${lina}`])));
    const seen = (user: string) => teams.standIn.messages({ user }).find(({ id }) => id === message);
    expect(seen(lina)).toMatchObject({ needsRefresh: true });
    expect(seen(wei)?.needsRefresh).toBeUndefined();
    teams.answer = () => withButton('Approve', approve, 'Approval A-1 for you');
    const outcome = await teams.standIn.refresh({ user: lina, message, isAutomatic: true });
    expect(outcome.ok).toBe(true);
    expect(teams.asked.at(-1)).toMatchObject({
      who: { userId: lina },
      interaction: { kind: 'press', press: { a: 'approvals.show', i: { approval: 'A-1' } } },
    });
    expect(written(seen(lina)?.cards)).toContain('for you');
    expect(written(seen(wei)?.cards)).not.toContain('for you');
  });

  it('does not ask at all while nobody of those is known in Teams', async () => {
    await teams.standIn.say({ user: wei, conversation: group, text: '@CRM hi' });
    const message = await posted(group, cardOutcome('Approval A-1', personal([`member:${lina}`])));
    const [card] = teams.standIn.messages({ user: wei }).filter(({ id }) => id === message);
    expect(written(card?.cards)).not.toContain('refresh');
  });

  it('stays as it was when there is nothing to show them', async () => {
    await teams.standIn.say({ user: wei, conversation: group, text: '@CRM hi' });
    const message = await posted(group, cardOutcome('Approval A-1', personal([`member:${wei}`])));
    teams.answer = () => ({ ...cardOutcome('Not allowed'), refused: true });
    const outcome = await teams.standIn.refresh({ user: wei, message });
    expect(outcome).toMatchObject({ ok: false, error: 'Not allowed' });
    expect(written(teams.botMessages(wei, group).at(-1)?.cards)).toContain('Approval A-1');
  });
});

describe('a mention in a card', () => {
  const card = (memberId: string) =>
    cardOutcome('Assigned', {
      blocks: [{ t: 'text', of: { t: 'person', memberId, name: 'Li <at>Na</at>', mention: true } }],
    });

  it('names the person as Teams knows them, once they have been seen', async () => {
    await teams.standIn.say({ user: lina, text: 'hi' });
    const message = await shown(wei, card(`member:${lina}`));
    const [sent] = teams.standIn.messages({ user: wei }).filter(({ id }) => id === message);
    expect(sent?.cards[0]).toMatchObject({
      msteams: { entities: [{ mentioned: { id: '29:li.na', name: 'Li Na' } }] },
    });
  });

  it('of somebody nobody has seen is only a name, and notifies nobody', async () => {
    const message = await shown(wei, card(`member:${lina}`));
    const [sent] = teams.standIn.messages({ user: wei }).filter(({ id }) => id === message);
    expect(written(sent?.cards)).not.toContain('entities');
    expect(sent?.summary).toContain('Li');
  });
});

describe('a dialog', () => {
  const open = async (conversation?: string) => {
    const message = await shown(wei, withButton('New lead', { a: 'leads.create', i: {} }), conversation);
    teams.answer = () => formOutcome;
    await teams.standIn.submit({ user: wei, message, action: 'New lead' });
  };
  const dialog = () => teams.standIn.screen(wei).dialogs[0];
  const values = { 'f:company': 'Acme', 'f:amount': 'lots' };

  it('opens with the form, and submits what was typed with what was known', async () => {
    await open();
    expect(dialog()).toMatchObject({ title: 'New lead' });
    teams.answer = () => cardOutcome('L-311 Acme');
    await teams.standIn.submitDialog({ user: wei, values });
    expect(teams.interactions.at(-1)).toEqual({
      kind: 'submit',
      press: { a: 'leads.create', i: { source: 'fair' } },
      values: { company: 'Acme', amount: 'lots' },
    });
  });

  it('closes when the work is done, and its result stands where it came from', async () => {
    await open(group);
    teams.answer = () => cardOutcome('L-311 Acme');
    const outcome = await teams.standIn.submitDialog({ user: wei, values });
    expect(outcome.ok).toBe(true);
    expect(dialog()).toBeUndefined();
    expect(teams.botMessages(wei, group).at(-1)).toMatchObject({
      onlyFor: wei,
      summary: expect.stringContaining('L-311 Acme'),
    });
  });

  it('stays open with every value and the problem above its field', async () => {
    await open();
    const fields = form.fields.map((field) =>
      field.name === 'amount' ? { ...field, value: 'lots' } : field,
    );
    teams.answer = () => ({
      kind: 'form-errors',
      form: { ...form, fields },
      fields: [{ field: 'amount', message: 'That is no amount.' }],
    });
    await teams.standIn.submitDialog({ user: wei, values });
    const body = written(dialog()?.card?.body);
    expect(body).toContain('"value":"lots"');
    expect(body.indexOf('That is no amount.')).toBeGreaterThan(body.indexOf('f:company'));
    expect(body.indexOf('That is no amount.')).toBeLessThan(body.indexOf('f:amount'));
    expect(teams.botMessages(wei)).toHaveLength(1);
  });

  it('that was refused says why, keeps what was typed and offers the ways out', async () => {
    await open();
    const filled = form.fields.map((field) =>
      field.name === 'company' ? { ...field, value: 'Acme' } : field,
    );
    teams.answer = ({ kind }) => {
      if (kind === 'press') return { kind: 'form', form: { ...form, fields: filled } };
      const buttons = [
        { label: 'Ask Li Na', press: { a: 'members.ask', i: {} } },
        { label: 'Edit', press: { a: 'leads.create', i: {}, form: true as const } },
      ];
      const blocks = [{ t: 'buttons' as const, buttons }];
      return { ...cardOutcome('The quarter is closed.', { tone: 'stop', blocks }), refused: true };
    };
    await teams.standIn.submitDialog({ user: wei, values });
    expect(teams.interactions.at(-1)).toEqual({
      kind: 'press',
      press: { a: 'leads.create', i: { source: 'fair', company: 'Acme', amount: 'lots' }, form: true },
    });
    const card = written(dialog()?.card);
    expect(card).toContain('The quarter is closed.');
    expect(card).toContain('"value":"Acme"');
    expect(card).toContain('Ask Li Na');
    expect(card).not.toContain('"title":"Edit"');
    teams.answer = () => cardOutcome('Asked');
    await teams.standIn.submitDialog({ user: wei, action: 'Ask Li Na' });
    expect(teams.interactions.at(-1)).toEqual({ kind: 'press', press: { a: 'members.ask', i: {} } });
    expect(written(dialog()?.card)).toContain('Asked');
  });

  it('that could not be saved submits the very same again, without typing', async () => {
    await open();
    const away: Card = { tone: 'warn', title: engineMessages('unavailable'), blocks: [] };
    teams.answer = () => ({ kind: 'card', card: away, refused: true });
    await teams.standIn.submitDialog({ user: wei, values });
    expect(written(dialog()?.card)).toContain('Not saved');
    teams.answer = () => cardOutcome('L-311 Acme');
    await teams.standIn.submitDialog({ user: wei, action: 'Try again' });
    expect(teams.interactions.at(-1)).toEqual({
      kind: 'submit',
      press: { a: 'leads.create', i: { source: 'fair' } },
      values: { company: 'Acme', amount: 'lots' },
    });
    expect(dialog()).toBeUndefined();
  });

  it('keeps what was typed when the database is away before anything is asked', async () => {
    await open();
    teams.installations.isAway = true;
    await teams.standIn.submitDialog({ user: wei, values });
    expect(written(dialog()?.card)).toContain('未保存');
    teams.installations.isAway = false;
    teams.answer = () => cardOutcome('L-311 Acme');
    await teams.standIn.submitDialog({ user: wei, action: '重试' });
    expect(teams.interactions.at(-1)).toMatchObject({ values: { company: 'Acme', amount: 'lots' } });
  });

  it('of a form whose known part is stored with us is never run by asking for it again', async () => {
    const stored = { ...form, press: { p: 'stored-1' } };
    const message = await shown(wei, withButton('New lead', { a: 'leads.create', i: {} }));
    teams.answer = () => ({ kind: 'form', form: stored });
    await teams.standIn.submit({ user: wei, message, action: 'New lead' });
    teams.answer = () => ({ ...cardOutcome('Closed.', { tone: 'stop' }), refused: true });
    const before = teams.asked.length;
    await teams.standIn.submitDialog({ user: wei, values });
    expect(teams.asked).toHaveLength(before + 1);
    expect(written(dialog()?.card)).toContain('Acme');
  });

  it('shows what came of a button that needed no form', async () => {
    const message = await shown(wei, withButton('New lead', { a: 'leads.create', i: {} }));
    teams.answer = () => cardOutcome('L-311 Acme', { tone: 'info' });
    await teams.standIn.submit({ user: wei, message, action: 'New lead' });
    expect(dialog()).toMatchObject({ title: 'L-311 Acme' });
  });

  it('is closed with a word where the result stands elsewhere', async () => {
    await teams.stop();
    teams = await new Harness().start({}, [tenant({ supportsTargeted: false })]);
    await teams.standIn.say({ user: wei, conversation: group, text: '@CRM today' });
    const message = await posted(group, withButton('New lead', { a: 'leads.create', i: {} }));
    teams.answer = () => formOutcome;
    await teams.standIn.submit({ user: wei, message, action: 'New lead' });
    teams.answer = () => cardOutcome('L-311 secret');
    const outcome = await teams.standIn.submitDialog({ user: wei, values });
    expect(outcome).toMatchObject({ toast: expect.stringContaining('in our chat') });
    expect(dialog()).toBeUndefined();
    expect(written(teams.standIn.messages({ user: lina }))).not.toContain('secret');
  });

  it('asks for options while somebody types', async () => {
    await open();
    teams.answer = () => ({
      kind: 'options',
      options: [
        { value: 'A-1', label: 'A-1 Acme {{DATE(2026-01-01)}}' },
        ...Array.from({ length: 30 }, (_, n) => ({ value: `A-${n + 2}`, label: `Other ${n}` })),
      ],
    });
    const outcome = await teams.standIn.search({ user: wei, input: 'f:account', text: 'ac' });
    expect(teams.interactions.at(-1)).toEqual({ kind: 'lookup', lookups: ['account'], query: 'ac' });
    expect(outcome.choices).toHaveLength(15);
    expect(outcome.choices?.[0]?.value).toBe('A-1');
    expect(outcome.choices?.[0]?.title).not.toContain('{{DATE');
  });

  it('offers nothing where nothing may be looked up', async () => {
    await open();
    teams.answer = () => ({ ...cardOutcome('Not allowed'), refused: true });
    const outcome = await teams.standIn.search({ user: wei, input: 'f:account', text: 'ac' });
    expect(outcome).toMatchObject({ ok: true, choices: [] });
  });
});
