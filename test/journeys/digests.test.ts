import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Child, freePort, run } from './child.ts';

interface Message {
  ts: string;
  text: string;
  summary: string;
  edits: number;
  channel: string;
}

const tom = { slack: 'U0TOMBECKER', teams: '0e000000-0000-4000-8000-000000000002' };
const emma = 'U0EMMACLARK';

/** The service, both chat apps and the demo clock, as they run from `npm start`. */
describe('a morning in the playground', () => {
  const home = mkdtempSync(join(tmpdir(), 'parley-digests-'));
  let service: Child;
  let base = '';
  let monday = '';

  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    service = run('start', [], { PORT: String(port), DATA_DIR: join(home, 'data'), PUBLIC_URL: base });
    await service.until('/playground', 120_000);
    const today = new Date();
    today.setUTCDate(today.getUTCDate() + ((8 - today.getUTCDay()) % 7 || 7));
    monday = today.toISOString().slice(0, 10);
  }, 180_000);
  afterAll(async () => {
    service?.kill('SIGTERM');
    await service?.exited;
    rmSync(home, { recursive: true, force: true });
  });

  async function post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    expect(response.status, text).toBe(200);
    return JSON.parse(text);
  }
  const slack = (name: string, body: unknown) => post(`/playground/slack/_control/${name}`, body);
  const teams = (name: string, body: unknown) => post(`/playground/teams/_control/${name}`, body);
  async function messages(path: string): Promise<Message[]> {
    const response = await fetch(`${base}/playground/${path}`);
    return ((await response.json()) as { messages: Message[] }).messages;
  }
  const inSlack = (channel: string) =>
    messages(`slack/_control/messages?channel=${channel}&user=${tom.slack}`);
  const inTeams = (name: string) =>
    messages(`teams/_control/messages?conversation=${encodeURIComponent(name)}&user=${tom.teams}`);
  const digestsIn = (all: Message[]) =>
    all.filter((one) => /^West · as of/.test(one.text ?? '') || /^West · as of/.test(one.summary ?? ''));
  async function until<T>(look: () => Promise<T[]>, count: number): Promise<T[]> {
    for (let tries = 0; tries < 100; tries++) {
      const found = await look();
      if (found.length >= count) return found;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return look();
  }
  const moveTo = (to: string) => post('/playground/clock', { to });

  /** Two chat apps and a service on a busy machine. */
  const slow = 180_000;

  test(
    'a digest set in both panes comes to each once, when the clock is moved to the next morning',
    async () => {
      await slack('command', {
        user: tom.slack,
        channel: 'sales-west',
        text: 'digest here daily 09:00 group:West',
      });
      await teams('say', {
        user: tom.teams,
        conversation: 'sales-west',
        text: '@CRM digest here daily 09:00 group:West',
      });
      await moveTo(`${monday}T08:50:00Z`);
      const found = await until(async () => digestsIn(await inSlack('sales-west')), 1);
      const inOther = await until(async () => digestsIn(await inTeams('sales-west')), 1);
      expect(found.filter(({ text }) => /as of Mon /.test(text))).toHaveLength(1);
      expect(inOther.filter(({ summary }) => /as of Mon /.test(summary))).toHaveLength(1);
    },
    slow,
  );

  test(
    'a row that is done is struck through where it stands, and a number opens its list',
    async () => {
      const own = async () =>
        (await messages(`slack/_control/messages?user=${emma}`)).filter(({ text }) =>
          text.startsWith('Good morning Emma Clark'),
        );
      const [list] = (await until(own, 1)).slice(-1);
      if (!list) throw new Error('no morning list');
      const at = { user: emma, channel: list.channel, ts: list.ts };
      await slack('press', { ...at, label: 'Done' });
      const [after] = await until(
        async () => (await own()).filter(({ ts, edits }) => ts === list.ts && edits > 0),
        1,
      );
      expect(after?.text).toContain('✓ 🔴');
      await slack('press', { ...at, label: 'without a plan 1' });
      const opened = async () =>
        (await messages(`slack/_control/messages?user=${emma}`)).filter(({ text }) =>
          /without a plan 1\n.*1 record/.test(text),
        );
      expect(await until(opened, 1)).toHaveLength(1);
    },
    slow,
  );

  test(
    'whoever set up a channel that was archived is told once, and nothing is tried again and again',
    async () => {
      await slack('fault', { kind: 'archived_channel', channel: 'C0WEST' });
      const refusals = async () => {
        const response = await fetch(`${base}/playground/slack/_control/calls`);
        const { calls } = (await response.json()) as { calls: { method: string; error?: string }[] };
        const refused = calls.filter(({ error }) => error === 'is_archived').map(({ method }) => method);
        // An edit of what stands there may have met the refusal first; it says nothing of new messages.
        return refused.filter((method) => method !== 'chat.update');
      };
      const next = new Date(`${monday}T08:50:00Z`);
      next.setUTCDate(next.getUTCDate() + 3);
      await moveTo(next.toISOString());
      const told = async () =>
        (await messages(`slack/_control/messages?user=${tom.slack}`)).filter(
          ({ text }) => /#sales-west/.test(text) && /archived/i.test(text),
        );
      const notices = await until(told, 1);
      expect(notices.map(({ text }) => text)).toHaveLength(1);
      expect(await refusals()).toEqual(['chat.postMessage']);
      const others = async () => (await inTeams('sales-west')).filter(({ summary }) => /as of/.test(summary));
      expect((await until(others, 2)).length).toBeGreaterThan(1);
    },
    slow,
  );
});
