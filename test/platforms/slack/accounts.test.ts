import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readAccount, readAccounts } from '../../../src/platforms/slack/accounts.ts';
import { Harness, SlackRecorder, teamId } from './support.ts';

const recorder = new SlackRecorder();
beforeAll(() => recorder.start());
afterAll(() => recorder.stop());
let slack: Harness;
beforeEach(async () => {
  recorder.clear();
  slack = await new Harness(recorder).start();
});
afterEach(() => slack.drain());

describe('what Slack says of an account', () => {
  test.each([
    ['deactivated', { deleted: true }, true],
    ['a guest', { deleted: false, is_restricted: true }, true],
    ['a guest of one channel', { deleted: false, is_restricted: true, is_ultra_restricted: true }, true],
    ['of another company', { deleted: false, is_stranger: true }, true],
    ['a full member', { deleted: false, is_restricted: false, is_ultra_restricted: false }, false],
  ])('counts when it is %s', (_, user, isGone) => {
    expect(readAccount({ id: 'U9', ...user })).toEqual({ userId: 'U9', isGone });
  });

  test.each([
    ['says nothing of it', { id: 'U9', real_name: 'Emma' }],
    ['names nobody', { deleted: true }],
    ['says it in another way', { id: 'U9', deleted: 'yes' }],
    ['is nothing', null],
  ])('does not when it %s', (_, user) => {
    expect(readAccount(user)).toBeUndefined();
  });
});

describe('a page of people', () => {
  test('names those it says something of, and where the next one begins', () => {
    const members = [{ id: 'U1', deleted: false }, { id: 'U2' }, null, { id: 'U3', deleted: true }];
    expect(readAccounts({ ok: true, members, response_metadata: { next_cursor: 'c2' } })).toEqual({
      accounts: [
        { userId: 'U1', isGone: false },
        { userId: 'U3', isGone: true },
      ],
      next: 'c2',
    });
  });

  test.each([[{ next_cursor: '' }], [{}], [undefined]])('is the last one with %j', (response_metadata) => {
    expect(readAccounts({ ok: true, members: [], response_metadata })).toEqual({ accounts: [], next: null });
  });

  test('without a list is no answer', () => {
    expect(() => readAccounts({ ok: true })).toThrow();
  });
});

describe('a changed profile', () => {
  const changed = (user: object) => slack.event({ type: 'user_change', user });

  test('is handed on with what it says of the account, without asking Slack', async () => {
    expect((await changed({ id: 'U9', team_id: teamId, deleted: true })).status).toBe(200);
    expect(slack.noted).toEqual([
      { installation: teamId, userId: 'U9', isGone: true, key: expect.stringMatching(/^slack:event:Ev/) },
    ]);
    expect(recorder.calls).toEqual([]);
  });

  test('that says nothing of the account is answered and left alone', async () => {
    expect((await changed({ id: 'U9', real_name: 'Emma' })).status).toBe(200);
    expect(slack.noted).toEqual([]);
  });

  test('that could not be kept is asked for again', async () => {
    const away = await new Harness(recorder).start({ noteAccount: () => Promise.reject(new Error('away')) });
    const said = await away.event({ type: 'user_change', user: { id: 'U9', deleted: true } });
    expect(said.status).toBe(503);
    await away.drain();
  });
});
