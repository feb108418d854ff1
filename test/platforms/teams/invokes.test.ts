import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { botId, group, tenantId, wei } from '../../playground/teams-service.ts';
import { cardOutcome, Harness, type Json } from './support.ts';

let teams: Harness;
beforeEach(async () => {
  teams = await new Harness().start();
});
afterEach(() => teams.stop());

let count = 0;
function invoke(name: string, value: unknown, change: Json = {}): Promise<{ status: number; body: unknown }> {
  count += 1;
  return teams.send({
    type: 'invoke',
    id: `f:${count}`,
    name,
    value,
    channelId: 'msteams',
    serviceUrl: teams.serviceUrl,
    from: { id: '29:chen.wei', name: 'Chen Wei', aadObjectId: wei },
    recipient: { id: botId, name: 'CRM' },
    conversation: { id: group, conversationType: 'groupChat', tenantId },
    channelData: { tenant: { id: tenantId } },
    locale: 'en-US',
    ...change,
  });
}

const names = [
  'adaptiveCard/action',
  'task/fetch',
  'task/submit',
  'application/search',
  'composeExtension/query',
  'composeExtension/selectItem',
  'composeExtension/fetchTask',
  'composeExtension/submitAction',
  'composeExtension/queryLink',
  'message/submitAction',
];

/** What somebody could put where a button of ours would be. */
const broken: unknown[] = [
  undefined,
  null,
  'text',
  [],
  {},
  { data: null },
  { data: { press: 'line' } },
  { data: { press: { a: 'line', i: {}, more: 1 } } },
  { data: { press: { p: '' } } },
  { action: { verb: 'press', data: { press: { a: 7, i: {} } } } },
  { action: 'press' },
  { commandId: 7 },
  { commandId: '__proto__', parameters: 'none' },
  { url: 'https://crm.example' },
  { kind: '', key: '' },
  { queryText: 'x', dataset: '' },
];

describe('invokes', () => {
  it.each(names)('%s made by nobody of ours is answered on purpose and does nothing', async (name) => {
    for (const value of broken) {
      const { status, body } = await invoke(name, value);
      expect(status, JSON.stringify(value)).toBe(200);
      expect(body, JSON.stringify(value)).toBeTypeOf('object');
    }
    expect(teams.asked).toEqual([]);
    expect(teams.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it.each(['signin/verifyState', 'config/fetch', 'fileConsent/invoke', 'toString', '', undefined])(
    '%j is not served, and the log says so',
    async (name) => {
      const { status } = await invoke(name as string, {});
      expect(status).toBe(501);
      expect(teams.logged).toContainEqual(
        expect.objectContaining({ level: 'warn', message: 'invoke not served' }),
      );
      expect(teams.asked).toEqual([]);
    },
  );

  it.each(names.filter((name) => name !== 'message/submitAction'))(
    '%s without a database is answered in its own way',
    async (name) => {
      teams.installations.isAway = true;
      const { status, body } = await invoke(name, { data: { press: { a: 'leads.create', i: {} } } });
      expect(status).toBe(200);
      expect(body).toBeTypeOf('object');
    },
  );

  it('an error nobody expected is answered with the request’s number', async () => {
    teams.answer = () => {
      throw new Error('secret detail');
    };
    const { status, body } = await invoke('task/fetch', { data: { press: { a: 'leads.create', i: {} } } });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toMatch(/Request [0-9a-f]{12}/);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('a form keeps what was typed when something nobody expected happens', async () => {
    teams.answer = () => {
      throw new Error('secret detail');
    };
    const data = { press: { a: 'leads.create', i: {} }, 'f:company': 'Acme', other: 'not ours' };
    const { body } = await invoke('task/submit', { data });
    expect(JSON.stringify(body)).toContain('Acme');
    expect(JSON.stringify(body)).not.toContain('not ours');
  });

  it('feedback is taken, and nothing more', async () => {
    const value = { actionName: 'feedback', actionValue: { reaction: 'like', feedback: '{}' } };
    expect(await invoke('message/submitAction', value)).toEqual({ status: 200, body: {} });
    expect(teams.asked).toEqual([]);
  });

  it('type-ahead asks all lookups of its field', async () => {
    teams.answer = () => ({ kind: 'options', options: [{ value: 'A-1', label: '' }] });
    const { body } = await invoke('application/search', {
      queryText: 'ac',
      dataset: 'account,contact',
      queryOptions: { skip: 0, top: 15 },
    });
    expect(teams.interactions).toEqual([{ kind: 'lookup', lookups: ['account', 'contact'], query: 'ac' }]);
    expect(body).toEqual({
      type: 'application/vnd.microsoft.search.searchResponse',
      value: { results: [{ title: 'A-1', value: 'A-1' }] },
    });
  });

  it('a button that an old client sends as a message is pressed all the same', async () => {
    teams.answer = () => cardOutcome('Done');
    const press = { a: 'approvals.grant', i: { approval: 'A-1' } };
    await invoke('', { press }, { type: 'message', name: undefined, text: null });
    expect(teams.interactions).toEqual([{ kind: 'press', press }]);
    expect(teams.botMessages(wei, group)).toMatchObject([{ onlyFor: wei }]);
  });
});
