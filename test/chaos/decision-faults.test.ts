import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { approvals } from '../../src/features/org/approvals/tables.ts';
import { testDatabaseKind } from '../support/database.ts';
import { cardsOf, saysOutcome, until } from './decision-run.ts';
import { decisionStage, desk, type Stage, type Team, type Waiting } from './decision-stage.ts';
import { slack, teams } from './people.ts';

/** What goes wrong after or beside a decision changes nothing about it. Two processes need a server. */
describe.skipIf(testDatabaseKind() !== 'postgres')('a decision on Postgres', () => {
  let stage: Stage;
  let team: Team;

  beforeAll(async () => {
    const script = join(import.meta.dirname, 'decisions-process.ts');
    stage = await decisionStage({ script, teams: 1, perTeam: 1, withDesk: true });
    const [first] = stage.waiting;
    if (!first) throw new Error('nobody asked');
    team = first.team;
  }, 180_000);
  afterAll(() => stage?.close());
  afterEach(() => {
    stage.slack.faults.clear();
    stage.teams.faults.clear();
  });

  /** A request whose cards are up in the three direct messages and both desks. */
  async function shown(): Promise<Waiting> {
    const waiting = await stage.ask(team);
    const isUp = async () =>
      cardsOf(stage, waiting).length === 3 && desks(waiting.number).every(({ length }) => length === 1);
    if (!(await until(isUp))) throw new Error(`no cards of ${waiting.number}`);
    return waiting;
  }
  const about = (messages: readonly unknown[], number: string) =>
    messages.filter((message) => new RegExp(`\\b${number}\\b[^"]{0,12}15`).test(JSON.stringify(message)));
  /** Cards of a request in both desks, threads left out. */
  function desks(number: string) {
    const inSlack = stage.slack.messages({ team: slack.team, channel: desk.slack });
    const inTeams = stage.teams.messages({ conversation: desk.teams });
    return [
      about(
        inSlack.filter(({ threadTs }) => threadTs === undefined),
        number,
      ),
      about(
        inTeams.filter(({ replyTo }) => replyTo === undefined),
        number,
      ),
    ] as const;
  }

  async function approveOnPage({ number }: Waiting): Promise<string> {
    const url = stage.urls[1];
    const press = { a: 'approvals.approve', i: { approval: number, terms: 1 } };
    const answer = await fetch(`${url}/api/v1/interactions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: `parley=${team.onPage.cookie}`, origin: url },
      body: JSON.stringify({ kind: 'press', press }),
    });
    return answer.text();
  }
  async function statusOf({ number }: Waiting): Promise<string | undefined> {
    const [row] = await stage.inOrg((tx) =>
      tx
        .select({ status: approvals.status })
        .from(approvals)
        .where(and(eq(approvals.orgId, stage.orgId), eq(approvals.number, Number(number.slice(2))))),
    );
    return row?.status;
  }
  const isSettled = (waiting: Waiting) => async () =>
    cardsOf(stage, waiting).every((card) => saysOutcome(card, team.onPage.name)) &&
    desks(waiting.number).every((cards) =>
      cards.every((card) => saysOutcome(JSON.stringify(card), team.onPage.name)),
    );

  test.each(['slack', 'teams'] as const)(
    'is shown there when %s is back, and meanwhile everywhere else',
    async (platform) => {
      const waiting = await shown();
      if (platform === 'slack') stage.slack.faults.add({ kind: '500', method: 'chat.update' });
      else stage.teams.faults.add({ kind: '500', operation: 'update' });
      await approveOnPage(waiting);
      expect(await statusOf(waiting)).toBe('approved');
      const isOfOther = (card: string) => card.includes('"channel"') === (platform === 'teams');
      const others = () => cardsOf(stage, waiting).filter(isOfOther);
      expect(await until(async () => others().every((card) => saysOutcome(card, team.onPage.name)))).toBe(
        true,
      );
      const behind = cardsOf(stage, waiting).filter((card) => !isOfOther(card));
      expect(behind.some((card) => saysOutcome(card, team.onPage.name))).toBe(false);
      stage.slack.faults.clear();
      stage.teams.faults.clear();
      expect(await until(isSettled(waiting), 60_000)).toBe(true);
    },
    180_000,
  );

  test('stands when its cards were deleted, and the desks read it below them', async () => {
    const waiting = await shown();
    await deleteSlackCards(waiting);
    await deleteTeamsCard(waiting);
    const before = said();
    await approveOnPage(waiting);
    expect(await statusOf(waiting)).toBe('approved');
    const isSaid = async () => said().every((count, index) => count === (before[index] ?? 0) + 1);
    expect(await until(isSaid)).toBe(true);
    const later = await shown();
    expect(cardsOf(stage, later)).toHaveLength(3);
  }, 180_000);

  /** How often each desk reads that the request was approved. */
  function said(): number[] {
    const line = new RegExp(`${team.onPage.name}\\W* approved`);
    const inSlack = stage.slack.messages({ team: slack.team, channel: desk.slack });
    const inTeams = stage.teams.messages({ conversation: desk.teams });
    return [inSlack, inTeams].map((all) => all.filter((one) => line.test(JSON.stringify(one))).length);
  }
  async function deleteSlackCards({ number }: Waiting): Promise<void> {
    const all = stage.slack.messages({ team: slack.team, all: true });
    for (const { channel, ts } of about(all, number) as { channel: string; ts: string }[]) {
      const answer = await fetch(`${stage.slackUrl}/api/chat.delete`, {
        method: 'POST',
        headers: { authorization: `Bearer ${slack.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ channel, ts }),
      });
      expect(await answer.json()).toMatchObject({ ok: true });
    }
  }
  async function deleteTeamsCard({ number }: Waiting): Promise<void> {
    const granted = await fetch(`${stage.teamsUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: teams.appId,
        client_secret: teams.appSecret,
        scope: 'https://api.botframework.com/.default',
      }),
    });
    const { access_token: token } = (await granted.json()) as { access_token: string };
    for (const { id } of desks(number)[1] as { id: string }[]) {
      const path = `v3/conversations/${encodeURIComponent(desk.teams)}/activities/${encodeURIComponent(id)}`;
      const answer = await fetch(`${stage.teamsUrl}/${path}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBeLessThan(300);
    }
  }

  test('is asked for with one card in Slack when the answer to it was lost', async () => {
    stage.slack.faults.add({ kind: 'lost_answer', method: 'chat.postMessage', count: 3, lostAs: 'abort' });
    const waiting = await shown();
    // Long enough for whoever did not find it to have sent it again.
    await sleep(5000);
    expect(stage.slack.faults.struck().lost_answer).toBe(3);
    const everywhere = about(stage.slack.messages({ team: slack.team, all: true }), waiting.number);
    const places = (everywhere as { channel: string }[]).map(({ channel }) => channel);
    expect(new Set(places).size).toBe(3);
    expect(places).toHaveLength(3);
  }, 180_000);

  test('asked for in Teams is never missed when the answer to its card was lost', async () => {
    stage.teams.faults.add({ kind: 'lost_answer', operation: 'post', count: 1 });
    const waiting = await stage.ask(team);
    const isUp = async () =>
      about(stage.teams.messages({ conversation: desk.teams }), waiting.number).length > 0;
    expect(await until(isUp)).toBe(true);
    await approveOnPage(waiting);
    expect(await statusOf(waiting)).toBe('approved');
  }, 180_000);
});
