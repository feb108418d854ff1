import { describe, expect, it } from 'vitest';
import { button, openBench, section, workspace } from './service.ts';

const ours = 'https://crm.example.com/tab/deals/D-1';
const theirs = 'https://elsewhere.example/tab/deals/D-1';

function bench() {
  const unfurlDomains = ['crm.example.com'];
  return openBench({ workspaces: [workspace({ unfurlDomains })] });
}
const blocks = [{ ...section('D-1'), accessory: button() }];

describe('links in what people post', () => {
  it('are told to the app where they are its own, once each, also outside its channels', async () => {
    const { standIn, received } = bench();
    await standIn.say({ user: 'U1', channel: 'C4', text: `see ${ours}, ${ours}?a=1&b=2 and ${theirs}.` });
    expect(received.map(({ body }) => body.event)).toEqual([
      expect.objectContaining({
        type: 'link_shared',
        user: 'U1',
        channel: 'C4',
        is_bot_user_member: false,
        source: 'conversations_history',
        links: [
          { domain: 'crm.example.com', url: ours },
          { domain: 'crm.example.com', url: `${ours}?a=1&b=2` },
        ],
      }),
    ]);
    expect(received[0]?.body).toMatchObject({ is_ext_shared_channel: false });
  });

  it('say so in channels shared with another company', async () => {
    const { standIn, last } = bench();
    await standIn.say({ user: 'U1', channel: 'C5', text: ours });
    expect(last().body).toMatchObject({ is_ext_shared_channel: true });
  });

  it('are not told without the scope', async () => {
    const { standIn, received } = openBench({
      workspaces: [workspace({ unfurlDomains: ['crm.example.com'], scopes: ['chat:write'] })],
    });
    await standIn.say({ user: 'U1', channel: 'C1', text: ours });
    expect(received).toEqual([]);
  });
});

describe('chat.unfurl', () => {
  it('shows blocks below the message, and changes them the second time', async () => {
    const { standIn, api } = bench();
    await standIn.say({ user: 'U1', channel: 'C1', text: ours });
    const [message] = standIn.messages({ channel: 'C1' });
    const at = { channel: 'C1', ts: message?.ts };
    expect(await api('chat.unfurl', { ...at, unfurls: { [ours]: { blocks: [section('Before')] } } })).toEqual(
      { ok: true },
    );
    expect(await api('chat.unfurl', { ...at, unfurls: JSON.stringify({ [ours]: { blocks } }) })).toEqual({
      ok: true,
    });
    expect(standIn.messages({ channel: 'C1' })).toMatchObject([
      { text: ours, edits: 0, unfurls: [{ url: ours, blocks: [{ type: 'section' }] }] },
    ]);
  });

  it('refuses what is not in the message, not the app’s, not there, or no card', async () => {
    const { standIn, api } = bench();
    await standIn.say({ user: 'U1', channel: 'C1', text: `${ours} ${theirs}` });
    const ts = standIn.messages({ channel: 'C1' })[0]?.ts;
    const unfurl = (change: Record<string, unknown>) =>
      api('chat.unfurl', { channel: 'C1', ts, unfurls: { [ours]: { blocks } }, ...change });
    expect(await unfurl({ unfurls: { [`${ours}0`]: { blocks } } })).toMatchObject({
      error: 'cannot_unfurl_message',
    });
    expect(await unfurl({ unfurls: { [theirs]: { blocks } } })).toMatchObject({ error: 'cannot_unfurl_url' });
    expect(await unfurl({ unfurls: {} })).toMatchObject({ error: 'missing_unfurls' });
    expect(await unfurl({ ts: '1.000001' })).toMatchObject({ error: 'cannot_find_message' });
    expect(await unfurl({ channel: 'C404' })).toMatchObject({ error: 'cannot_find_channel' });
    expect(await unfurl({ unfurls: { [ours]: { blocks: [{ type: 'section' }] } } })).toMatchObject({
      error: 'cannot_parse_attachment',
    });
    expect(standIn.messages({ channel: 'C1' })[0]?.unfurls).toBeUndefined();
  });

  it('has buttons whose presses carry the link and no message', async () => {
    const { standIn, api, last, respond } = bench();
    await standIn.say({ user: 'U1', channel: 'C1', text: ours });
    const ts = standIn.messages({ channel: 'C1' })[0]?.ts;
    await api('chat.unfurl', { channel: 'C1', ts, unfurls: { [ours]: { blocks } } });
    await standIn.press({ user: 'U2', channel: 'C1', label: 'Go' });
    const { body } = last();
    expect(body).toMatchObject({
      type: 'block_actions',
      container: { type: 'message_attachment', message_ts: ts, is_app_unfurl: true, app_unfurl_url: ours },
      channel: { id: 'C1' },
      actions: [{ action_id: 'go' }],
    });
    expect(body.message).toBeUndefined();
    await respond(body.response_url, { replace_original: true, text: 'For you' });
    expect(standIn.messages({ channel: 'C1', user: 'U2' }).map(({ text }) => text)).toEqual([
      ours,
      'For you',
    ]);
    expect(standIn.messages({ channel: 'C1', user: 'U1' }).map(({ text }) => text)).toEqual([ours]);
  });
});
