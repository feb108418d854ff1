import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/kernel/errors.ts';
import { engineMessages } from '../../../src/runtime/messages.ts';
import { botId, channel, group, lina, tenant, tenantId, wei } from '../../playground/teams-service.ts';
import { cardOutcome, formOutcome, Harness, type Json, written } from './support.ts';

let teams: Harness;
beforeEach(async () => {
  teams = await new Harness().start();
});
afterEach(() => teams.stop());

function said(text: string, extra: Json = {}): Json {
  return {
    type: 'message',
    id: '1700000000001',
    channelId: 'msteams',
    serviceUrl: teams.serviceUrl,
    from: { id: '29:chen.wei', name: 'Chen Wei', aadObjectId: wei },
    recipient: { id: botId, name: 'CRM' },
    conversation: { id: group, conversationType: 'groupChat', tenantId },
    channelData: { tenant: { id: tenantId } },
    text,
    ...extra,
  };
}

describe('a message to the bot alone', () => {
  it('is run as a line of its writer and answered with a card and what it says', async () => {
    teams.answer = () => cardOutcome('D-142 Acme', { blocks: [{ t: 'text', of: 'Quote' }] });
    const outcome = await teams.standIn.say({ user: wei, text: 'deal D-142' });
    expect(outcome).toMatchObject({ ok: true, status: 200 });
    expect(teams.asked).toEqual([
      {
        who: { platform: 'teams', installation: tenantId, userId: wei },
        interaction: { kind: 'command', line: 'deal D-142' },
      },
    ]);
    expect(teams.botMessages(wei)).toMatchObject([{ summary: '✅ D-142 Acme\nQuote', cards: [{}] }]);
  });

  it('tells where its writer can be reached, and their language and zone', async () => {
    await teams.standIn.say({ user: wei, text: 'today' });
    const [conversation] = teams.standIn.screen(wei).conversations;
    expect(teams.places.person(wei)).toEqual({
      serviceUrl: teams.serviceUrl,
      conversationId: conversation?.id,
      fromId: '29:chen.wei',
      name: 'Chen Wei',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
    });
  });

  it.each([
    ['hi', 'help'],
    ['Hello!', 'help'],
    ['HELP', 'help'],
    ['你好', 'help'],
    ['帮助', 'help'],
    ['help leads', 'help leads'],
    ['/crm new-lead Acme', 'new-lead Acme'],
    ['crm today', 'today'],
    ['@CRM today', 'today'],
    ['crmacme', 'crmacme'],
    ['note D-1 a&nbsp;b &lt;c&gt; &amp;amp;', 'note D-1 a b <c> &amp;'],
    ['   ', ''],
  ])('%j is the line %j', async (text, line) => {
    await teams.standIn.say({ user: wei, text });
    expect(teams.interactions).toEqual([{ kind: 'command', line }]);
  });

  it('with nothing but an attachment asks for help', async () => {
    await teams.send(said('', { text: null, attachments: [{ contentType: 'image/png' }] }));
    expect(teams.interactions).toEqual([{ kind: 'command', line: '' }]);
  });

  it('that came twice is worked on once and answered once', async () => {
    await teams.standIn.say({ user: wei, text: 'log D-142 called' });
    await teams.standIn.repeat();
    await Promise.all(Array.from({ length: 10 }, () => teams.standIn.repeat()));
    expect(teams.asked).toHaveLength(1);
    expect(teams.botMessages(wei)).toHaveLength(1);
  });

  it('that leads to a form is answered with the button that opens it', async () => {
    teams.answer = () => formOutcome;
    await teams.standIn.say({ user: wei, text: 'new-lead' });
    const [message] = teams.botMessages(wei);
    expect(written(message?.cards)).toContain('task/fetch');
    const opened = await teams.standIn.submit({
      user: wei,
      message: message?.id ?? '',
      action: 'Open the form',
    });
    expect(opened.ok).toBe(true);
    expect(teams.interactions.at(-1)).toEqual({
      kind: 'press',
      press: { a: 'leads.create', i: { source: 'fair', amount: '80k' }, form: true },
    });
    expect(teams.standIn.screen(wei).dialogs).toMatchObject([{ title: 'New lead' }]);
  });

  it('that takes long shows that the bot is writing', async () => {
    await teams.stop();
    teams = await new Harness().start({ typingAfterMs: 0 });
    const typing = new Promise<void>((resolve) => {
      teams.standIn.onChange(({ kind }) => {
        if (kind === 'typing') resolve();
      });
    });
    teams.answer = async () => {
      await typing;
      return cardOutcome('Done');
    };
    await teams.standIn.say({ user: wei, text: 'report' });
    expect(teams.botMessages(wei)).toHaveLength(1);
  });

  it('is answered although the service asks to wait', async () => {
    teams.standIn.faults.add({ kind: '429', operation: 'post', count: 1, retryAfter: 1 });
    await teams.standIn.say({ user: wei, text: 'today' });
    expect(teams.botMessages(wei)).toHaveLength(1);
  });

  it('whose answer may have arrived is not answered twice', async () => {
    teams.standIn.faults.add({ kind: 'lost_answer', operation: 'post', count: 1 });
    await teams.standIn.say({ user: wei, text: 'today' });
    expect(teams.botMessages(wei)).toHaveLength(1);
  });
});

describe('in a group or channel', () => {
  it('only what is said to the bot is taken, and answered for its writer’s eyes', async () => {
    await teams.standIn.say({ user: wei, conversation: channel, text: 'hello all' });
    expect(teams.asked).toEqual([]);
    await teams.standIn.say({ user: wei, conversation: channel, text: '@CRM deal D-142' });
    expect(teams.interactions).toEqual([{ kind: 'command', line: 'deal D-142' }]);
    expect(teams.stoodAt).toMatchObject([{ kind: 'channel', id: channel }]);
    expect(teams.botMessages(wei, channel)).toMatchObject([{ onlyFor: wei }]);
    expect(teams.botMessages(lina, channel)).toEqual([]);
    expect(teams.places.channel(channel)).toEqual({
      serviceUrl: teams.serviceUrl,
      conversationId: channel,
      teamId: '19:east@thread.tacv2',
    });
  });

  it('a mention may stand anywhere, and without words it asks for help', async () => {
    for (const text of ['@CRM', 'help @CRM', 'please @CRM today']) {
      await teams.standIn.say({ user: wei, conversation: group, text });
    }
    expect(teams.interactions).toMatchObject([{ line: '' }, { line: 'help' }, { line: 'today' }]);
  });

  it('the channel it is said in is known, in a thread as well, and channels can be mentioned', async () => {
    const shared = { id: '19:east@thread.tacv2', name: 'Sales East', type: 'shared' };
    await teams.send(
      said('<at>CRM</at> digest <at>Deal <Desk></at>', {
        conversation: {
          id: '19:east@thread.tacv2;messageid=1700000000000',
          conversationType: 'channel',
          tenantId,
        },
        channelData: { tenant: { id: tenantId }, channel: shared },
        entities: [
          { type: 'mention', text: '<at>CRM</at>', mentioned: { id: botId, name: 'CRM' } },
          {
            type: 'mention',
            text: '<at>Deal <Desk></at>',
            mentioned: { id: '19:desk@thread.tacv2', name: 'Deal <Desk>' },
          },
        ],
      }),
    );
    expect(teams.interactions).toEqual([
      { kind: 'command', line: 'digest <#19:desk@thread.tacv2|Deal Desk>' },
    ]);
    expect(teams.stoodAt).toEqual([
      {
        kind: 'channel',
        id: '19:east@thread.tacv2',
        name: 'Sales East',
        thread: '1700000000000',
        isShared: true,
      },
    ]);
  });

  it('people who are mentioned are told apart by who they are, not by name', async () => {
    const mention = (id: string, text: string) => ({ type: 'mention', text, mentioned: { id, name: 'x' } });
    await teams.send(
      said('<at>CRM</at>&nbsp;assign D-142 to <at>Li Na</at> & <at>Ghost</at>', {
        entities: [
          mention(botId, '<at>CRM</at>'),
          { ...mention('29:li.na', '<at>Li Na</at>'), mentioned: { id: '29:li.na', name: 'Li <Na>' } },
          mention('29:nobody', '<at>Ghost</at>'),
          { type: 'clientInfo' },
        ],
      }),
    );
    expect(teams.interactions).toEqual([{ kind: 'command', line: `assign D-142 to <@${lina}|Li Na> & @x` }]);
  });

  it('the answer comes one to one where messages for one person are not offered, with a pointer', async () => {
    await teams.stop();
    teams = await new Harness().start({}, [tenant({ supportsTargeted: false })]);
    teams.answer = () => cardOutcome('D-142 secret');
    for (const text of ['@CRM deal D-142', '@CRM deal D-143']) {
      await teams.standIn.say({ user: wei, conversation: group, text });
    }
    expect(written(teams.botMessages(lina, group))).not.toContain('secret');
    expect(teams.botMessages(lina, group)).toMatchObject([
      { text: expect.stringContaining('in our chat') },
      { text: expect.stringContaining('in our chat') },
    ]);
    expect(teams.botMessages(wei).filter(({ cards }) => cards.length > 0)).toHaveLength(2);
    const refused = teams.standIn.calls().filter(({ status }) => status === 403);
    expect(refused).toHaveLength(1);
  });

  it('somebody who cannot be reached alone is told how to change that, and nothing else', async () => {
    await teams.stop();
    const [first, ...others] = tenant().users;
    if (!first) throw new Error('nobody');
    const users = [{ ...first, hasApp: false }, ...others];
    teams = await new Harness().start({}, [tenant({ supportsTargeted: false, users })]);
    teams.answer = () => cardOutcome('D-142 secret');
    await teams.standIn.say({ user: wei, conversation: group, text: '@CRM deal D-142' });
    expect(teams.botMessages(lina, group)).toMatchObject([{ text: expect.stringContaining('Add the app') }]);
    expect(written(teams.standIn.messages())).not.toContain('secret');
  });
});

describe('what is no activity', () => {
  it('of more than a megabyte is refused unread', async () => {
    const answer = await teams.post(JSON.stringify({ text: 'x'.repeat(1024 * 1024) }));
    expect(answer.status).toBe(413);
  });

  it.each(['', 'null', '[]', '{"type":', '"text"'])('%j is malformed', async (body) => {
    expect((await teams.post(body, { authorization: `Bearer ${await teams.bearer()}` })).status).toBe(400);
  });

  it.each([
    { from: undefined },
    { from: { id: 7 } },
    { conversation: undefined },
    { recipient: 'bot' },
    { type: undefined },
    { text: 5 },
    { entities: 'all' },
  ])('with %j is malformed even with a good token', async (change) => {
    expect((await teams.send(said('today', change))).status).toBe(400);
    expect(teams.asked).toEqual([]);
  });

  it('without a token, or with somebody else’s, reaches no handler', async () => {
    const activity = said('today');
    expect((await teams.standIn.sendRaw(activity)).status).toBe(401);
    const claims = { aud: 'other', iss: 'https://api.botframework.com', serviceurl: teams.serviceUrl };
    const token = await teams.standIn.signToken({ ...claims, exp: 9_999_999_999 });
    expect((await teams.standIn.sendRaw(activity, `Bearer ${token}`)).status).toBe(401);
    expect(teams.asked).toEqual([]);
    expect(teams.standIn.messages()).toEqual([]);
  });

  it.each(['messageReaction', 'messageUpdate', 'typing', 'endOfConversation', 'brandNew'])(
    '%s is taken note of and does nothing',
    async (type) => {
      expect((await teams.send(said('today', { type }))).status).toBe(200);
      expect(teams.asked).toEqual([]);
    },
  );
});

describe('when something of ours is broken', () => {
  it('a message without a database is answered with words, and nobody is left to wonder', async () => {
    teams.installations.isAway = true;
    expect(await teams.standIn.say({ user: lina, text: 'log D-142 called' })).toMatchObject({ status: 200 });
    expect(teams.asked).toEqual([]);
    expect(teams.botMessages(lina)).toMatchObject([{ summary: expect.stringContaining('Not saved') }]);
  });

  it('a place that cannot be remembered does not stop the work', async () => {
    teams.places.isAway = true;
    await teams.standIn.say({ user: wei, text: 'today' });
    expect(teams.botMessages(wei)).toHaveLength(1);
  });

  it('an unexpected error shows the request’s number and no more', async () => {
    teams.answer = () => {
      throw new Error('secret detail');
    };
    await teams.standIn.say({ user: lina, text: 'today' });
    const [message] = teams.botMessages(lina);
    expect(message?.summary).toMatch(/Request [0-9a-f]{12}/);
    expect(written(teams.standIn.messages())).not.toContain('secret detail');
    expect(teams.logged).toContainEqual(expect.objectContaining({ level: 'error' }));
  });

  it('what the engine says it could not save is shown as it says it', async () => {
    teams.answer = () => {
      const error = new AppError('unavailable', engineMessages('unavailable'));
      return { kind: 'card', refused: true, card: { tone: 'warn', title: error.text, blocks: [] } };
    };
    await teams.standIn.say({ user: lina, text: 'log D-142 called' });
    expect(teams.botMessages(lina)).toMatchObject([{ summary: expect.stringContaining('Not saved') }]);
  });
});
