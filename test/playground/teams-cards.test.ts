import { describe, expect, it } from 'vitest';
import {
  attach,
  type Bench,
  block,
  card,
  channel,
  continueWith,
  executeButton,
  form,
  group,
  type Json,
  lina,
  openBench,
  showCard,
  wei,
} from './teams-service.ts';

const answerError = (value: Json) =>
  Response.json({ statusCode: 400, type: 'application/vnd.microsoft.error', value });
const answerToast = (value: unknown) =>
  Response.json({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value });
const firstText = (bench: Bench, user: string) =>
  ((bench.standIn.messages({ user })[0]?.cards[0]?.body ?? []) as { text: string }[])[0]?.text;

describe('Action.Execute', () => {
  const withButton = () => attach(card({ actions: [executeButton()] }));

  it('sends the action with its data and fields, and shows the answer to this person alone', async () => {
    const bench = openBench();
    const id = await bench.post(channel, {
      attachments: [
        attach(
          card({
            body: [
              block('Acme'),
              { type: 'Input.Text', id: 'note', value: 'old' },
              { type: 'Input.Text', id: 'empty' },
            ],
            actions: [executeButton()],
          }),
        ),
      ],
    });
    bench.answer(() => showCard(card({ body: [block('Moved')] })));
    const outcome = await bench.standIn.execute({
      user: wei,
      message: id,
      action: 'Move on',
      values: { note: 'new' },
    });
    expect(outcome).toMatchObject({ ok: true, shown: [{ kind: 'updated', user: wei }] });
    expect(bench.last()).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: id,
      conversation: { id: `${channel};messageid=${id}` },
      value: {
        trigger: 'manual',
        action: { type: 'Action.Execute', verb: 'move', data: { deal: 'D1', note: 'new' } },
      },
      locale: 'zh-CN',
      localTimezone: 'Asia/Shanghai',
    });
    expect(JSON.stringify(bench.last().value)).not.toContain('empty');
    expect([firstText(bench, wei), firstText(bench, lina)]).toEqual(['Moved', 'Acme']);
  });

  it('an edit by the bot is seen by everybody, whatever they saw before', async () => {
    const bench = openBench();
    const id = await bench.post(group, { attachments: [withButton()] });
    bench.answer(() => showCard(card({ body: [block('Mine')] })));
    await bench.standIn.execute({ user: wei, message: id, action: 0 });
    await bench.connector('PUT', `/v3/conversations/${group}/activities/${id}`, {
      type: 'message',
      attachments: [attach(card({ body: [block('Everybody’s')] }))],
    });
    expect([firstText(bench, wei), firstText(bench, lina)]).toEqual(['Everybody’s', 'Everybody’s']);
  });

  it('only a button that is in the card as this person sees it can be pressed', async () => {
    const { standIn, post, answer, received } = openBench();
    const id = await post(group, { attachments: [withButton()] });
    const press = (action: number | string | Json, user = wei) =>
      standIn.execute({ user, message: id, action });
    await expect(press(executeButton({ data: { deal: 'D2' } }))).rejects.toThrow('no such action');
    await expect(press(executeButton({ verb: 'remove' }))).rejects.toThrow('no such action');
    await expect(press(1)).rejects.toThrow('no action');
    await expect(press('/body/0')).rejects.toThrow('no action');
    await expect(standIn.submit({ user: wei, message: id, action: 0 })).rejects.toThrow('no Action.Submit');
    await expect(
      standIn.execute({ user: wei, message: id, action: 0, values: { deal: 'D2' } }),
    ).rejects.toThrow('no input "deal"');
    expect(received).toEqual([]);
    answer(() => showCard(card()));
    expect((await press('/actions/0')).ok).toBe(true);
    await expect(press(0)).rejects.toThrow('no action');
    expect((await press(executeButton(), lina)).ok).toBe(true);
  });

  it('what the app put into a button is no button itself', async () => {
    const { standIn, post, received } = openBench();
    const hidden = executeButton({ title: 'Hidden', verb: 'hidden' });
    const shown = executeButton({ data: { hidden }, fallback: hidden });
    const id = await post(group, { attachments: [attach(card({ actions: [shown] }))] });
    for (const action of ['Hidden', '/actions/0/data/hidden', '/actions/0/fallback', 1, hidden]) {
      await expect(standIn.execute({ user: wei, message: id, action })).rejects.toThrow('no');
    }
    expect(received).toEqual([]);
  });

  it('a message becomes a toast, an error an error, anything else a failure', async () => {
    const { standIn, post, answer } = openBench();
    const id = await post(group, { attachments: [withButton()] });
    const press = () => standIn.execute({ user: wei, message: id, action: 0 });
    answer(() => answerToast('Saved'));
    expect(await press()).toMatchObject({ ok: true, toast: 'Saved' });
    answer(() => answerError({ code: 'BadRequest', message: 'Not yours' }));
    expect(await press()).toMatchObject({ ok: false, error: 'Not yours' });
    const useless = [
      () => new Response(null, { status: 200 }),
      () => Response.json({ type: 'application/vnd.microsoft.activity.message', value: 'no status' }),
      () => Response.json({ statusCode: 200, type: 'text/plain', value: 'x' }),
      () => answerToast({ text: 'x' }),
      () => showCard({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Bogus' }] }),
      () => new Response('boom', { status: 500 }),
      () => new Response(null, { status: 501 }),
    ];
    for (const one of useless) {
      answer(one);
      expect(await press()).toMatchObject({ ok: false, error: expect.any(String) });
      expect(standIn.messages({ user: wei })[0]?.cards[0]).toMatchObject({ actions: [{ verb: 'move' }] });
    }
  });

  it('fields are left out where the button says so', async () => {
    const { standIn, post, answer, last } = openBench();
    const id = await post(group, {
      attachments: [
        attach(
          card({
            body: [{ type: 'Input.Text', id: 'note', label: 'N', isRequired: true, errorMessage: 'Write.' }],
            actions: [executeButton({ associatedInputs: 'none' })],
          }),
        ),
      ],
    });
    answer(() => answerToast('ok'));
    await standIn.execute({ user: wei, message: id, action: 0 });
    expect(last()).toMatchObject({ value: { action: { data: { deal: 'D1' } } } });
  });
});

describe('refresh', () => {
  const personal = (userIds: string[]) =>
    attach(card({ refresh: { action: executeButton({ title: 'Refresh', verb: 'view' }), userIds } }));

  it('is asked for by itself once per version, and only for those the card names', async () => {
    const { standIn, post, answer, received, last, connector } = openBench();
    const id = await post(group, { attachments: [personal(['29:chen.wei'])] });
    answer(() =>
      showCard({
        ...card({ body: [block('Yours')] }),
        ...{ refresh: personal(['29:chen.wei']).content.refresh },
      }),
    );
    const needs = (user: string) => standIn.screen(user).messages[0]?.needsRefresh;
    expect([needs(wei), needs(lina)]).toEqual([true, undefined]);
    await standIn.refresh({ user: lina, message: id, isAutomatic: true });
    expect(received).toEqual([]);
    await standIn.refresh({ user: wei, message: id, isAutomatic: true });
    expect(last()).toMatchObject({
      name: 'adaptiveCard/action',
      value: { trigger: 'automatic', action: { verb: 'view', data: { deal: 'D1' } } },
    });
    expect([needs(wei), needs(lina)]).toEqual([undefined, undefined]);
    await standIn.refresh({ user: lina, message: id });
    expect(last()).toMatchObject({ value: { trigger: 'manual' }, from: { aadObjectId: lina } });
    await connector('PUT', `/v3/conversations/${group}/activities/${id}`, {
      type: 'message',
      attachments: [personal(['29:chen.wei'])],
    });
    expect(needs(wei)).toBe(true);
  });

  it('is asked for by everybody where the card names nobody', async () => {
    const { standIn, post } = openBench();
    await post(group, { attachments: [attach(card({ refresh: { action: executeButton() } }))] });
    const needs = [wei, lina].map((user) => standIn.screen(user).messages[0]?.needsRefresh);
    expect(needs).toEqual([true, true]);
    expect(standIn.messages()[0]).not.toHaveProperty('views');
  });

  it('that fails is not asked for again by itself', async () => {
    const { standIn, post, answer } = openBench();
    const id = await post(group, { attachments: [personal(['29:chen.wei'])] });
    answer(() => new Response('boom', { status: 500 }));
    expect(await standIn.refresh({ user: wei, message: id, isAutomatic: true })).toMatchObject({ ok: false });
    expect(standIn.screen(wei).messages[0]?.needsRefresh).toBeUndefined();
  });

  it('a card without it cannot be refreshed', async () => {
    const { standIn, post } = openBench();
    const id = await post(group, { attachments: [attach(card())] });
    await expect(standIn.refresh({ user: wei, message: id })).rejects.toThrow('cannot be refreshed');
  });
});

describe('Action.Submit', () => {
  const button = (data: Json) => attach(card({ actions: [{ type: 'Action.Submit', title: 'Go', data }] }));

  it('says its data to the bot without a word in the chat', async () => {
    const { standIn, post, last } = openBench();
    const id = await post(group, { attachments: [button({ act: 'x' })] });
    await standIn.submit({ user: wei, message: id, action: 'Go' });
    expect(last()).toMatchObject({ type: 'message', value: { act: 'x' }, replyToId: id });
    expect(last()).not.toHaveProperty('text');
    expect(standIn.messages()).toHaveLength(1);
  });

  it('says words in the chat where it is told to', async () => {
    const { standIn, post, last } = openBench();
    const back = { type: 'messageBack', text: 'pipeline', displayText: 'My pipeline', value: { n: 1 } };
    const id = await post(group, { attachments: [button({ msteams: back })] });
    await standIn.submit({ user: wei, message: id, action: 0 });
    expect(last()).toMatchObject({ text: 'pipeline', value: { n: 1 } });
    expect(standIn.messages().at(-1)?.text).toBe('My pipeline');
    const bogus = await post(group, { attachments: [button({ msteams: { type: 'bogus' } })] });
    await expect(standIn.submit({ user: wei, message: bogus, action: 0 })).rejects.toThrow('bogus');
  });
});

describe('dialogs', () => {
  const opener = attach(
    card({
      actions: [
        { type: 'Action.Submit', title: 'New', data: { msteams: { type: 'task/fetch' }, act: 'open' } },
      ],
    }),
  );

  async function openForm(bench: Bench, content = form()) {
    const message = await bench.post(channel, { attachments: [opener] });
    bench.answer(() => continueWith(content));
    const outcome = await bench.standIn.submit({ user: wei, message, action: 'New' });
    return { message, outcome };
  }

  it('open for one person, and carry what is entered', async () => {
    const bench = openBench();
    const { message, outcome } = await openForm(bench);
    expect(bench.last()).toMatchObject({
      name: 'task/fetch',
      replyToId: message,
      value: { data: { act: 'open' }, context: { theme: 'default' } },
    });
    expect(bench.standIn.screen(wei).dialogs).toMatchObject([
      { id: outcome.dialog, title: 'New lead', height: 'medium', message, conversation: channel },
    ]);
    expect(bench.standIn.screen(lina).dialogs).toEqual([]);
    bench.answer(() => Response.json({ task: { type: 'message', value: 'Saved' } }));
    const saved = await bench.standIn.submitDialog({
      user: wei,
      values: { name: 'Ann', amount: 12, hot: true, account: 'none' },
    });
    expect(bench.last()).toMatchObject({
      name: 'task/submit',
      value: { data: { act: 'save', name: 'Ann', amount: '12', hot: 'true', account: 'none' } },
    });
    expect(saved).toMatchObject({ ok: true, toast: 'Saved' });
    expect(bench.standIn.screen(wei).dialogs).toEqual([]);
  });

  it('complain before anything is sent, unless a tampered client sends it all the same', async () => {
    const bench = openBench();
    const { outcome } = await openForm(bench);
    const sent = bench.received.length;
    const submit = (values: Json, force = false) => bench.standIn.submitDialog({ user: wei, values, force });
    expect(await submit({})).toMatchObject({
      ok: false,
      errors: { name: 'A name, please.' },
      dialog: outcome.dialog,
    });
    expect(await submit({ name: 'A', amount: -1 })).toMatchObject({ errors: { amount: expect.any(String) } });
    expect(await submit({ name: 'A', account: 'A9' })).toMatchObject({
      errors: { account: expect.any(String) },
    });
    expect(bench.received).toHaveLength(sent);
    bench.answer(() => continueWith(form({ body: [block('Too small'), ...(form().body as Json[])] })));
    expect(await submit({ account: 'A9' }, true)).toMatchObject({ ok: true, dialog: outcome.dialog });
    expect(bench.last()).toMatchObject({ value: { data: { account: 'A9', hot: 'false' } } });
    expect(bench.standIn.screen(wei).dialogs).toMatchObject([
      { id: outcome.dialog, card: { body: [{ text: 'Too small' }, {}, {}, {}, {}] } },
    ]);
  });

  it('stay open when the answer fails, close when it is empty, and one replaces the other', async () => {
    const bench = openBench();
    const { outcome: first } = await openForm(bench);
    const { outcome: second } = await openForm(bench);
    expect(first.dialog).not.toBe(second.dialog);
    expect(bench.standIn.screen(wei).dialogs.map(({ id }) => id)).toEqual([second.dialog]);
    const submit = () => bench.standIn.submitDialog({ user: wei, values: { name: 'A' } });
    for (const wrong of [
      () => new Response('boom', { status: 500 }),
      () => Response.json({ task: { type: 'bogus' } }),
      () => Response.json({ task: { type: 'continue', value: { title: 'x' } } }),
      () => Response.json({ task: { type: 'continue', value: { card: attach(form()) } } }),
      () => continueWith(card({ body: [{ type: 'Bogus' }] })),
    ]) {
      bench.answer(wrong);
      expect(await submit()).toMatchObject({ ok: false, dialog: second.dialog });
    }
    bench.answer(() => new Response(null, { status: 200 }));
    expect(await submit()).toMatchObject({ ok: true });
    expect(bench.standIn.screen(wei).dialogs).toEqual([]);
    await expect(submit()).rejects.toThrow('no such dialog');
  });

  it('an empty answer to the request for one is a failure', async () => {
    const bench = openBench();
    const message = await bench.post(channel, { attachments: [opener] });
    const outcome = await bench.standIn.submit({ user: wei, message, action: 0 });
    expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining('no dialog') });
  });

  it('an Action.Execute in one replaces its card', async () => {
    const bench = openBench();
    const { outcome } = await openForm(
      bench,
      form({ actions: [executeButton({ title: 'Again', verb: 'check' })] }),
    );
    bench.answer(() => showCard(card({ body: [block('Checked')] })));
    await bench.standIn.executeDialog({ user: wei, values: { name: 'A' } });
    expect(bench.last()).toMatchObject({
      name: 'adaptiveCard/action',
      value: { action: { verb: 'check', data: { name: 'A' } } },
    });
    expect(bench.standIn.screen(wei).dialogs).toMatchObject([
      { id: outcome.dialog, height: 'medium', card: { body: [{ text: 'Checked' }] } },
    ]);
    expect(bench.standIn.closeDialog({ user: wei })).toMatchObject({
      ok: true,
      shown: [{ kind: 'dialog_closed' }],
    });
  });
});

describe('type-ahead', () => {
  const results = (...values: string[]) =>
    Response.json({
      type: 'application/vnd.microsoft.search.searchResponse',
      value: { results: values.map((value) => ({ title: `Account ${value}`, value })) },
    });

  it('asks with what is typed, from a message and from a dialog, and lets choose what came', async () => {
    const bench = openBench();
    const message = await bench.post(group, { attachments: [attach(form())] });
    bench.answer(() => results('A1', 'A2'));
    const found = await bench.standIn.search({ user: wei, message, input: 'account', text: 'ac' });
    expect(found).toMatchObject({
      ok: true,
      choices: [{ title: 'Account A1', value: 'A1' }, { value: 'A2' }],
    });
    expect(bench.last()).toMatchObject({
      name: 'application/search',
      replyToId: message,
      value: { queryText: 'ac', queryOptions: { skip: 0, top: 15 }, dataset: 'accounts' },
    });
    bench.answer(() => new Response(null, { status: 200 }));
    const values = { name: 'A', account: 'A2' };
    expect(await bench.standIn.submit({ user: wei, message, action: 'Save', values })).toMatchObject({
      ok: true,
    });
    expect(await bench.standIn.submit({ user: lina, message, action: 'Save', values })).toMatchObject({
      ok: false,
    });
  });

  it('hands over the fields beside it where the list asks for them', async () => {
    const bench = openBench();
    const query = { type: 'Data.Query', dataset: 'contacts', associatedInputs: 'auto' };
    const body = [
      { type: 'Input.Text', id: 'company' },
      { type: 'Input.ChoiceSet', id: 'contact', choices: [], 'choices.data': query },
    ];
    const message = await bench.post(group, { attachments: [attach(card({ body }))] });
    bench.answer(() => results('C1'));
    await bench.standIn.search({
      user: wei,
      message,
      input: 'contact',
      text: 'x',
      values: { company: 'Acme' },
    });
    expect(bench.last()).toMatchObject({ value: { data: { company: 'Acme' } } });
    await expect(bench.standIn.search({ user: wei, message, input: 'company', text: 'x' })).rejects.toThrow(
      'no choices',
    );
  });

  it('an answer of another shape, or of too many choices, is a failure', async () => {
    const bench = openBench();
    const message = await bench.post(group, { attachments: [attach(form())] });
    const many = Array.from({ length: 16 }, (_, index) => `A${index}`);
    for (const wrong of [() => Response.json({ results: [] }), () => results(''), () => results(...many)]) {
      bench.answer(wrong);
      const outcome = await bench.standIn.search({ user: wei, message, input: 'account', text: 'ac' });
      expect(outcome).toMatchObject({ ok: false, error: expect.any(String) });
      expect(outcome).not.toHaveProperty('choices');
    }
  });
});
