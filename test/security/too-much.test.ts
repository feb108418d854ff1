import { like } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { leads } from '../../src/features/sales/leads/tables.ts';
import { createTurns } from '../../src/infra/turns.ts';
import { runOperatorCommand } from '../../src/operator/run.ts';
import { endlessTurns } from '../controls/endless-turns.ts';
import { commandBody, type Service, signed, startService, team } from '../journeys/service.ts';

const emma = 'U0EMMACLARK';
const english = /Not done: your company asks for too much at once\. Try again in \d+ seconds?\./;
const chinese = /未执行：.*请在 \d+ 秒后重试。/;

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterEach(() => {
  service.app.engine.turns = endlessTurns;
});
afterAll(() => service?.close());

const type = (text: string) => service.slack.command({ user: emma, team, text });
const leadsNamed = (part: string) =>
  service.inOrg((tx) =>
    tx
      .select()
      .from(leads)
      .where(like(leads.company, `%${part}%`)),
  );

/** As if the organization had used up all its turns beside another one; it has them again when told. */
function usedUp(): { again(): void } {
  const clock = { ms: 0 };
  const turns = createTurns({ perSecond: 1, nowMs: () => clock.ms });
  turns.take('another organization');
  turns.take(service.orgId);
  turns.take(service.orgId);
  service.app.engine.turns = turns;
  return {
    again: () => {
      clock.ms += 60_000;
    },
  };
}

async function newKey(): Promise<string> {
  const lines: string[] = [];
  const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
  const args = ['api-key', 'create', '--role', 'rep'];
  await runOperatorCommand({ core: service.app, args, cwd: '/', out });
  return lines[0] ?? '';
}

describe('an organization that does too much at once', () => {
  test('reads so in both languages when a line is typed, and the same line works later', async () => {
    const turns = usedUp();
    const body = commandBody('new-lead "Flood Pumps" Jane jane@flood.example 80k');
    const send = () => fetch(`${service.url}/slack/events`, signed(body));
    const refused = await send();
    const text = String(((await refused.json()) as { text?: string }).text);
    expect(refused.status).toBe(200);
    expect(text).toMatch(english);
    expect(text).toMatch(chinese);
    expect(await leadsNamed('Flood')).toEqual([]);
    turns.again();
    // The very same delivery: what was refused does not count as received.
    expect(await (await send()).text()).toMatch(/L-\d+/);
    expect(await leadsNamed('Flood')).toHaveLength(1);
  });

  test('keeps the form it filled in, with what is in it', async () => {
    await type('new-lead');
    const turns = usedUp();
    const values = { 'f:company': 'Brim Pumps', 'f:contactName': 'Jane', 'f:email': 'jane@brim.example' };
    const refused = await service.slack.submit({ user: emma, team, values });
    expect(JSON.stringify(refused.body)).toMatch(english);
    expect(service.slack.modals(emma, team).length).toBeGreaterThan(0);
    expect(await leadsNamed('Brim')).toEqual([]);
    turns.again();
  });

  test('has its events taken, is told of what it said to the app, and keeps the home screen it has', async () => {
    await service.slack.openHome({ user: emma, team });
    await service.slack.drain();
    const home = JSON.stringify(service.slack.home(emma, team));
    const published = () => service.slack.calls().filter(({ method }) => method === 'views.publish').length;
    const before = published();
    expect(before).toBeGreaterThan(0);
    usedUp();
    const opened = await service.slack.openHome({ user: emma, team });
    const said = await service.slack.mention({ user: emma, team, channel: 'C0WEST', text: 'today' });
    await service.slack.drain();
    expect([opened, said].map(({ status }) => status)).toEqual([200, 200]);
    expect(published()).toBe(before);
    expect(JSON.stringify(service.slack.home(emma, team))).toBe(home);
    expect(service.slack.messages({ team, user: emma }).at(-1)?.text).toMatch(english);
  });

  test('gets 429 with the wait as a program, while health is free', async () => {
    const key = await newKey();
    const call = (path: string, init: RequestInit = {}) =>
      fetch(`${service.url}${path}`, { ...init, headers: { authorization: `Bearer ${key}` } });
    const act = () =>
      call('/api/v1/actions/leads.create', {
        method: 'POST',
        body: JSON.stringify({ company: 'Spill Pumps', contactName: 'Jane', email: 'jane@spill.example' }),
      });
    const turns = usedUp();
    const answers = [
      await act(),
      await call('/api/v1/lookups/contact?q=a'),
      await call('/documents/quotes.show?quote=Q-1'),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.text()).toMatch(english);
    }
    expect(await leadsNamed('Spill')).toEqual([]);
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await call(path)).status, path).toBe(200);
    turns.again();
    expect((await act()).status).toBe(200);
  });
});
