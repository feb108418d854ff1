import { asc, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activities } from '../../src/features/crm/activities/tables.ts';
import { leads } from '../../src/features/sales/leads/tables.ts';
import { identities, members } from '../../src/store/tables/people.ts';
import { audit } from '../../src/store/tables/trail.ts';
import { commandBody, type Service, secret, signed, startService, team } from './service.ts';

const emma = 'U0EMMACLARK';
const wei = 'U0WEIZHANG';
const ada = 'U0ADAYOUNG';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.close());

type Gesture = Awaited<ReturnType<Service['slack']['command']>>;
/** What a command was answered with. */
const said = ({ body }: Gesture) => String((body as { text?: unknown } | undefined)?.text ?? '');
const type = (user: string, text: string) => service.slack.command({ user, team, text });
const press = (user: string, label: string) => service.slack.press({ user, team, label });

/** The text of what a gesture brings to the person's screen, however long after its answer: a message or a form. */
async function shownBy(user: string, gesture: () => Promise<{ status: number }>): Promise<string> {
  let tell: (text: string) => void = () => undefined;
  const text = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const end = service.slack.onChange((change) => {
    if (change.user !== undefined && change.user !== user) return;
    if (change.kind === 'view_opened') tell(JSON.stringify(change.view));
    if (change.kind === 'home' && change.view?.user === user) tell(JSON.stringify(change.view));
    if (change.message?.isBot && change.kind !== 'deleted') tell(change.message.text);
  });
  try {
    expect((await gesture()).status).toBe(200);
    const late = new Promise<string>((resolve) => setTimeout(resolve, 5000, 'nothing'));
    return await Promise.race([text, late]);
  } finally {
    end();
  }
}
const modal = (user: string) => service.slack.modals(user, team).at(-1);
const leadsNamed = (part: string) =>
  service.inOrg((tx) =>
    tx
      .select()
      .from(leads)
      .where(like(leads.company, `%${part}%`))
      .orderBy(asc(leads.number)),
  );
const numberIn = (text: string) => /L-\d+/.exec(text)?.[0] ?? 'none';

function expectNoErrors() {
  expect(service.errors.map(({ message, fields }) => `${message} ${String(fields.err)}`)).toEqual([]);
}

describe('a typed lead', () => {
  test('is answered in the HTTP response, privately, with its number, amount and duty', async () => {
    const outcome = await type(emma, 'new-lead "Quarry Pumps" Jane jane@quarry.example src:expo 80k');
    expect(outcome.ok).toBe(true);
    expect(outcome.body).toMatchObject({ response_type: 'ephemeral' });
    const text = said(outcome);
    expect(text).toMatch(/✅ L-\d+ Quarry Pumps/);
    expect(text).toContain('CNY 80,000');
    expect(await leadsNamed('Quarry Pumps')).toHaveLength(1);
    expectNoErrors();
  });

  test('can be undone by its button, and says so when it is pressed again', async () => {
    const number = numberIn(said(await type(emma, 'new-lead "Undone Valves" Kim kim@undone.example')));
    const message = service.slack.messages({ user: emma, team }).at(-1);
    expect(await shownBy(emma, () => press(emma, 'Undo'))).toContain(number);
    const [row] = await leadsNamed('Undone Valves');
    expect(row?.archivedAt).not.toBeNull();
    const again = () => service.slack.press({ user: emma, team, label: 'Undo', ts: message?.ts ?? '' });
    expect(await shownBy(emma, again)).toMatch(/undone .*already|already undone/i);
    expectNoErrors();
  });

  test('typed again within a minute is not saved twice, unless the person says so', async () => {
    const line = 'new-lead "Twice Turbines" Kim kim@twice.example';
    const first = numberIn(said(await type(emma, line)));
    const second = said(await type(emma, line));
    expect(second).toContain(first);
    expect(second).toMatch(/already/i);
    expect(await leadsNamed('Twice Turbines')).toHaveLength(1);
    // It looks like the first one, which is said before anything is saved.
    expect(await shownBy(emma, () => press(emma, 'Do it again'))).toMatch(/⚠️.*Twice Turbines/);
    expect(await shownBy(emma, () => press(emma, 'Create anyway'))).toMatch(/✅ L-\d+/);
    expect(await leadsNamed('Twice Turbines')).toHaveLength(2);
  });

  test('many at once get numbers of their own', async () => {
    const names = ['Argon', 'Borax', 'Cobalt', 'Dolomite', 'Erbium', 'Feldspar', 'Gallium', 'Hematite'];
    const line = (name: string) => `new-lead "${name} Parallel" Kim kim@${name.toLowerCase()}.example`;
    const replies = await Promise.all(names.map((name, at) => type(at % 2 ? emma : ada, line(name))));
    const numbers = replies.map((reply) => /✅ (L-\d+)/.exec(said(reply))?.[1]);
    expect(new Set(numbers).size).toBe(names.length);
    expect(numbers).not.toContain(undefined);
    expect(await leadsNamed(' Parallel')).toHaveLength(names.length);
  });

  test('with nobody to talk to opens a form with what was said; a wrong address is said under its field', async () => {
    const outcome = await type(emma, 'new-lead "Formwork Ltd"');
    expect(outcome.body).toBe('');
    const view = modal(emma);
    expect(JSON.stringify(view?.blocks)).toContain('Formwork Ltd');
    const wrong = await service.slack.submit({ user: emma, team, values: { 'f:email': 'jane at formwork' } });
    expect(Object.keys(wrong.errors ?? {})).toEqual(['f:email']);
    expect(wrong.errors?.['f:email']).toMatch(/e-mail/i);
    expect(modal(emma)?.id).toBe(view?.id);
    expect(await leadsNamed('Formwork')).toHaveLength(0);
    const values = { 'f:email': 'jane@formwork.example' };
    const shown = await shownBy(emma, () => service.slack.submit({ user: emma, team, values }));
    expect(shown).toMatch(/✅ L-\d+ Formwork Ltd/);
    expect(modal(emma)).toBeUndefined();
    expect(await leadsNamed('Formwork')).toHaveLength(1);
    expectNoErrors();
  });

  test('leads on by its buttons: File plan and Judge open their forms', async () => {
    await type(emma, 'new-lead "Onward Motors" Kim kim@onward.example');
    for (const label of ['File plan', 'Judge']) {
      expect(await shownBy(emma, () => press(emma, label)), label).toContain('"type":"modal"');
      await service.slack.closeModal({ user: emma, team });
    }
    expectNoErrors();
  });
});

describe('people', () => {
  const memberOf = (userId: string) =>
    service.inOrg(async (tx) => {
      const rows = await tx
        .select({ name: members.name, roles: members.roles, locale: members.locale })
        .from(identities)
        .innerJoin(members, eq(members.id, identities.memberId))
        .where(eq(identities.externalUserId, userId));
      return rows[0];
    });

  test('somebody whose profile is Chinese reads and types Chinese', async () => {
    const outcome = await type(wei, '新建线索 远景机械厂 王敏 80万');
    expect(said(outcome)).toMatch(/L-\d+ 远景机械厂/);
    expect(said(outcome)).toMatch(/\p{Script=Han}{2,}/u);
    expect(said(outcome)).toMatch(/800,000/);
    expect(said(await type(wei, '待办'))).toMatch(/\p{Script=Han}{2,}/u);
    expectNoErrors();
  });

  test('a full member joins as rep at the first word, an owner as admin and manager', async () => {
    expect(await memberOf('U0NEWREP')).toBeUndefined();
    expect(said(await type('U0NEWREP', 'today'))).not.toBe('');
    expect(await memberOf('U0NEWREP')).toEqual({ name: 'Nina New', roles: ['rep'], locale: 'en' });
    await type('U0OWNER', 'today');
    expect((await memberOf('U0OWNER'))?.roles.toSorted()).toEqual(['admin', 'manager']);
    const outcome = await type('U0NEWZH', '今天');
    expect(await memberOf('U0NEWZH')).toMatchObject({ roles: ['rep'], locale: 'zh-CN' });
    expect(said(outcome)).toMatch(/\p{Script=Han}/u);
  });

  test.each(['U0GUEST', 'U0ULTRA', 'U0STRANGE', 'U0OTHERBOT'])(
    '%s, an outsider, gets in by no way at all',
    async (user) => {
      const before = await service.inOrg((tx) => tx.select({ id: members.id }).from(members));
      const typed = await type(user, 'new-lead "Outsider Ltd" Kim kim@outsider.example');
      expect(typed.status).toBe(200);
      expect(said(typed)).not.toMatch(/L-\d/);
      const ways = [
        () => service.slack.shortcut({ user, team, callbackId: 'open_crm' }),
        () => service.slack.openHome({ user, team }),
        () =>
          service.slack.mention({
            user,
            team,
            channel: 'C0WEST',
            text: 'new-lead "Outsider Ltd" Kim kim@o.example',
          }),
        () =>
          service.slack.say({
            user,
            team,
            channel: 'app',
            text: 'new-lead "Outsider Ltd" Kim kim@o.example',
          }),
      ];
      for (const way of ways) expect((await way()).status).toBe(200);
      await service.slack.drain();
      const dialogs = service.slack.modals(user, team).flatMap(({ blocks }) => blocks);
      expect(dialogs.filter((block) => block.type === 'input')).toEqual([]);
      expect(await leadsNamed('Outsider')).toHaveLength(0);
      expect(await service.inOrg((tx) => tx.select({ id: members.id }).from(members))).toHaveLength(
        before.length,
      );
      expect(JSON.stringify(service.slack.home(user, team) ?? '')).not.toMatch(/[LDC]-\d/);
    },
  );

  test('a workspace nobody connected is told so, and nothing happens', async () => {
    const outcome = await service.slack.command({ user: emma, team: 'T0UNKNOWN', text: 'today' });
    expect(outcome.status).toBe(200);
    expect(said(outcome)).toMatch(/not connected|未连接|不再连接/i);
    expect(said(outcome)).not.toMatch(/[LDC]-\d/);
  });
});

describe('other ways in', () => {
  test('opening the app’s page shows the day', async () => {
    const home = (user: string) => shownBy(user, () => service.slack.openHome({ user, team }));
    expect(await home(emma)).toMatch(/D-\d+/);
    expect(await home(wei)).toMatch(/\p{Script=Han}{2,}/u);
    expectNoErrors();
  });

  test('a mention in a thread is answered there, to that person alone', async () => {
    await service.slack.say({ user: ada, team, channel: 'C0WEST', text: 'Acme wants a price' });
    const root = service.slack.messages({ team, channel: 'C0WEST', user: ada }).findLast((one) => !one.isBot);
    const threadTs = root?.ts ?? '';
    const mention = () =>
      service.slack.mention({ user: emma, team, channel: 'C0WEST', threadTs, text: 'show D-1' });
    expect(await shownBy(emma, mention)).toContain('D-1');
    const answers = service.slack.messages({ team, channel: 'C0WEST', user: emma, threadTs });
    expect(answers.at(-1)).toMatchObject({ isBot: true, onlyFor: emma });
    expect(answers.at(-1)?.text).toContain('D-1');
    expect(service.slack.messages({ team, user: ada, threadTs }).some((one) => one.isBot)).toBe(false);
  });

  test('a line in the direct conversation is answered there', async () => {
    const say = () => service.slack.say({ user: emma, team, channel: 'app', text: 'show D-1' });
    expect(await shownBy(emma, say)).toContain('D-1');
  });

  test('“Log to CRM” on a message opens the form with its words as the note', async () => {
    await service.slack.say({
      user: ada,
      team,
      channel: 'C0WEST',
      text: 'Zhou likes the pilot, <b>really</b>',
    });
    const message = service.slack
      .messages({ team, channel: 'C0WEST', user: emma })
      .findLast((one) => !one.isBot);
    const log = () =>
      service.slack.shortcut({ user: emma, team, callbackId: 'log_message', ts: message?.ts ?? '' });
    expect(await shownBy(emma, log)).toContain('Zhou likes the pilot, <b>really</b>');
    await service.slack.closeModal({ user: emma, team });
  });

  test('the shortcut from the search bar opens a new lead', async () => {
    const open = () => service.slack.shortcut({ user: emma, team, callbackId: 'open_crm' });
    expect(await shownBy(emma, open)).toContain('New lead');
    await service.slack.closeModal({ user: emma, team });
  });

  test('nothing a customer is called turns into a mention, a link or markup', async () => {
    const name = '<!channel> *Bold* & Söhne <https://evil.example|x>';
    const outcome = await type(emma, `new-lead "${name}" Kim kim@nasty.example`);
    const { text, blocks } = outcome.body as { text: string; blocks: unknown };
    expect(text).not.toMatch(/<!|<@|<http/);
    expect(text).toContain('&lt;!channel&gt;');
    // Elements that only show text have no way to notify or link.
    expect(JSON.stringify(blocks)).not.toMatch(/"type":"(mrkdwn|link|user|broadcast|usergroup)"/);
    expect(await leadsNamed('& Söhne')).toHaveLength(1);
  });
});

describe('requests on the wire', () => {
  const send = (init: RequestInit) => fetch(`${service.url}/slack/events`, init);
  const auditRows = () => service.inOrg((tx) => tx.select({ id: audit.id }).from(audit));

  test('the same bytes a hundred times in parallel make one lead', async () => {
    const request = signed(commandBody('new-lead "Replayed Ltd" Kim kim@replayed.example'));
    const replies = await Promise.all(Array.from({ length: 100 }, () => send(request)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await leadsNamed('Replayed')).toHaveLength(1);
    const texts = await Promise.all(replies.map((reply) => reply.text()));
    expect(texts.filter((text) => /✅ L-\d+ Replayed/.test(text))).toHaveLength(1);
  });

  /** What two forms may well say, unlike two lines of one minute or two leads of one name. */
  test('the same form a hundred times in parallel is one touch', async () => {
    const note = 'asked for the pump curves';
    const payload = {
      type: 'view_submission',
      team: { id: team },
      user: { id: emma, team_id: team },
      view: {
        id: 'V0SAME',
        hash: 'h1',
        type: 'modal',
        callback_id: 'form',
        private_metadata: JSON.stringify({ p: { a: 'activities.log', i: { kind: 'call', subject: 'C-1' } } }),
        state: { values: { 'f:note': { v: { type: 'plain_text_input', value: note } } } },
      },
    };
    const request = signed(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
    const replies = await Promise.all(Array.from({ length: 100 }, () => send(request)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    const touches = service.inOrg((tx) => tx.select().from(activities).where(eq(activities.note, note)));
    expect(await touches).toHaveLength(1);
  });

  test('forged, altered, stale and future ones are refused with 401 and do nothing', async () => {
    const before = (await auditRows()).length;
    const body = commandBody('new-lead "Forged Ltd" Kim kim@forged.example');
    const now = Math.floor(Date.now() / 1000);
    const good = signed(body).headers as Record<string, string>;
    const forged: RequestInit[] = [
      { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      signed(body, { secret: `${secret}x` }),
      { ...signed(body), body: `${body}&x=1` },
      signed(body, { at: now - 330 }),
      signed(body, { at: now + 330 }),
      signed(body, { headers: { 'x-slack-signature': 'v0=' } }),
      signed(body, { headers: { 'x-slack-signature': `v1=${'0'.repeat(64)}` } }),
      signed(body, { headers: { 'x-slack-signature': `v0=${'0'.repeat(64)}` } }),
      signed(body, { headers: { 'x-slack-request-timestamp': 'now' } }),
      signed(body, { headers: { 'x-slack-request-timestamp': String(now + 1) } }),
      { ...signed(body), headers: { ...good, 'x-slack-signature': `${good['x-slack-signature']}, x` } },
      {
        ...signed(body),
        headers: { ...good, 'x-slack-signature': good['x-slack-signature']?.toUpperCase() ?? '' },
      },
    ];
    const statuses = await Promise.all(forged.map(async (init) => (await send(init)).status));
    expect(statuses).toEqual(forged.map(() => 401));
    expect(await leadsNamed('Forged')).toHaveLength(0);
    expect(await auditRows()).toHaveLength(before);
  });

  test('within five minutes either way is taken', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const at of [now - 290, now + 290]) {
      expect((await send(signed(commandBody('today'), { at }))).status).toBe(200);
    }
  });

  test('too large is 413, even unsigned; malformed is 400; unroutable gets a helpful 200', async () => {
    const huge = 'x'.repeat(2 * 1024 * 1024);
    expect((await send(signed(huge))).status).toBe(413);
    expect((await send({ method: 'POST', body: huge })).status).toBe(413);
    const json = { type: 'application/json' };
    for (const [body, options] of [
      ['{not json', json],
      ['payload=%7Bnot', {}],
      ['payload=[]', {}],
    ] as const) {
      expect((await send(signed(body, options))).status, body).toBe(400);
    }
    const unknown = await send(signed(commandBody('today', { command: '/other' })));
    expect(unknown.status).toBe(200);
    expect(await unknown.text()).toMatch(/help/);
    const payload = {
      type: 'block_actions',
      team: { id: team },
      user: { id: emma, team_id: team },
      trigger_id: 'x.1',
      actions: [{ type: 'button', action_id: 'of-another-app', block_id: 'b', value: '{"a":"nope","i":{}}' }],
    };
    const foreign = await send(signed(`payload=${encodeURIComponent(JSON.stringify(payload))}`));
    expect(foreign.status).toBe(200);
    expect((await foreign.text()).length).toBeGreaterThan(10);
  });

  test('the address check is answered', async () => {
    const outcome = await service.slack.verifyUrl();
    expect(outcome.ok).toBe(true);
  });

  test('a repeated event is answered once', async () => {
    await service.slack.say({
      user: emma,
      team,
      channel: 'app',
      text: 'new-lead "Event Ltd" Kim kim@event.example',
    });
    await service.slack.drain();
    const [delivery] = service.slack.events.list().slice(-1);
    for (let time = 0; time < 3; time += 1) await service.slack.events.repeat(String(delivery?.eventId));
    await service.slack.drain();
    expect(await leadsNamed('Event Ltd')).toHaveLength(1);
  });
});

test('nothing went wrong on the way', expectNoErrors);
