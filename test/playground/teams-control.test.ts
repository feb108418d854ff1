import { describe, expect, it } from 'vitest';
import {
  attach,
  card,
  executeButton,
  form,
  group,
  type Json,
  lina,
  openBench,
  tenantId,
  wei,
} from './teams-service.ts';

function openControl() {
  const bench = openBench();
  const { web } = bench.standIn;
  return {
    ...bench,
    act: async (name: string, body: Json, type = 'application/json') =>
      web.request(`/_control/${name}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(body),
      }),
    look: async (path: string) => (await web.request(`/_control/${path}`)).json() as Promise<Json>,
  };
}

describe('the control routes', () => {
  it('take JSON of a known shape only', async () => {
    const { act, received } = openControl();
    expect((await act('say', { user: wei, text: 'x' }, 'text/plain')).status).toBe(415);
    expect((await act('say', { user: wei })).status).toBe(400);
    expect((await act('say', { user: wei, text: 'x', tennant: 'y' })).status).toBe(400);
    expect((await act('say', { user: 'nobody', text: 'x' })).status).toBe(400);
    expect((await act('fault', { kind: 'earthquake' })).status).toBe(400);
    expect(received).toEqual([]);
  });

  it('show one person’s screen, and nothing that is not on it', async () => {
    const { act, look, post } = openControl();
    await act('say', { user: wei, text: 'hi' });
    await post(group, { text: 'for all' });
    await post(group, { text: 'for Wei', recipient: { id: wei } }, '?isTargetedActivity=true');
    const screen = await look(`state?user=${lina}&tenant=${tenantId}`);
    expect(screen).toMatchObject({
      tenant: { id: tenantId, name: 'East', appName: 'CRM' },
      me: { aadObjectId: lina },
      dialogs: [],
    });
    expect((screen.messages as Json[]).map(({ text }) => text)).toEqual(['for all']);
    const kinds = (screen.conversations as Json[]).map(({ kind, isInstalled }) => [kind, isInstalled]);
    expect(kinds).toEqual([
      ['personal', true],
      ['group', true],
      ['channel', true],
    ]);
    const messages = (await look(`messages?user=${wei}&conversation=${encodeURIComponent(group)}`)).messages;
    expect((messages as Json[]).map(({ text }) => text)).toEqual(['for all', 'for Wei']);
    expect(JSON.stringify(messages)).not.toContain('views');
    expect((await look('state?user=nobody')).error).toMatch('Nobody');
  });

  it('reach every gesture', async () => {
    const { act, post, standIn } = openControl();
    const message = await post(group, { attachments: [attach(form({ actions: [executeButton()] }))] });
    const outcome = async (name: string, body: Json) => {
      const response = await act(name, { user: wei, ...body });
      return [response.status, (await response.json()) as Json] as const;
    };
    expect(await outcome('execute', { message, action: 0, values: { name: 'A' } })).toMatchObject([
      200,
      { ok: false },
    ]);
    const impossible: [string, Json][] = [
      ['execute', { message, action: 7 }],
      ['submit', { message, action: 0 }],
      ['refresh', { message }],
      ['feedback', { message, reaction: 'like' }],
      ['dialog-submit', {}],
      ['dialog-execute', {}],
      ['dialog-close', {}],
      ['extension-submit', {}],
      ['extension-select', { index: 0 }],
      ['install', {}],
    ];
    for (const [name, body] of impossible) {
      expect(await outcome(name, body), name).toMatchObject([400, { error: expect.any(String) }]);
    }
    const possible: [string, Json][] = [
      ['say', { text: 'hi' }],
      ['react', { message, reaction: 'heart' }],
      ['search', { message, input: 'account', text: 'a' }],
      ['extension-query', { commandId: 'x' }],
      ['extension-fetch', { commandId: 'x' }],
      ['link', { url: 'https://crm.example/' }],
      ['uninstall', {}],
    ];
    for (const [name, body] of possible) {
      expect(await outcome(name, body), name).toMatchObject([200, { status: 200 }]);
    }
    expect((await act('repeat', {})).status).toBe(200);
    expect(await (await act('fault', { kind: '500', count: 2, limitPosts: true })).json()).toMatchObject({
      faults: [{ kind: '500', count: 2 }],
    });
    await act('reset', {});
    expect([
      standIn.messages(),
      standIn.faults.list(),
      standIn.screen(wei).conversations[0]?.isInstalled,
    ]).toEqual([[], [], true]);
  });

  it('tell of every change as it happens', async () => {
    const { standIn, post } = openControl();
    const response = await standIn.web.request('/_control/events');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('event: change');
    await post(group, { text: 'x' });
    expect((await reader?.read())?.value).toContain('event: change');
    standIn.close();
    expect((await reader?.read())?.done).toBe(true);
  });

  it('a card is shown to nobody as it was after it is deleted', async () => {
    const { connector, post, look } = openControl();
    const id = await post(group, { text: 'secret', attachments: [attach(card())] });
    await connector('DELETE', `/v3/conversations/${group}/activities/${id}`);
    const screen = await look(`state?user=${wei}`);
    expect(screen.messages).toMatchObject([{ id, isDeleted: true, cards: [] }]);
    expect(JSON.stringify(screen)).not.toContain('secret');
  });
});
