import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Child, freePort, gesture, run } from './child.ts';

interface SlackMessage {
  ts: string;
  channel: string;
  text: string;
  threadTs?: string;
  edits: number;
  isDeleted: boolean;
  onlyFor?: string;
  blocks?: unknown;
}

interface TeamsMessage {
  id: string;
  conversation: string;
  cards: unknown[];
  replyTo?: string;
  onlyFor?: string;
}

/** A message in either chat as people see it. */
interface Seen {
  id: string;
  place: string;
  /** The message it stands under. */
  under: string | undefined;
  words: string;
  buttons: string[];
}

const emma = { slack: 'U0EMMACLARK', teams: '0e000000-0000-4000-8000-000000000003' };
const tom = { slack: 'U0TOMBECKER', teams: '0e000000-0000-4000-8000-000000000002' };
const ada = { slack: 'U0ADAYOUNG', teams: '0e000000-0000-4000-8000-000000000001' };
const desk = { slack: 'C0DEALDESK', teams: '19:deal-desk@thread.tacv2' };
const deciding = ['Approve', 'Approve less…', 'Reject…'];

/** The service and both chat apps, as they run from `npm start`: asked for in one, decided in the other. */
describe('a discount that is asked for in Slack and decided in Teams', () => {
  const home = mkdtempSync(join(tmpdir(), 'parley-approvals-'));
  let service: Child;
  let base = '';

  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}/playground`;
    const env = { PORT: String(port), DATA_DIR: join(home, 'data'), PUBLIC_URL: `http://127.0.0.1:${port}` };
    service = run('start', [], env);
    await service.until('/playground', 180_000);
  }, 240_000);
  afterAll(async () => {
    service?.kill('SIGTERM');
    await service?.exited;
    rmSync(home, { recursive: true, force: true });
  });

  const slack = (name: string, body: object) => gesture(`${base}/slack`, name, body);
  const teams = (name: string, body: object) => gesture(`${base}/teams`, name, body);

  async function read<T>(path: string): Promise<T[]> {
    const response = await fetch(`${base}/${path}`);
    return ((await response.json()) as { messages: T[] }).messages;
  }

  /** Everything that stands in Slack for everybody, oldest first. */
  async function inSlack(): Promise<Seen[]> {
    const all = await read<SlackMessage>('slack/_control/messages?all=1');
    return all
      .filter(({ onlyFor, isDeleted }) => onlyFor === undefined && !isDeleted)
      .map(({ ts, channel, text, threadTs, blocks }) => ({
        id: ts,
        place: channel,
        under: threadTs,
        words: text,
        buttons: wordsIn(blocks, (node) => node.type === 'button'),
      }));
  }

  /** The same in Teams, in the places where Tom is. */
  async function inTeams(): Promise<Seen[]> {
    const all = await read<TeamsMessage>(`teams/_control/messages?user=${tom.teams}`);
    return all
      .filter(({ onlyFor }) => onlyFor === undefined)
      .map(({ id, conversation, cards, replyTo }) => ({
        id,
        place: conversation,
        under: replyTo,
        words: wordsIn(cards, (node) => !isAction(node)).join(''),
        buttons: wordsIn(cards, isAction),
      }));
  }

  async function until<T>(look: () => Promise<T[]>, fits: (found: T[]) => boolean): Promise<T[]> {
    for (let tries = 0; tries < 150; tries++) {
      const found = await look();
      if (fits(found)) return found;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return look();
  }

  /** The cards of a request, not what stands in threads and is told beside them. */
  const cardsOf = (all: Seen[], number: string) =>
    all.filter(
      ({ words, under }) => under === undefined && words.includes(`${number} `) && /asked/.test(words),
    );
  const threadOf = (all: Seen[], card: Seen | undefined) => all.filter(({ under }) => under === card?.id);
  const onDesk = (all: Seen[]) => all.find(({ place }) => place === desk.slack || place === desk.teams);

  /** Types a line and gives the text of the answer. */
  async function says(user: string, text: string): Promise<string> {
    const answer = await slack('command', { user, channel: 'general', text });
    return String((answer.body as { text?: string } | undefined)?.text ?? JSON.stringify(answer));
  }

  /** Emma asks for 15 % on a deal of her own; gives the numbers once the card stands on both desks. */
  async function ask(deal: string): Promise<{ deal: string; number: string }> {
    const made = await says(emma.slack, `deal "Acme Hydraulics" "${deal}" EUR 95k close:+20d`);
    const number = /D-\d+/.exec(made)?.[0] ?? '';
    const asked = await says(emma.slack, `discount ${number} 15% -- match Grundfos bid`);
    expect(asked).toContain('EUR 95,000 → EUR 80,750');
    const approval = /A-\d+/.exec(asked)?.[0] ?? '';
    return { deal: number, number: approval };
  }

  async function standing(number: string): Promise<{ slackDesk: Seen; teamsDesk: Seen }> {
    const slackDesk = onDesk(await until(async () => cardsOf(await inSlack(), number), hasDesk));
    const teamsDesk = onDesk(await until(async () => cardsOf(await inTeams(), number), hasDesk));
    if (!slackDesk || !teamsDesk) throw new Error(`${number} is not on both desks`);
    return { slackDesk, teamsDesk };
  }
  const hasDesk = (all: Seen[]) => onDesk(all) !== undefined;

  /** Tom presses "Approve less…" on a card in Teams and fills in what opens. */
  async function counter(card: Seen, values: object): Promise<Record<string, unknown>> {
    const opened = await teams('submit', { user: tom.teams, message: card.id, action: 'Approve less…' });
    if (opened.error) return opened;
    return teams('dialog-submit', { user: tom.teams, action: 'Approve', values });
  }

  const tooLate = /already approved with less, by \W*Tom Becker.*Nothing was changed/;
  const isOver = ({ buttons }: Seen) => deciding.every((label) => !buttons.includes(label));
  const allOver = (all: Seen[]) => all.length > 0 && all.every(isOver);

  /** A service and both chat apps on a busy machine. */
  const slow = 180_000;
  let deal = '';
  let number = '';
  let onTeamsDesk: Seen;

  test(
    'stands as the same card on both deal desks and with whoever decides',
    async () => {
      // Teams knows where somebody is from the first word they say there.
      await teams('say', { user: tom.teams, text: 'today' });
      ({ deal, number } = await ask('Booster pumps'));
      const { slackDesk, teamsDesk } = await standing(number);
      onTeamsDesk = teamsDesk;
      const all = [...cardsOf(await inSlack(), number), ...cardsOf(await inTeams(), number)];
      expect(all.length).toBeGreaterThan(2);
      for (const { words, buttons } of all) {
        expect(words).toContain(`${number} 15% off (85折)`);
        expect(words).toContain('match Grundfos bid');
        expect(words).toContain('decides: Tom Becker');
        expect(buttons).toEqual(expect.arrayContaining(deciding));
      }
      expect(slackDesk.words).toContain('EUR 80,750');
      expect(await says(emma.slack, `discount ${deal} 12%`)).toContain(`${number} is already open`);
    },
    slow,
  );

  test(
    'is not decided by whoever asked, nor by a form that says no number',
    async () => {
      const own = await teams('execute', { user: emma.teams, message: onTeamsDesk.id, action: 'Approve' });
      expect(JSON.stringify(own)).toContain('is your own request');
      await counter(onTeamsDesk, { 'f:note': 'hold 12' });
      await teams('dialog-close', { user: tom.teams });
      expect(await says(emma.slack, `show ${number}`)).toContain('decides: Tom Becker');
    },
    slow,
  );

  test(
    'is granted with less in Teams, and every card in both chats says by whom and has no buttons left',
    async () => {
      await counter(onTeamsDesk, { 'f:percent': '12%', 'f:note': 'hold 12' });
      const there = await until(async () => cardsOf(await inTeams(), number), allOver);
      const here = await until(async () => cardsOf(await inSlack(), number), allOver);
      for (const { words, buttons } of [...there, ...here]) {
        expect(words).toMatch(/Approved 12% instead of 15% by .*Tom Becker/);
        expect(words).toContain('hold 12');
        expect(words).toContain('EUR 95,000 → EUR 83,600');
        expect(buttons).toEqual([`Open ${deal}`]);
      }
      for (const { words } of there) expect(words).not.toContain('in the other chat');
      for (const { words } of here) expect(words).toContain('in the other chat');
      for (const { words } of [...there, ...here]) expect(words).not.toMatch(/Slack|Teams/);
    },
    slow,
  );

  test(
    'keeps its log under both desk cards, tells Emma once and sets the amount of the deal',
    async () => {
      for (const look of [inSlack, inTeams]) {
        const thread = await until(
          async () => {
            const all = await look();
            return threadOf(all, onDesk(cardsOf(all, number)));
          },
          (found) => found.length > 0,
        );
        expect(thread.map(({ words }) => words)).toEqual([
          `${number} · Tom Becker agreed to 12% instead: “hold 12”`,
        ]);
      }
      const toldEmma = async () =>
        (await inSlack()).filter(({ words }) => words.includes(`${number}: Approved 12%`));
      const told = await until(toldEmma, (found) => found.length > 0);
      expect(told).toHaveLength(1);
      expect(told[0]?.words).toContain('in the other chat');
      expect(await says(emma.slack, `show ${deal}`)).toContain('Amount: EUR 83,600');
    },
    slow,
  );

  test(
    'answers who decided to whoever types it once more, and changes nothing',
    async () => {
      for (const line of [`approve ${number}`, `approve ${number} 5%`]) {
        expect(await says(tom.slack, line)).toMatch(tooLate);
      }
      expect(await says(emma.slack, `show ${deal}`)).toContain('Amount: EUR 83,600');
    },
    slow,
  );

  test(
    'is decided while Slack is down, a click on a card from before learns of it, and Slack catches up',
    async () => {
      const asked = await ask('Valves');
      const { slackDesk, teamsDesk } = await standing(asked.number);
      await slack('fault', { kind: '500' });
      await counter(teamsDesk, { 'f:percent': '10%' });
      await until(async () => cardsOf(await inTeams(), asked.number), allOver);
      const stale = cardsOf(await inSlack(), asked.number).filter((card) => !isOver(card));
      expect(stale.map(({ id }) => id)).toContain(slackDesk.id);
      const click = { user: tom.slack, channel: slackDesk.place, ts: slackDesk.id, label: 'Approve' };
      await slack('press', click);
      // What a click leads to is shown once Slack has its answer.
      const toTom = async () => {
        const all = await read<SlackMessage>(`slack/_control/messages?user=${tom.slack}`);
        const told = all.filter(({ onlyFor }) => onlyFor === tom.slack);
        return told.filter(({ text }) => text.includes(asked.number) && tooLate.test(text));
      };
      expect(await until(toTom, (found) => found.length > 0)).toHaveLength(1);

      await slack('fault', { clear: true });
      const here = await until(async () => cardsOf(await inSlack(), asked.number), allOver);
      for (const { words } of here) expect(words).toMatch(/Approved 10% instead of 15% by .*Tom Becker/);
      const thread = async () => threadOf(await inSlack(), slackDesk);
      expect(await until(thread, (found) => found.length > 0)).toHaveLength(1);
      expect(await says(emma.slack, `show ${asked.deal}`)).toContain('Amount: EUR 85,500');
    },
    slow,
  );

  test(
    'is decided although its cards were deleted: what became of it is told where they stood',
    async () => {
      const asked = await ask('Filters');
      const { slackDesk, teamsDesk } = await standing(asked.number);
      await slack('delete', { user: ada.slack, channel: slackDesk.place, ts: slackDesk.id });
      await teams('delete', { user: ada.teams, message: teamsDesk.id });
      expect(await says(tom.slack, `reject ${asked.number} -- no budget this quarter`)).toContain(
        `Rejected: ${asked.number}`,
      );
      const news = `${asked.number} · Tom Becker rejected: “no budget this quarter”`;
      for (const [look, place] of [
        [inSlack, desk.slack],
        [inTeams, desk.teams],
      ] as const) {
        const told = async () => (await look()).filter((one) => one.place === place && one.words === news);
        expect(await until(told, (found) => found.length > 0)).toHaveLength(1);
      }
      expect(await says(emma.slack, `show ${asked.deal}`)).toContain('Amount: EUR 95,000');
    },
    slow,
  );
});

const isAction = ({ type }: Record<string, unknown>) =>
  typeof type === 'string' && type.startsWith('Action.');

/** Texts and titles of the nodes that fit, in the order of the page. */
function wordsIn(value: unknown, fits: (node: Record<string, unknown>) => boolean): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => wordsIn(one, fits));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  const own = [node.title, node.text].map((one) => textOf(one)).filter((one) => one !== undefined);
  const inner = Object.values(node).flatMap((one) => wordsIn(one, fits));
  return fits(node) ? [...own, ...inner] : inner;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const text = (value as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text : undefined;
}
