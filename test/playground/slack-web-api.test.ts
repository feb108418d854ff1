import { describe, expect, it } from 'vitest';
import { modal, openBench, section, workspace } from './service.ts';

const post = { channel: 'C1', text: 'hello' };

describe('the Web API', () => {
  it('knows nobody by a wrong token, and takes forms as well as JSON', async () => {
    const { api, standIn } = openBench();
    expect(await api('chat.postMessage', post, 'xoxb-other')).toEqual({ ok: false, error: 'invalid_auth' });
    expect(await api('chat.postMessage', post, '')).toEqual({ ok: false, error: 'not_authed' });
    expect(await api('chat.shout', post)).toMatchObject({ error: 'unknown_method' });
    const body = new URLSearchParams({ token: 'xoxb-east', ...post, blocks: JSON.stringify([section()]) });
    const answer = await standIn.web.request('/api/chat.postMessage', { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ ok: true, channel: 'C1' });
    expect(standIn.messages()).toHaveLength(1);
    expect(await api('auth.test')).toMatchObject({ team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT' });
  });

  it.each([
    ['an unknown channel', { channel: 'C9' }, 'channel_not_found'],
    ['an archived channel', { channel: 'C3' }, 'is_archived'],
    ['a channel it is not in', { channel: 'C4' }, 'not_in_channel'],
    ['nothing to say', { text: '' }, 'no_text'],
    ['too long a text', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['blocks that are no list', { blocks: '{}' }, 'invalid_blocks_format'],
    ['metadata without a type', { metadata: { event_payload: {} } }, 'invalid_metadata_format'],
    ['a thread that is not there', { thread_ts: '1.2' }, 'thread_not_found'],
  ])('refuses a post with %s', async (_name, change, error) => {
    const { api, standIn } = openBench();
    expect(await api('chat.postMessage', { ...post, ...change })).toMatchObject({ ok: false, error });
    expect(standIn.messages()).toEqual([]);
  });

  it('keeps metadata and gives it back only when asked', async () => {
    const { api } = openBench();
    const metadata = { event_type: 'parley', event_payload: { id: 'x1' } };
    await api('chat.postMessage', { ...post, metadata });
    const history = await api('conversations.history', { channel: 'C1', include_all_metadata: true });
    expect(history).toMatchObject({ messages: [{ text: 'hello', metadata }] });
    const plainHistory = await api('conversations.history', { channel: 'C1' });
    expect(JSON.stringify(plainHistory)).not.toContain('x1');
  });

  it('changes and deletes the app’s own messages only', async () => {
    const { api, standIn } = openBench();
    const { ts } = await api('chat.postMessage', { ...post, blocks: [section()] });
    expect(await api('chat.update', { channel: 'C1', ts, text: 'new' })).toMatchObject({
      ok: true,
      text: 'new',
    });
    expect(standIn.messages()).toMatchObject([{ text: 'new', edits: 1, blocks: [{ type: 'section' }] }]);
    await standIn.say({ user: 'U1', text: 'mine', channel: 'C1' });
    const foreign = standIn.messages().at(-1)?.ts;
    expect(await api('chat.update', { channel: 'C1', ts: foreign, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await api('chat.delete', { channel: 'C1', ts: foreign })).toMatchObject({
      error: 'cant_delete_message',
    });
    const { message_ts } = await api('chat.postEphemeral', { ...post, user: 'U1' });
    expect(await api('chat.update', { channel: 'C1', ts: message_ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
    await api('chat.delete', { channel: 'C1', ts });
    expect(await api('chat.update', { channel: 'C1', ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('warns of blocks without a text', async () => {
    const { api } = openBench();
    expect(await api('chat.postMessage', { channel: 'C1', blocks: [section()] })).toMatchObject({
      ok: true,
      response_metadata: { warnings: ['missing_text_in_message'] },
    });
  });

  it('opens direct conversations, and posts to a person’s id land there', async () => {
    const { api, standIn } = openBench();
    const { channel } = (await api('conversations.open', { users: 'U1' })) as { channel: { id: string } };
    expect(await api('chat.postMessage', { channel: 'U1', text: 'hi' })).toMatchObject({
      channel: channel.id,
    });
    expect(standIn.messages({ user: 'U1' })).toHaveLength(1);
    expect(standIn.messages({ user: 'U2' })).toEqual([]);
    expect(await api('conversations.open', { users: 'U99' })).toMatchObject({ error: 'user_not_found' });
  });

  it('names the scope that was not granted', async () => {
    const { api } = openBench({ workspaces: [workspace({ scopes: ['chat:write'] })] });
    expect(await api('chat.postMessage', post)).toMatchObject({ ok: true });
    expect(await api('conversations.history', { channel: 'C1' })).toMatchObject({
      error: 'missing_scope',
      needed: 'channels:history',
    });
    expect(await api('conversations.history', { channel: 'C2' })).toMatchObject({ needed: 'groups:history' });
  });

  describe('an installation', () => {
    const redirect_uri = 'http://service.test/back';
    const fair = { client_id: 'id', redirect_uri, state: 's1', scope: 'chat:write,links:read' };

    function openInstall() {
      const { standIn, api } = openBench({ oauth: { clientId: 'id', clientSecret: 'secret' } });
      const authorize = (change: Record<string, string> = {}) =>
        standIn.web.request(`/oauth/v2/authorize?${new URLSearchParams({ ...fair, ...change })}`);
      const agree = async (change: Record<string, string> = {}) =>
        new URL((await authorize(change)).headers.get('location') ?? '').searchParams;
      const swap = async (code: string | null, change: Record<string, string> = {}) => {
        const client = { client_id: 'id', client_secret: 'secret', code: code ?? '', redirect_uri };
        const body = new URLSearchParams({ ...client, ...change });
        return (await standIn.web.request('/api/oauth.v2.access', { method: 'POST', body })).json();
      };
      return { standIn, api, authorize, agree, swap };
    }

    it('is by a code that works once, for the scopes that were asked for', async () => {
      const { agree, swap, api } = openInstall();
      const back = await agree();
      expect(back.get('state')).toBe('s1');
      const code = back.get('code');
      expect(await swap(code, { client_secret: 'wrong' })).toMatchObject({ error: 'bad_client_secret' });
      expect(await swap(code)).toMatchObject({
        access_token: 'xoxb-east',
        team: { id: 'T1' },
        authed_user: { id: 'U2' },
        scope: 'chat:write,links:read',
      });
      expect(await swap(code)).toMatchObject({ error: 'invalid_code' });
      expect(await api('users.info', { user: 'U1' })).toMatchObject({ error: 'missing_scope' });
    });

    it.each([{ client_id: 'other' }, { scope: '' }, { redirect_uri: 'nowhere' }])(
      'is not even begun with %j',
      async (change) => {
        expect((await openInstall().authorize(change)).status).toBe(400);
      },
    );

    it('needs the address it was begun with', async () => {
      const { agree, swap } = openInstall();
      const code = (await agree()).get('code');
      expect(await swap(code, { redirect_uri: 'http://elsewhere.test' })).toMatchObject({
        error: 'bad_redirect_uri',
      });
    });

    it('can be declined, made by anybody, and meant for a whole enterprise', async () => {
      const { agree, swap } = openInstall();
      const declined = await agree({ answer: 'deny' });
      expect(Object.fromEntries(declined)).toEqual({ error: 'access_denied', state: 's1' });
      const byWei = (await agree({ user: 'U1' })).get('code');
      expect(await swap(byWei)).toMatchObject({ authed_user: { id: 'U1' } });
      const wide = (await agree({ org_wide: '1' })).get('code');
      expect(await swap(wide)).toMatchObject({ team: null, is_enterprise_install: true });
    });

    it('brings another token once the first was revoked', async () => {
      const { agree, swap, standIn } = openInstall();
      await standIn.uninstall('T1');
      const again = (await swap((await agree()).get('code'))) as { access_token: string };
      expect(again.access_token).toMatch(/^xoxb-/);
      expect(again.access_token).not.toBe('xoxb-east');
    });
  });

  it('shares a file only after its bytes have arrived', async () => {
    const { api, standIn } = openBench();
    const { file_id, upload_url } = await api('files.getUploadURLExternal', { filename: 'a.csv', length: 3 });
    const done = () =>
      api('files.completeUploadExternal', { files: [{ id: file_id, title: 'A' }], channel_id: 'C1' });
    expect(await done()).toMatchObject({ error: 'file_not_found' });
    await standIn.web.request(new URL(String(upload_url)).pathname, { method: 'POST', body: 'a,b' });
    expect(await done()).toMatchObject({ ok: true });
    expect(new TextDecoder().decode(standIn.file(String(file_id)))).toBe('a,b');
    expect(standIn.messages()).toMatchObject([{ files: [{ title: 'A' }] }]);
  });
});

describe('a trigger', () => {
  async function withTrigger() {
    const bench = openBench();
    await bench.standIn.command({ user: 'U1', text: '' });
    const open = (trigger_id: unknown = bench.last().body.trigger_id, method = 'views.open') =>
      bench.api(method, { trigger_id, view: modal() });
    return { ...bench, open };
  }

  it('opens one form, once', async () => {
    const { open, standIn } = await withTrigger();
    expect(await open()).toMatchObject({ ok: true, view: { type: 'modal', hash: expect.any(String) } });
    expect(await open()).toEqual({ ok: false, error: 'exchanged_trigger_id' });
    expect(await open('1.2.abc')).toEqual({ ok: false, error: 'invalid_trigger_id' });
    expect(standIn.modals('U1')).toHaveLength(1);
  });

  it('dies after three seconds', async () => {
    const { open, clock } = await withTrigger();
    clock.now += 3_001;
    expect(await open()).toEqual({ ok: false, error: 'expired_trigger_id' });
  });

  it('still works at three seconds, and does not push where no form is open', async () => {
    const { open, clock } = await withTrigger();
    clock.now += 3_000;
    expect(await open(undefined, 'views.push')).toEqual({ ok: false, error: 'not_found' });
  });
});

describe('a view', () => {
  it('is not overwritten by somebody who saw an older version', async () => {
    const { api, standIn, last } = openBench();
    await standIn.command({ user: 'U1', text: '' });
    const { view } = (await api('views.open', { trigger_id: last().body.trigger_id, view: modal() })) as {
      view: { id: string; hash: string };
    };
    const update = (hash?: string) =>
      api('views.update', { view_id: view.id, view: modal(), ...(hash ? { hash } : {}) });
    expect(await update(view.hash)).toMatchObject({ ok: true });
    expect(await update(view.hash)).toEqual({ ok: false, error: 'hash_conflict' });
    expect(await update()).toMatchObject({ ok: true });
    expect(await api('views.update', { view_id: 'V0', view: modal() })).toMatchObject({ error: 'not_found' });
  });
});

describe('a response URL', () => {
  it('takes five messages and no sixth', async () => {
    const { standIn, last, respond } = openBench();
    await standIn.command({ user: 'U1', text: '' });
    const url = last().body.response_url;
    for (let use = 1; use <= 5; use++) expect((await respond(url, { text: `${use}` })).status).toBe(200);
    const sixth = await respond(url, { text: '6' });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
    expect(standIn.messages().map((message) => message.text)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('dies after thirty minutes', async () => {
    const { standIn, last, respond, clock } = openBench();
    await standIn.command({ user: 'U1', text: '' });
    clock.now += 30 * 60_000 + 1;
    const late = await respond(last().body.response_url, { text: 'late' });
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  it('replaces and deletes the message it came from, and refuses bad blocks', async () => {
    const { standIn, last, respond, api } = openBench();
    const element = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
    await api('chat.postMessage', { ...post, blocks: [{ type: 'actions', elements: [element] }] });
    await standIn.press({ user: 'U1', actionId: 'go' });
    const url = last().body.response_url;
    expect((await respond(url, { text: 'x', blocks: [section('')] })).status).toBe(400);
    await respond(url, { replace_original: true, text: 'done' });
    expect(standIn.messages()).toMatchObject([{ text: 'done', blocks: [] }]);
    await respond(url, { text: 'beside it' });
    await respond(url, { delete_original: true });
    expect(standIn.messages()).toMatchObject([{ text: 'beside it', kind: 'ephemeral', onlyFor: 'U1' }]);
  });
});
