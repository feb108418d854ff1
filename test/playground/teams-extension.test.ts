import { describe, expect, it } from 'vitest';
import {
  attach,
  block,
  card,
  channel,
  continueWith,
  form,
  group,
  type Json,
  lina,
  openBench,
  wei,
} from './teams-service.ts';

const thumbnail = (content: Json) => ({ contentType: 'application/vnd.microsoft.card.thumbnail', content });
const result = (title: string, tap?: Json) => ({
  ...attach(card({ body: [block(title)] })),
  preview: thumbnail({ title, text: 'Deal', ...(tap ? { tap: { type: 'invoke', value: tap } } : {}) }),
});
const results = (attachments: Json[], change: Json = {}) =>
  Response.json({ composeExtension: { type: 'result', attachmentLayout: 'list', attachments, ...change } });

describe('searching with a message extension', () => {
  it('shows the list before anything is typed, then what was typed', async () => {
    const { standIn, answer, last } = openBench();
    answer(() => results([result('Acme')]));
    const initial = await standIn.queryExtension({ user: wei, conversation: channel, commandId: 'deals' });
    expect(initial).toMatchObject({ ok: true, results: [{ index: 0, title: 'Acme', text: 'Deal' }] });
    expect(last()).toMatchObject({
      type: 'invoke',
      name: 'composeExtension/query',
      conversation: { conversationType: 'channel' },
      value: {
        commandId: 'deals',
        parameters: [{ name: 'initialRun', value: 'true' }],
        queryOptions: { skip: 0, count: 25 },
      },
    });
    await standIn.queryExtension({ user: wei, commandId: 'deals', parameter: 'search', text: 'ac' });
    expect(last()).toMatchObject({ value: { parameters: [{ name: 'search', value: 'ac' }] } });
  });

  it('sends the chosen card in the person’s name', async () => {
    const { standIn, answer, received } = openBench();
    answer(() => results([result('Acme'), result('Bolt')]));
    await standIn.queryExtension({ user: wei, conversation: group, commandId: 'deals', text: 'b' });
    const sent = await standIn.selectResult({ user: wei, conversation: group, index: 1 });
    expect(received).toHaveLength(1);
    expect(standIn.messages({ user: lina })).toMatchObject([
      {
        id: sent.message,
        from: { kind: 'user', name: 'Chen Wei' },
        isViaApp: true,
        preview: { title: 'Bolt' },
        cards: [{}],
      },
    ]);
    await expect(standIn.selectResult({ user: wei, conversation: group, index: 2 })).rejects.toThrow(
      'no result 2',
    );
    await expect(standIn.selectResult({ user: lina, conversation: group, index: 0 })).rejects.toThrow(
      'no result 0',
    );
  });

  it('asks once more where the preview says so, and takes exactly one card', async () => {
    const { standIn, answer, last } = openBench();
    answer(() => results([result('Acme', { deal: 'D1' })]));
    await standIn.queryExtension({ user: wei, conversation: group, commandId: 'deals', text: 'a' });
    answer(() => results([result('Acme in full')]));
    await standIn.selectResult({ user: wei, conversation: group, index: 0 });
    expect(last()).toMatchObject({ name: 'composeExtension/selectItem', value: { deal: 'D1' } });
    expect(standIn.messages()[0]?.preview?.title).toBe('Acme in full');
    answer(() => results([result('One'), result('Two')]));
    const two = await standIn.selectResult({ user: wei, conversation: group, index: 0 });
    expect(two).toMatchObject({ ok: false, error: expect.stringContaining('exactly one') });
    expect(standIn.messages()).toHaveLength(1);
  });

  it.each([
    ['nothing', () => new Response(null, { status: 200 })],
    ['no layout', () => results([], { attachmentLayout: undefined })],
    ['no attachments', () => results([], { attachments: undefined })],
    ['a card without a preview', () => results([attach(card())])],
    ['an invalid card', () => results([{ ...result('x'), content: { type: 'AdaptiveCard' } }])],
    ['26 results', () => results(Array.from({ length: 26 }, () => result('x')))],
    ['another type', () => Response.json({ composeExtension: { type: 'bogus' } })],
    ['a failure', () => new Response('boom', { status: 500 })],
  ])('an answer with %s is a failure', async (_, wrong) => {
    const { standIn, answer } = openBench();
    answer(wrong);
    const outcome = await standIn.queryExtension({ user: wei, commandId: 'deals', text: 'a' });
    expect(outcome).toMatchObject({ ok: false, error: expect.any(String) });
    expect(outcome).not.toHaveProperty('results');
  });

  it('says what the app has to say in place of results', async () => {
    const { standIn, answer } = openBench();
    answer(() => Response.json({ composeExtension: { type: 'message', text: 'Ask an admin' } }));
    const outcome = await standIn.queryExtension({ user: wei, commandId: 'deals', text: 'a' });
    expect(outcome).toMatchObject({ ok: true, toast: 'Ask an admin', results: [] });
  });
});

describe('actions of a message extension', () => {
  it('on a message hand that message over, with the form and with its answer', async () => {
    const { standIn, answer, last } = openBench();
    const said = await standIn.say({
      user: lina,
      conversation: group,
      text: 'Bob <bob@acme.example> called',
    });
    answer(() => continueWith(form(), 'Log to CRM'));
    const message = said.message ?? '';
    const opened = await standIn.fetchExtension({ user: wei, commandId: 'log', message });
    const payload = {
      id: message,
      from: { user: { id: lina, displayName: 'Li Na', userIdentityType: 'aadUser' } },
      body: { contentType: 'html' },
    };
    expect(last()).toMatchObject({
      name: 'composeExtension/fetchTask',
      value: {
        commandId: 'log',
        commandContext: 'message',
        messagePayload: payload,
        context: { theme: 'default' },
      },
    });
    expect(JSON.stringify(last().value)).not.toContain('<bob');
    expect(standIn.screen(wei).dialogs).toMatchObject([
      { id: opened.dialog, title: 'Log to CRM', commandId: 'log' },
    ]);
    answer(() => results([result('Logged')]));
    const done = await standIn.submitDialog({ user: wei, values: { name: 'Bob' } });
    expect(last()).toMatchObject({
      name: 'composeExtension/submitAction',
      value: {
        commandId: 'log',
        commandContext: 'message',
        messagePayload: payload,
        data: { act: 'save', name: 'Bob' },
      },
    });
    expect(standIn.messages().at(-1)).toMatchObject({
      id: done.message,
      isViaApp: true,
      preview: { title: 'Logged' },
    });
    expect(standIn.screen(wei).dialogs).toEqual([]);
  });

  it('from the composer may go on with another form, and keep it when the answer fails', async () => {
    const { standIn, answer, last } = openBench();
    answer(() => continueWith(form()));
    await standIn.fetchExtension({ user: wei, conversation: group, commandId: 'new' });
    expect(last()).toMatchObject({ value: { commandContext: 'compose' }, conversation: { id: group } });
    const submit = () => standIn.submitDialog({ user: wei, values: { name: 'A' } });
    answer(() => continueWith(form(), 'Once more'));
    expect(await submit()).toMatchObject({ ok: true });
    answer(() => results([attach(card())]));
    expect(await submit()).toMatchObject({ ok: false });
    expect(standIn.screen(wei).dialogs).toMatchObject([{ title: 'Once more' }]);
    answer(() => new Response(null, { status: 200 }));
    expect(await submit()).toMatchObject({ ok: true });
    expect([standIn.screen(wei).dialogs, standIn.messages()]).toEqual([[], []]);
  });

  it('without a form to show are a failure', async () => {
    const { standIn } = openBench();
    const outcome = await standIn.fetchExtension({ user: wei, conversation: group, commandId: 'new' });
    expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining('no dialog') });
  });

  it('cannot be used on a message that this person does not see', async () => {
    const { standIn, post } = openBench();
    const id = await post(channel, { text: 'x', recipient: { id: lina } }, '?isTargetedActivity=true');
    await expect(standIn.fetchExtension({ user: wei, commandId: 'log', message: id })).rejects.toThrow(
      'sees no',
    );
  });
});

describe('links', () => {
  it('are shown with the card the app has for them, or plain', async () => {
    const { standIn, answer, last } = openBench();
    answer(() => results([result('Acme')]));
    const url = 'https://crm.example/deals/1';
    const sent = await standIn.pasteLink({ user: wei, conversation: group, url });
    expect(last()).toMatchObject({ name: 'composeExtension/queryLink', value: { url } });
    expect(standIn.messages()[0]).toMatchObject({
      id: sent.message,
      text: url,
      preview: { title: 'Acme' },
      cards: [{}],
    });
    answer(() => new Response(null, { status: 200 }));
    expect(await standIn.pasteLink({ user: wei, conversation: group, url })).toMatchObject({
      ok: true,
      results: [],
    });
    expect(standIn.messages().at(-1)).toMatchObject({ text: url, cards: [] });
  });
});
