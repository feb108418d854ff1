import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Interaction } from '../../../src/runtime/interaction.ts';
import type { Outcome } from '../../../src/view/outcome.ts';
import { group, lina, wei } from '../../playground/teams-service.ts';
import { cardOutcome, formOutcome, Harness, publicUrl, written } from './support.ts';

let teams: Harness;
beforeEach(async () => {
  teams = await new Harness().start();
});
afterEach(() => teams.stop());

/** An engine with one deal, whose amount is not for everybody. */
function deals(interaction: Interaction): Outcome {
  if (interaction.kind === 'lookup') {
    const isIt = 'd-142 acme'.includes(interaction.query.toLowerCase());
    const label = { t: 'seq' as const, of: ['D-142 Acme', '80,000 EUR'], separator: ' · ' };
    return { kind: 'options', options: isIt ? [{ value: 'D-142', label }] : [] };
  }
  return cardOutcome('D-142 Acme', { blocks: [{ t: 'text', of: '80,000 EUR, quote' }] });
}

describe('searching from the composer', () => {
  it('finds what the person may find, with what they may see', async () => {
    teams.answer = deals;
    const outcome = await teams.standIn.queryExtension({ user: wei, commandId: 'search-deal', text: 'acme' });
    expect(teams.interactions).toEqual([{ kind: 'lookup', lookups: ['deal'], query: 'acme' }]);
    expect(outcome.results).toEqual([{ index: 0, title: 'D-142 Acme · 80,000 EUR', text: 'Deals' }]);
  });

  it('has a list before anything is typed', async () => {
    teams.answer = deals;
    const outcome = await teams.standIn.queryExtension({ user: wei, commandId: 'search-deal' });
    expect(teams.interactions).toEqual([{ kind: 'lookup', lookups: ['deal'], query: '' }]);
    expect(outcome.results).toHaveLength(1);
  });

  it('what is sent says no more than number and name, and shows each reader their own', async () => {
    teams.answer = deals;
    await teams.standIn.queryExtension({
      user: wei,
      conversation: group,
      commandId: 'search-deal',
      text: 'acme',
    });
    const sent = await teams.standIn.selectResult({ user: wei, conversation: group, index: 0 });
    expect(sent.ok).toBe(true);
    const [message] = teams.standIn.messages({ user: lina, conversation: group });
    expect(written(message)).toContain('D-142 Acme');
    expect(written(message)).not.toContain('80,000');
    teams.answer = () => ({ ...cardOutcome('Not for you'), refused: true });
    await teams.standIn.execute({ user: lina, message: message?.id ?? '', action: 'Show' });
    expect(teams.asked.at(-1)).toEqual({
      who: expect.objectContaining({ userId: lina }),
      interaction: { kind: 'press', press: { a: 'deals.show', i: { deal: 'D-142' } } },
    });
    expect(teams.botMessages(lina, group).at(-1)).toMatchObject({ onlyFor: lina });
  });

  it('the list itself carries no more than the number for others to see', async () => {
    teams.answer = deals;
    const { body } = await teams.standIn.queryExtension({
      user: wei,
      commandId: 'search-deal',
      text: 'acme',
    });
    const { attachments } = (body as { composeExtension: { attachments: { content: unknown }[] } })
      .composeExtension;
    expect(written(attachments[0]?.content)).toContain('D-142');
    expect(written(attachments[0]?.content)).not.toContain('80,000');
  });

  it('a record that cannot be found by who chose it is not sent', async () => {
    teams.answer = deals;
    await teams.standIn.queryExtension({
      user: wei,
      conversation: group,
      commandId: 'search-deal',
      text: 'acme',
    });
    teams.answer = (interaction) =>
      interaction.kind === 'lookup' ? { kind: 'options', options: [] } : deals(interaction);
    const sent = await teams.standIn.selectResult({ user: wei, conversation: group, index: 0 });
    expect(sent.ok).toBe(false);
    expect(teams.standIn.messages({ conversation: group })).toEqual([]);
  });

  it('a record its sender may not open is not sent, nor are the words that say so', async () => {
    teams.answer = deals;
    await teams.standIn.queryExtension({
      user: wei,
      conversation: group,
      commandId: 'search-deal',
      text: 'acme',
    });
    teams.answer = (interaction) =>
      interaction.kind === 'lookup'
        ? deals(interaction)
        : cardOutcome('You may not see D-142.', { tone: 'warn' });
    const sent = await teams.standIn.selectResult({ user: wei, conversation: group, index: 0 });
    expect(sent.ok).toBe(false);
    expect(teams.standIn.messages({ conversation: group })).toEqual([]);
  });

  it('of a kind that is not searched says so', async () => {
    for (const commandId of ['search-member', 'search-', 'other']) {
      const outcome = await teams.standIn.queryExtension({ user: lina, commandId, text: 'x' });
      expect(outcome).toMatchObject({ ok: true, results: [], toast: expect.stringContaining('help') });
    }
    expect(teams.asked).toEqual([]);
  });

  it('says why there are no results when something is in the way', async () => {
    teams.answer = () => ({ ...cardOutcome('Your access has ended.', { tone: 'stop' }), refused: true });
    const outcome = await teams.standIn.queryExtension({ user: wei, commandId: 'search-deal', text: 'a' });
    expect(outcome).toMatchObject({ ok: true, toast: 'Your access has ended.' });
  });

  it('never hands over more results than Teams takes', async () => {
    const options = Array.from({ length: 60 }, (_, n) => ({ value: `D-${n}`, label: `D-${n} Acme` }));
    teams.answer = () => ({ kind: 'options', options });
    const outcome = await teams.standIn.queryExtension({ user: wei, commandId: 'search-deal', text: 'a' });
    expect(outcome.results).toHaveLength(25);
  });
});

describe('a pasted link', () => {
  it('of ours shows number and name, never more', async () => {
    teams.answer = deals;
    const url = `${publicUrl}/tab/deals/D-142`;
    const outcome = await teams.standIn.pasteLink({ user: wei, conversation: group, url });
    expect(outcome.results).toMatchObject([{ title: 'D-142 Acme' }]);
    const [message] = teams.standIn.messages({ user: lina, conversation: group });
    expect(written(message?.cards)).toContain('D-142 Acme');
    expect(written(message)).not.toContain('80,000');
  });

  it('that is not ours, or leads to nothing the person may see, shows nothing', async () => {
    teams.answer = (interaction) =>
      interaction.kind === 'lookup' ? { kind: 'options', options: [] } : deals(interaction);
    for (const url of ['https://evil.example/tab/deals/D-142', `${publicUrl}/tab/deals/D-999`]) {
      const outcome = await teams.standIn.pasteLink({ user: wei, conversation: group, url });
      expect(outcome).toMatchObject({ ok: true, results: [] });
    }
    expect(written(teams.standIn.messages({ conversation: group }))).not.toContain('Acme');
  });
});

describe('commands of the message extension', () => {
  const dialog = () => teams.standIn.screen(wei).dialogs[0];

  it('open the form for a new lead, whose result is for its writer alone', async () => {
    teams.answer = () => formOutcome;
    await teams.standIn.fetchExtension({ user: wei, conversation: group, commandId: 'newLead' });
    expect(teams.interactions).toEqual([{ kind: 'press', press: { a: 'leads.create', i: {}, form: true } }]);
    expect(dialog()).toMatchObject({ title: 'New lead' });
    teams.answer = () => cardOutcome('L-311 Acme');
    await teams.standIn.submitDialog({ user: wei, values: { 'f:company': 'Acme' } });
    expect(dialog()).toBeUndefined();
    expect(teams.botMessages(wei, group)).toMatchObject([{ onlyFor: wei }]);
    expect(teams.standIn.messages({ user: lina })).toEqual([]);
  });

  it('keep the form open with what is wrong', async () => {
    teams.answer = () => formOutcome;
    await teams.standIn.fetchExtension({ user: wei, commandId: 'newLead' });
    if (formOutcome.kind !== 'form') throw new Error('no form');
    const { form } = formOutcome;
    teams.answer = () => ({
      kind: 'form-errors',
      form,
      fields: [{ field: 'company', message: 'Which one?' }],
    });
    await teams.standIn.submitDialog({ user: wei });
    expect(written(dialog()?.card)).toContain('Which one?');
  });

  it('log a message with what it says, as plain text', async () => {
    const said = await teams.standIn.say({
      user: lina,
      conversation: group,
      text: 'Bob <bob@acme.example> called & wants "5"',
    });
    teams.answer = () => formOutcome;
    await teams.standIn.fetchExtension({ user: wei, commandId: 'logToCrm', message: said.message ?? '' });
    expect(teams.interactions).toEqual([
      {
        kind: 'press',
        press: {
          a: 'activities.log',
          i: { note: 'Bob <bob@acme.example> called & wants "5"' },
          form: true,
        },
      },
    ]);
  });

  it('work where the bot is not: the answer comes one to one', async () => {
    teams.answer = () => formOutcome;
    const conversation = '19:far-general@thread.tacv2';
    await teams.standIn.fetchExtension({ user: wei, conversation, commandId: 'newLead' });
    teams.answer = () => cardOutcome('L-311 Acme');
    const outcome = await teams.standIn.submitDialog({ user: wei, values: { 'f:company': 'Acme' } });
    expect(outcome.toast).toContain('in our chat');
    expect(teams.botMessages(wei).at(-1)?.summary).toContain('L-311 Acme');
  });

  it('of another version say so', async () => {
    const outcome = await teams.standIn.fetchExtension({ user: lina, commandId: 'other' });
    expect(outcome).toMatchObject({ ok: true, toast: expect.stringContaining('older version') });
    expect(teams.asked).toEqual([]);
  });
});
