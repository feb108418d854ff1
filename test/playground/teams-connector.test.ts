import { describe, expect, it } from 'vitest';
import {
  attach,
  block,
  botId,
  card,
  channel,
  executeButton,
  group,
  gus,
  type Json,
  lina,
  openBench,
  tenant,
  tenantId,
  wei,
} from './teams-service.ts';

const activities = (id: string) => `/v3/conversations/${encodeURIComponent(id)}/activities`;

async function refusal(response: Response) {
  const body = (await response.json()) as { error?: { code: string } };
  return [response.status, body.error?.code];
}

describe('what the connector takes', () => {
  it('opens the same conversation with a person each time, by either of their ids', async () => {
    const { connector, standIn } = openBench();
    const open = async (id: string) => {
      const response = await connector('POST', '/v3/conversations', {
        members: [{ id }],
        tenantId,
        isGroup: false,
      });
      expect(response.status).toBe(201);
      return ((await response.json()) as Json).id;
    };
    const first = await open('29:li.na');
    expect(await open(lina)).toBe(first);
    await standIn.say({ user: lina, text: 'hi' });
    expect(standIn.messages()[0]?.conversation).toBe(first);
  });

  it('refuses to open a conversation with a stranger, a group, or somebody without the app', async () => {
    const { connector } = openBench();
    const open = async (body: Json) => refusal(await connector('POST', '/v3/conversations', body));
    expect(await open({ members: [{ id: gus }], tenantId })).toEqual([403, 'ForbiddenOperationException']);
    expect(await open({ members: [{ id: 'x' }], tenantId })).toEqual([400, 'BadSyntax']);
    expect(await open({ members: [{ id: lina }], tenantId: 'other' })).toEqual([400, 'BadSyntax']);
    expect(await open({ members: [{ id: lina }, { id: wei }], tenantId, isGroup: true })).toEqual([
      400,
      'BadSyntax',
    ]);
  });

  it('posts, replies in a thread, edits and deletes', async () => {
    const { connector, post, standIn } = openBench();
    const root = await post(channel, { text: 'root', attachments: [attach(card())], summary: 'Acme' });
    expect(root).toMatch(/^\d{13}$/);
    const reply = await post(`${channel};messageid=${root}`, { text: 'reply' });
    const second = await connector('POST', `${activities(channel)}/${root}`, {
      type: 'message',
      text: 'second',
    });
    expect(second.status).toBe(201);
    expect(standIn.messages({ replyTo: root }).map(({ text }) => text)).toEqual(['reply', 'second']);
    const edited = await connector('PUT', `${activities(channel)}/${root}`, {
      type: 'message',
      text: 'changed',
    });
    expect([edited.status, await edited.json()]).toEqual([200, { id: root }]);
    expect(standIn.messages()[0]).toMatchObject({
      id: root,
      text: 'changed',
      cards: [],
      editedAt: expect.any(Number),
    });
    expect(standIn.messages()[0]).not.toHaveProperty('summary');
    expect((await connector('DELETE', `${activities(channel)}/${reply}`)).status).toBe(200);
    expect(standIn.messages().map(({ id }) => id)).not.toContain(reply);
    expect(standIn.messages({ all: true }).find(({ id }) => id === reply)).toMatchObject({
      isDeleted: true,
      cards: [],
    });
  });

  it('shows that the bot is writing until it posts', async () => {
    const { connector, post, standIn } = openBench();
    const typing = () => standIn.screen(wei).conversations.find(({ id }) => id === group)?.typing;
    expect((await connector('POST', activities(group), { type: 'typing' })).status).toBe(201);
    expect(typing()).toBe(true);
    await post(group, { text: 'done' });
    expect(typing()).toBeUndefined();
  });

  it('refuses what is not there, not its own, or where the bot is not', async () => {
    const { connector, standIn } = openBench();
    const message = { type: 'message', text: 'hi' };
    const send = async (id: string, body: Json = message) =>
      refusal(await connector('POST', activities(id), body));
    expect(await send('19:nowhere@thread.tacv2')).toEqual([404, 'ConversationNotFound']);
    expect(await send('19:far-general@thread.tacv2')).toEqual([403, 'BotNotInConversationRoster']);
    expect(await send('19:old@thread.tacv2')).toEqual([403, 'MessageWritesBlocked']);
    expect(await send(`${channel};messageid=1`)).toEqual([404, 'ActivityNotFoundInConversation']);
    expect(await send(group, { ...message, from: { id: '28:other' } })).toEqual([400, 'BadSyntax']);
    expect(await send(group, { type: 'message' })).toEqual([400, 'BadSyntax']);
    expect(await send(group, { type: 'event', text: 'x' })).toEqual([400, 'BadSyntax']);
    const theirs = await standIn.say({ user: wei, conversation: group, text: 'mine' });
    const edit = await connector('PUT', `${activities(group)}/${theirs.message}`, message);
    expect(await refusal(edit)).toEqual([404, 'ActivityNotFoundInConversation']);
  });

  it('a message that was in a conversation is out of reach once the app is removed', async () => {
    const { connector, post, standIn } = openBench();
    const id = await post(group, { text: 'hi' });
    await standIn.uninstall({ user: wei, conversation: group });
    const edit = await connector('PUT', `${activities(group)}/${id}`, { type: 'message', text: 'x' });
    expect(await refusal(edit)).toEqual([403, 'BotNotInConversationRoster']);
  });

  it('refuses messages and cards that are too large', async () => {
    const { connector } = openBench();
    const send = async (body: Json) =>
      refusal(await connector('POST', activities(group), { type: 'message', ...body }));
    const large = attach(card({ body: [block('x'.repeat(28 * 1024))] }));
    expect(await send({ attachments: [large] })).toEqual([413, 'MessageSizeTooBig']);
    const half = attach(card({ body: [block('x'.repeat(26 * 1024))] }));
    expect(await send({ attachments: [half, half, half, half] })).toEqual([413, 'MessageSizeTooBig']);
    expect(await send({ attachments: [half] })).toEqual([201, undefined]);
  });

  it('takes mentions only of people who are there, and only where their mark stands', async () => {
    const { connector, post, standIn } = openBench();
    const mention = (id: string, text = '<at>Li Na</at>') => ({
      text: 'ask <at>Li Na</at>',
      entities: [{ type: 'mention', text, mentioned: { id, name: 'Li Na' } }],
    });
    const send = async (body: Json) =>
      refusal(await connector('POST', activities(group), { type: 'message', ...body }));
    expect(await send(mention('29:nobody'))).toEqual([400, 'BadSyntax']);
    expect(await send(mention('29:li.na', '<at>Other</at>'))).toEqual([400, 'BadSyntax']);
    await post(group, mention('29:li.na'));
    expect(standIn.messages()[0]?.mentions).toEqual([
      { id: '29:li.na', name: 'Li Na', text: '<at>Li Na</at>' },
    ]);
  });

  it('tells who is there, in pages, by either id', async () => {
    const many = Array.from({ length: 120 }, (_, index) => ({
      ...tenant().users[0],
      id: `29:p${index}`,
      aadObjectId: `p${index}`,
    })) as ReturnType<typeof tenant>['users'];
    const members = many.map(({ aadObjectId }) => aadObjectId);
    const { connector } = openBench({
      tenants: [tenant({ users: many, groups: [{ id: group, name: 'All', members }] })],
    });
    const page = async (query: string) =>
      (await (await connector('GET', `/v3/conversations/${group}/pagedmembers${query}`)).json()) as {
        members: Json[];
        continuationToken?: string;
      };
    const first = await page('?pageSize=100');
    expect(first.members).toHaveLength(100);
    const second = await page(`?pageSize=100&continuationToken=${first.continuationToken}`);
    expect([second.members.length, second.continuationToken]).toEqual([20, undefined]);
    for (const id of ['29:p7', 'p7']) {
      const one = await connector('GET', `/v3/conversations/${group}/members/${id}`);
      expect(await one.json()).toMatchObject({ id: '29:p7', aadObjectId: 'p7', tenantId, userRole: 'user' });
    }
    const stranger = await connector('GET', `/v3/conversations/${group}/members/29:x`);
    expect(await refusal(stranger)).toEqual([404, 'MemberNotFoundInConversation']);
  });
});

describe('messages for one person', () => {
  const targeted = '?isTargetedActivity=true';
  const toLina = { text: 'only you', recipient: { id: '29:li.na' } };

  it('are seen by nobody else', async () => {
    const { post, standIn } = openBench();
    const id = await post(channel, toLina, targeted);
    const sees = (user: string) => standIn.messages({ user }).map((message) => message.id);
    expect([sees(lina), sees(wei)]).toEqual([[id], []]);
    expect(standIn.screen(lina).messages[0]).toMatchObject({
      onlyFor: lina,
      from: { kind: 'bot', id: botId },
    });
    await expect(standIn.execute({ user: wei, message: id, action: 0 })).rejects.toThrow('sees no message');
  });

  it('need a recipient who is there, and a place with several people', async () => {
    const { connector, standIn } = openBench();
    const send = async (id: string, body: Json) =>
      refusal(await connector('POST', activities(id) + targeted, { type: 'message', ...body }));
    expect(await send(channel, { text: 'x' })).toEqual([400, 'BadArgument']);
    expect(await send(channel, { text: 'x', recipient: { id: gus } })).toEqual([400, 'BadArgument']);
    await standIn.say({ user: lina, text: 'hi' });
    const personal = standIn.messages()[0]?.conversation ?? '';
    expect(await send(personal, toLina)).toEqual([400, 'BadArgument']);
    const off = openBench({ tenants: [tenant({ supportsTargeted: false })] });
    const refused = await off.connector('POST', activities(channel) + targeted, {
      type: 'message',
      ...toLina,
    });
    expect(refused.status).toBe(403);
  });

  it('are changed as such alone, without a recipient, and not after a day', async () => {
    const { connector, post, standIn, clock } = openBench();
    const id = await post(channel, toLina, targeted);
    const edit = async (query: string, body: Json) =>
      refusal(await connector('PUT', `${activities(channel)}/${id}${query}`, { type: 'message', ...body }));
    expect(await edit('', { text: 'new' })).toEqual([404, 'ActivityNotFoundInConversation']);
    expect(await edit(targeted, toLina)).toEqual([400, 'BadArgument']);
    expect(await edit(targeted, { text: 'new' })).toEqual([200, undefined]);
    expect(standIn.messages({ user: lina })[0]).toMatchObject({ text: 'new', onlyFor: lina });
    clock.now += 25 * 3_600_000;
    expect(await edit(targeted, { text: 'late' })).toEqual([404, 'ActivityNotFoundInConversation']);
  });
});

describe('the recorded calls', () => {
  it('tell what was asked and how it ended', async () => {
    const { post, connector, standIn } = openBench();
    await post(group, { attachments: [attach(card({ actions: [executeButton()] }))] });
    await connector('GET', `/v3/conversations/${group}/members/nobody`);
    expect(standIn.calls().map(({ operation, status }) => [operation, status])).toEqual([
      ['post', 201],
      ['member', 404],
    ]);
    standIn.reset();
    expect([standIn.calls(), standIn.messages(), standIn.deliveries()]).toEqual([[], [], []]);
  });
});
