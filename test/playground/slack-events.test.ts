import { describe, expect, it } from 'vitest';
import { openBench, plain } from './service.ts';

describe('an event', () => {
  it('comes as signed JSON in Slack’s envelope', async () => {
    const { standIn, last } = openBench();
    const outcome = await standIn.mention({ user: 'U1', text: 'log call', channel: 'east' });
    expect(outcome.ok).toBe(true);
    expect(last().headers.get('content-type')).toBe('application/json');
    expect(last().headers.get('x-slack-retry-num')).toBeNull();
    expect(last().body).toMatchObject({
      type: 'event_callback',
      team_id: 'T1',
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ team_id: 'T1', user_id: 'UBOT', is_bot: true }],
      event: { type: 'app_mention', user: 'U1', channel: 'C1', text: '<@UBOT> log call' },
    });
  });

  it('is retried at once, then in its time, three times in all, with the same id', async () => {
    const { standIn, received, answer } = openBench();
    answer(() => new Response('', { status: 503 }));
    const { delivery } = await standIn.openHome({ user: 'U1' });
    expect(received).toHaveLength(2);
    await standIn.events.retryNow();
    await standIn.events.retryNow();
    expect(await standIn.events.retryNow()).toEqual([]);
    expect(received.map((one) => one.headers.get('x-slack-retry-num'))).toEqual([null, '1', '2', '3']);
    expect(received.at(-1)?.headers.get('x-slack-retry-reason')).toBe('http_error');
    expect(new Set(received.map((one) => one.body.event_id)).size).toBe(1);
    expect(delivery?.state).toBe('given_up');
  });

  it('is not retried once it was taken, or when the service asks for no retry', async () => {
    const { standIn, received, answer } = openBench();
    answer(() => (received.length === 1 ? new Response('', { status: 500 }) : new Response('')));
    expect((await standIn.openHome({ user: 'U1' })).ok).toBe(true);
    expect(received).toHaveLength(2);
    answer(() => new Response('', { status: 500, headers: { 'x-slack-no-retry': '1' } }));
    await standIn.openHome({ user: 'U1' });
    expect(received).toHaveLength(3);
  });

  it('names a timeout as the reason of its retry', async () => {
    const { standIn, received, answer } = openBench({ acknowledgeMs: 20 });
    answer(() =>
      received.length > 1
        ? new Response('')
        : new Promise((resolve) => setTimeout(() => resolve(new Response('')), 100)),
    );
    await standIn.openHome({ user: 'U1' });
    expect(received[1]?.headers.get('x-slack-retry-reason')).toBe('http_timeout');
  });

  it('can be sent a second time as it was', async () => {
    const { standIn, received } = openBench();
    const { delivery } = await standIn.openHome({ user: 'U1' });
    await standIn.events.repeat(delivery?.eventId ?? '');
    expect(received[1]?.body).toEqual(received[0]?.body);
  });

  it('by a stranger in a shared channel names the stranger’s company', async () => {
    const { standIn, last } = openBench();
    await standIn.mention({ user: 'U4', text: 'hi', channel: 'shared' });
    expect(last().body).toMatchObject({
      team_id: 'T1',
      is_ext_shared_channel: true,
      event: { user_team: 'TFAR' },
    });
  });

  it('is not sent for what the app cannot hear', async () => {
    const { standIn, received } = openBench();
    await standIn.say({ user: 'U1', text: 'lunch?', channel: 'east' });
    await standIn.mention({ user: 'U1', text: 'hello', channel: 'no-bot' });
    expect(received).toEqual([]);
    await standIn.say({ user: 'U1', text: 'hello', channel: 'app' });
    expect(received[0]?.body).toMatchObject({ event: { type: 'message', channel_type: 'im' } });
  });

  it('proves the address before anything else', async () => {
    const { standIn, answer } = openBench();
    answer(({ body }) => Response.json({ challenge: body.challenge }));
    expect((await standIn.verifyUrl()).ok).toBe(true);
    answer(() => new Response('no'));
    expect((await standIn.verifyUrl()).ok).toBe(false);
  });
});

describe('people and installations', () => {
  it('an uninstalled app is told, and its token is dead', async () => {
    const { standIn, api, received } = openBench();
    await standIn.uninstall('T1');
    expect(received.map((one) => (one.body.event as { type: string }).type)).toEqual([
      'tokens_revoked',
      'app_uninstalled',
    ]);
    expect(await api('auth.test')).toEqual({ ok: false, error: 'token_revoked' });
  });

  it('changes of people and newcomers are told', async () => {
    const { standIn, last, api } = openBench();
    await standIn.changeUser('U1', { deleted: true });
    expect(last().body).toMatchObject({ event: { type: 'user_change', user: { id: 'U1', deleted: true } } });
    await expect(standIn.command({ user: 'U1', text: '' })).rejects.toThrow('has left');
    const locale = 'zh-CN' as const;
    await standIn.joinTeam(
      'T1',
      { id: 'U8', name: 'new', realName: 'New', email: 'n@x.example', locale, tz: 'Asia/Shanghai' },
      ['C1'],
    );
    expect(last().body).toMatchObject({ event: { type: 'team_join', user: { id: 'U8' } } });
    expect(await api('users.info', { user: 'U8', include_locale: true })).toMatchObject({
      user: { locale: 'zh-CN', tz_offset: 28_800, profile: { email: 'n@x.example' } },
    });
  });

  it('an opened home tab shows what the app publishes', async () => {
    const { standIn, api, answer } = openBench();
    answer(async ({ body }) => {
      const { user } = body.event as { user: string };
      await api('views.publish', {
        user_id: user,
        view: { type: 'home', blocks: [{ type: 'header', text: plain('Hi') }] },
      });
      return new Response('');
    });
    await standIn.openHome({ user: 'U1' });
    expect(standIn.home('U1')?.blocks).toMatchObject([{ type: 'header' }]);
    expect(standIn.home('U2')).toBeUndefined();
  });
});
