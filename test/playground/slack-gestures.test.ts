import { describe, expect, it } from 'vitest';
import { button, modal, openBench, plain, section } from './service.ts';

const json = (body: object) => Response.json(body);

describe('a typed command', () => {
  it('arrives signed, form-encoded and with everything Slack sends', async () => {
    const { standIn, last } = openBench();
    const outcome = await standIn.command({ user: 'U1', text: 'new-lead Acme', channel: 'east' });
    expect(outcome).toMatchObject({ status: 200, ok: true });
    expect(last().headers.get('content-type')).toBe('application/x-www-form-urlencoded');
    expect(last().body).toMatchObject({
      team_id: 'T1',
      channel_id: 'C1',
      channel_name: 'east',
      user_id: 'U1',
      command: '/crm',
      text: 'new-lead Acme',
      api_app_id: 'A1',
    });
    expect(last().body.trigger_id).toMatch(/^\d+\.\d+\.[0-9a-f]{32}$/);
    expect(last().body.response_url).toMatch(/^http:\/\/stand-in\.test\/response\//);
  });

  it('is refused by a service that knows another secret', async () => {
    const { standIn, received } = openBench({ signingSecret: 'another' });
    const outcome = await standIn.command({ user: 'U1', text: 'help' });
    expect(outcome).toMatchObject({
      status: 401,
      ok: false,
      error: '/crm failed with the error "http_service_error".',
    });
    expect(received).toEqual([]);
  });

  it.each([
    ['assign L-3 @wei', 'assign L-3 <@U1|wei>'],
    ['assign to @li.na.', 'assign to <@U2|li.na>.'],
    ['digest #east', 'digest <#C1|east>'],
    ['ask <@U2> in <#C1>', 'ask <@U2|li.na> in <#C1|east>'],
    ['@nobody #nowhere jane@wei', '@nobody #nowhere jane@wei'],
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['<!channel>', '&lt;!channel&gt;'],
  ])('escapes %s', async (typed, arrives) => {
    const { standIn, last } = openBench();
    await standIn.command({ user: 'U1', text: typed });
    expect(last().body.text).toBe(arrives);
  });

  it('names no private channel and no direct conversation', async () => {
    const { standIn, last } = openBench();
    await standIn.command({ user: 'U1', text: '', channel: 'C2' });
    expect(last().body.channel_name).toBe('privategroup');
    await standIn.command({ user: 'U1', text: '', channel: 'app' });
    expect(last().body.channel_name).toBe('directmessage');
  });

  it('is answered to the person alone unless the answer says otherwise', async () => {
    const { standIn, answer } = openBench();
    answer(() => json({ text: 'for you', blocks: [section()] }));
    await standIn.command({ user: 'U1', text: '' });
    expect(standIn.messages({ user: 'U1' })).toMatchObject([
      { kind: 'ephemeral', onlyFor: 'U1', text: 'for you' },
    ]);
    expect(standIn.messages({ user: 'U2' })).toEqual([]);
    answer(() => json({ response_type: 'in_channel', text: 'for all' }));
    await standIn.command({ user: 'U1', text: '' });
    expect(standIn.messages({ user: 'U2' })).toMatchObject([{ kind: 'message', text: 'for all' }]);
  });

  it('tells the person when the app is late, broken, gone or answers rubbish', async () => {
    const { standIn, answer } = openBench({ acknowledgeMs: 30 });
    answer(() => new Promise((resolve) => setTimeout(() => resolve(new Response('')), 200)));
    expect((await standIn.command({ user: 'U1', text: '' })).error).toBe(
      '/crm failed because the app did not respond.',
    );
    answer(() => new Response('', { status: 500 }));
    expect((await standIn.command({ user: 'U1', text: '' })).error).toContain('http_service_error');
    answer(() => json({ text: 'x', blocks: [section('')] }));
    expect((await standIn.command({ user: 'U1', text: '' })).error).toContain('invalid_blocks');
    const gone = openBench({ fetch: () => Promise.reject(new Error('refused')) });
    expect((await gone.standIn.command({ user: 'U1', text: '' })).error).toContain('dispatch_failed');
    expect(standIn.messages({ all: true }).filter((message) => message.kind === 'notice')).toHaveLength(3);
  });

  it('is refused in threads, and never sent twice', async () => {
    const { standIn, received, answer } = openBench();
    expect(await standIn.command({ user: 'U1', text: '', threadTs: '1.2' })).toMatchObject({
      status: 0,
      ok: false,
    });
    expect(received).toEqual([]);
    answer(() => new Response('', { status: 503 }));
    await standIn.command({ user: 'U1', text: '' });
    await standIn.drain();
    expect(received).toHaveLength(1);
  });

  it('cannot be typed where the person is not', async () => {
    const { standIn } = openBench();
    await expect(standIn.command({ user: 'U2', text: '', channel: 'private' })).rejects.toThrow(
      'not in private',
    );
    await expect(standIn.command({ user: 'U1', text: '', channel: 'old' })).rejects.toThrow('archived');
    await expect(standIn.command({ user: 'U99', text: '' })).rejects.toThrow('Nobody has the id');
  });
});

describe('a press', () => {
  it('sends the button’s value, the message and a response URL', async () => {
    const { standIn, api, last } = openBench();
    await api('chat.postMessage', {
      channel: 'C1',
      text: 't',
      blocks: [{ type: 'actions', block_id: 'b', elements: [button({ value: 'D-1' })] }],
    });
    await standIn.press({ user: 'U1', actionId: 'go' });
    expect(last().body).toMatchObject({
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T1' },
      channel: { id: 'C1' },
      message: { text: 't' },
      container: { type: 'message', is_ephemeral: false },
      actions: [{ action_id: 'go', block_id: 'b', type: 'button', value: 'D-1' }],
    });
  });

  it('carries no message when only one person saw it, and nobody else can press it', async () => {
    const { standIn, answer, last } = openBench();
    answer(() => json({ text: 'x', blocks: [{ type: 'actions', elements: [button()] }] }));
    await standIn.command({ user: 'U1', text: '' });
    await standIn.press({ user: 'U1', label: 'Go' });
    expect(last().body).not.toHaveProperty('message');
    await expect(standIn.press({ user: 'U2', label: 'Go' })).rejects.toThrow('sees no "Go"');
  });

  it('carries what was chosen and entered beside it', async () => {
    const { standIn, api, last } = openBench();
    const options = ['a', 'b'].map((value) => ({ text: plain(value.toUpperCase()), value }));
    const elements = [
      { type: 'static_select', action_id: 'pick', options },
      { type: 'overflow', action_id: 'more', options },
      { type: 'datepicker', action_id: 'day', initial_date: '2026-11-04' },
    ];
    await api('chat.postMessage', {
      channel: 'C1',
      text: 't',
      blocks: [{ type: 'actions', block_id: 'b', elements }],
    });
    await standIn.press({ user: 'U1', actionId: 'pick', value: 'B' });
    expect(last().body.actions).toMatchObject([{ selected_option: { value: 'b' } }]);
    await standIn.press({ user: 'U1', label: 'A' });
    expect(last().body.actions).toMatchObject([{ action_id: 'more', selected_option: { value: 'a' } }]);
    expect(last().body.state).toMatchObject({
      values: { b: { pick: { selected_option: { value: 'b' } }, day: { selected_date: '2026-11-04' } } },
    });
    await expect(standIn.press({ user: 'U1', actionId: 'pick', value: 'z' })).rejects.toThrow('not offered');
  });

  it('by a stranger from another company says which company', async () => {
    const { standIn, api, last } = openBench();
    await api('chat.postMessage', {
      channel: 'C5',
      text: 't',
      blocks: [{ type: 'actions', elements: [button()] }],
    });
    await standIn.press({ user: 'U4', label: 'Go' });
    expect(last().body).toMatchObject({ team: { id: 'TFAR' }, user: { id: 'U4', team_id: 'TFAR' } });
  });
});

describe('a form', () => {
  async function opened(view = modal()) {
    const bench = openBench();
    bench.answer(async ({ body }) => {
      if (body.command) await bench.api('views.open', { trigger_id: body.trigger_id, view });
      return new Response('');
    });
    await bench.standIn.command({ user: 'U1', text: 'new-lead' });
    return bench;
  }

  it('is submitted with what was entered and what it came with, and closes on an empty answer', async () => {
    const { standIn, last } = await opened();
    expect(await standIn.submit({ user: 'U1', values: { Company: 'Acme' } })).toMatchObject({ ok: true });
    expect(last().body).toMatchObject({
      type: 'view_submission',
      view: {
        callback_id: 'lead',
        state: {
          values: {
            company: { v: { type: 'plain_text_input', value: 'Acme' } },
            close: { v: { selected_date: '2026-11-30' } },
            account: { account: { selected_option: null } },
          },
        },
      },
    });
    expect(standIn.modals('U1')).toEqual([]);
  });

  it('does not leave the client while a required field is empty, unless forced', async () => {
    const { standIn, received } = await opened();
    const before = received.length;
    expect(await standIn.submit({ user: 'U1' })).toMatchObject({
      status: 0,
      errors: { company: expect.any(String) },
    });
    expect(received).toHaveLength(before);
    await standIn.submit({ user: 'U1', force: true });
    expect(received).toHaveLength(before + 1);
  });

  it('stays open with errors under its fields, and only under fields that exist', async () => {
    const { standIn, answer } = await opened();
    answer(() => json({ response_action: 'errors', errors: { company: 'Too short' } }));
    expect(await standIn.submit({ user: 'U1', values: { company: 'A' } })).toMatchObject({
      ok: false,
      errors: { company: 'Too short' },
    });
    answer(() => json({ response_action: 'errors', errors: { nothing: 'x' } }));
    const wrong = await standIn.submit({ user: 'U1' });
    expect(wrong.errors).toBeUndefined();
    expect(wrong.error).toContain('no input block for: nothing');
    expect(standIn.modals('U1')).toHaveLength(1);
  });

  it('is replaced, stacked up to three, and cleared as the answer says', async () => {
    const { standIn, answer } = await opened();
    answer(() => json({ response_action: 'update', view: modal({ title: plain('Second') }) }));
    await standIn.submit({ user: 'U1', values: { company: 'Acme' } });
    expect(standIn.modals('U1').map((view) => view.title?.text)).toEqual(['Second']);
    answer(() => json({ response_action: 'push', view: modal() }));
    const push = () => standIn.submit({ user: 'U1', values: { company: 'Acme' } });
    expect([(await push()).ok, (await push()).ok, (await push()).ok]).toEqual([true, true, false]);
    expect(standIn.modals('U1')).toHaveLength(3);
    answer(() => json({ response_action: 'clear' }));
    await push();
    expect(standIn.modals('U1')).toEqual([]);
  });

  it('refuses an answer that Slack would not understand, and says so', async () => {
    const { standIn, answer } = await opened();
    for (const body of [
      { response_action: 'explode' },
      { response_action: 'update', view: modal({ title: plain('') }) },
    ]) {
      answer(() => json(body));
      expect((await standIn.submit({ user: 'U1', values: { company: 'Acme' } })).error).toContain(
        'trouble connecting',
      );
    }
    answer(() => new Response('ok'));
    expect((await standIn.submit({ user: 'U1' })).error).toContain('neither empty nor JSON');
    expect(standIn.modals('U1')).toHaveLength(1);
  });

  it('asks the service for options, and takes only what was offered', async () => {
    const { standIn, answer, last } = await opened();
    answer(({ body }) =>
      body.type === 'block_suggestion'
        ? json({ options: [{ text: plain('Acme Pumps'), value: 'C-88' }] })
        : new Response(''),
    );
    await expect(standIn.submit({ user: 'U1', values: { account: 'C-88' } })).rejects.toThrow('not offered');
    expect((await standIn.options({ user: 'U1', actionId: 'account', query: '' })).status).toBe(0);
    const found = await standIn.options({ user: 'U1', actionId: 'account', query: 'ac' });
    expect(found).toMatchObject({ ok: true, options: [{ value: 'C-88' }] });
    expect(last().body).toMatchObject({ type: 'block_suggestion', action_id: 'account', value: 'ac' });
    await standIn.submit({ user: 'U1', values: { company: 'x', account: 'Acme Pumps' } });
    expect(last().body).toMatchObject({
      view: { state: { values: { account: { account: { selected_option: { value: 'C-88' } } } } } },
    });
  });

  it('tells the service that it was closed, if the service asked for it', async () => {
    const { standIn, last } = await opened(modal({ notify_on_close: true }));
    await standIn.closeModal({ user: 'U1' });
    expect(last().body).toMatchObject({ type: 'view_closed', is_cleared: false });
    expect(standIn.modals('U1')).toEqual([]);
  });
});

describe('shortcuts', () => {
  it('carry the message they are used on', async () => {
    const { standIn, api, last } = openBench();
    const { ts } = await api('chat.postMessage', { channel: 'C1', text: 'call Zhou' });
    await standIn.shortcut({ user: 'U2', callbackId: 'log', ts: String(ts) });
    expect(last().body).toMatchObject({
      type: 'message_action',
      callback_id: 'log',
      message: { text: 'call Zhou' },
    });
    await standIn.shortcut({ user: 'U2', callbackId: 'new' });
    expect(last().body).toMatchObject({ type: 'shortcut', callback_id: 'new' });
    expect(last().body).not.toHaveProperty('channel');
  });
});
