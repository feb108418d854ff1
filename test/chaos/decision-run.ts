import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import { approvals } from '../../src/features/org/approvals/tables.ts';
import { deals } from '../../src/features/sales/deals/tables.ts';
import { ImpossibleGesture } from '../../src/playground/impossible-gesture.ts';
import { rowsOf } from '../../src/store/tx.ts';
import { desk, nameOf, type Stage, type Waiting } from './decision-stage.ts';
import { slack } from './people.ts';

export interface Raced {
  rounds: number;
  /** Requests without exactly one answer: log, history and grant agree. */
  notOnce: string[];
  /** Cards that still wait, or say something else than the answer. */
  wrongCards: string[];
  /** People who pressed too late and were not told who was first. */
  untold: string[];
  /** How often each place was first. */
  first: Record<string, number>;
  /** Rounds in which somebody came after the card was edited, and pressed nothing. */
  late: number;
}

const longestWaitMs = 30_000;
type Place = 'slack' | 'teams' | 'page' | 'typed';
/** The card had the answer, and no button any more, before it could be pressed. */
const gone = 'gone';

/** Presses everything that waits at four places within 10 ms each, and asks the platforms what people saw. */
export async function race(
  stage: Stage,
  random: () => number,
  { isOnlyCounted = false }: { /** Nobody waits for what people read of it. */ isOnlyCounted?: boolean } = {},
): Promise<Raced> {
  const result: Raced = { rounds: 0, notOnce: [], wrongCards: [], untold: [], first: {}, late: 0 };
  // Asked of the database: looking through every message again and again would keep the stand-ins from answering.
  await until(() => isDelivered(stage), longestWaitMs + stage.waiting.length * 1_000);
  const lacking = stage.waiting.filter((one) => cardsOf(stage, one).length !== 3);
  if (lacking.length > 0) throw new Error(`not three cards of ${lacking.map(({ number }) => number)}`);
  const answers: { waiting: Waiting; texts: Record<Place, string> }[] = [];
  for (const waiting of stage.waiting) {
    answers.push({ waiting, texts: await pressEverywhere(stage, waiting, random) });
    result.rounds += 1;
  }
  result.late = answers.filter(({ texts }) => Object.values(texts).includes(gone)).length;
  for (const { waiting, texts } of answers) {
    const outcome = await outcomeOf(stage, waiting);
    if (!outcome.isOnce) result.notOnce.push(`${waiting.number}: ${outcome.said}`);
    const { first, name } = outcome;
    result.first[first] = (result.first[first] ?? 0) + 1;
    if (isOnlyCounted) continue;
    const isTold = () =>
      (['slack', 'teams', 'page', 'typed'] as const).every(
        (place) => place === first || tells(stage, waiting, place, texts[place], name),
      );
    if (!(await until(async () => isTold(), 10_000)))
      result.untold.push(`${waiting.number} (${first} was first): ${JSON.stringify(texts)}`);
    const areRight = async () => cardsOf(stage, waiting).every((card) => saysOutcome(card, name));
    if (!(await until(areRight)))
      result.wrongCards.push(
        `${waiting.number}: ${cardsOf(stage, waiting).find((card) => !saysOutcome(card, name))}`,
      );
  }
  return result;
}

async function isDelivered(stage: Stage): Promise<boolean> {
  const rows = await stage.inOrg((tx) =>
    rowsOf<{ queued: number }>(
      tx,
      sql`select count(*)::int as queued from outbox where org_id = ${stage.orgId} and state in ('ready', 'sending')`,
    ),
  );
  return rows[0]?.queued === 0;
}

async function pressEverywhere(
  stage: Stage,
  { team, number }: Waiting,
  random: () => number,
): Promise<Record<Place, string>> {
  const press = { a: 'approvals.approve', i: { approval: number, terms: 1 } };
  const { inSlack, inTeams, onPage, typing } = team;
  const inChat = messageIn(stage, inSlack.slackId, number);
  const message = teamsMessageOf(stage, inTeams.teamsId, number);
  const soon = async (run: () => Promise<unknown>) => {
    await sleep(random() * 10);
    try {
      return JSON.stringify(await run());
    } catch (error) {
      if (error instanceof ImpossibleGesture) return gone;
      throw error;
    }
  };
  const [inSlackSaid, inTeamsSaid, onPageSaid, typedSaid] = await Promise.all([
    soon(() =>
      stage.slack.press({ user: inSlack.slackId, channel: inChat.channel, ts: inChat.ts, label: 'Approve' }),
    ),
    soon(() =>
      stage.teams.execute({
        user: inTeams.teamsId,
        message,
        action: 'Approve',
      }),
    ),
    soon(async () => {
      const url = stage.urls[1];
      const answer = await fetch(`${url}/api/v1/interactions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: `parley=${onPage.cookie}`, origin: url },
        body: JSON.stringify({ kind: 'press', press }),
      });
      return answer.text();
    }),
    soon(() => stage.slack.command({ user: typing.slackId, text: `reject ${number} -- too much` })),
  ]);
  return { slack: inSlackSaid, teams: inTeamsSaid, page: onPageSaid, typed: typedSaid };
}

function messageIn(stage: Stage, user: string, number: string) {
  const found = stage.slack
    .messages({ team: slack.team, user })
    .find(
      ({ kind, channel, ...message }) =>
        kind === 'message' && channel !== desk.slack && mentions(message, number),
    );
  if (!found) throw new Error(`no card of ${number}`);
  return found;
}

function teamsMessageOf(stage: Stage, user: string, number: string): string {
  const found = stage.teams
    .messages({ user })
    .find((message) => message.conversation !== desk.teams && mentions(message, number));
  if (!found) throw new Error(`no card of ${number}`);
  return found.id;
}

const mentions = (message: unknown, number: string) =>
  new RegExp(`\\b${number}\\b[^"]{0,12}15`).test(JSON.stringify(message));

/** The card of a request in the three direct messages, as those people see it; without what they were answered. */
export function cardsOf(stage: Stage, { team, number }: Waiting): string[] {
  const inSlack = [team.inSlack, team.typing].flatMap(({ slackId }) =>
    stage.slack
      .messages({ team: slack.team, user: slackId })
      .filter(({ kind, metadata, channel }) => kind === 'message' && metadata && channel !== desk.slack),
  );
  const inTeams = stage.teams
    .messages({ user: team.inTeams.teamsId })
    .filter(({ conversation }) => conversation !== desk.teams);
  return [...inSlack, ...inTeams]
    .filter((message) => mentions(message, number))
    .map((message) => JSON.stringify(message));
}

export function saysOutcome(card: string, name: string): boolean {
  const answered = new RegExp(`(Approved|Rejected) by \\W*${name}\\b`);
  return answered.test(card) && !card.includes('approvals.approve') && !card.includes('"Approve"');
}

/** Whether somebody who was late has read who was first: in the answer, or in what came to them after it. */
function tells(stage: Stage, { team, number }: Waiting, place: Place, text: string, name: string): boolean {
  const told = new RegExp(`${number} is already (approved|rejected), by \\W*${name}\\b`);
  const unescaped = text.replaceAll('\\', '');
  if (text === gone || told.test(unescaped)) return true;
  if (place === 'page') return false;
  const seen =
    place === 'teams'
      ? stage.teams.messages({ user: team.inTeams.teamsId, all: true })
      : stage.slack.messages({
          team: slack.team,
          user: (place === 'slack' ? team.inSlack : team.typing).slackId,
          all: true,
        });
  return seen.some((message) => told.test(JSON.stringify(message).replaceAll('\\', '')));
}

async function outcomeOf(stage: Stage, { number, dealId, team }: Waiting) {
  const [row] = await stage.inOrg((tx) =>
    tx
      .select()
      .from(approvals)
      .where(and(eq(approvals.orgId, stage.orgId), eq(approvals.number, Number(number.slice(2))))),
  );
  if (!row) throw new Error(`no ${number}`);
  const [counts, [deal]] = await stage.inOrg((tx) =>
    Promise.all([
      rowsOf<{ logged: number; transitions: number }>(
        tx,
        sql`select
          (select count(*)::int from approval_log where org_id = ${stage.orgId} and approval_id = ${row.id}
            and entry in ('approved', 'rejected')) as logged,
          (select count(*)::int from record_changes where org_id = ${stage.orgId} and record_id = ${row.id}
            and op = 'update' and after ? 'status') as transitions`,
      ),
      tx.select({ note: deals.note }).from(deals).where(eq(deals.id, dealId)),
    ]),
  );
  const grants = deal?.note?.split('\n').length ?? 0;
  const { logged = 0, transitions = 0 } = counts[0] ?? {};
  const wanted = row.status === 'approved' ? 1 : 0;
  const decider = row.decidedById ?? '';
  const at: Record<string, Place> = {
    [team.inSlack.memberId]: 'slack',
    [team.inTeams.memberId]: 'teams',
    [team.onPage.memberId]: 'page',
    [team.typing.memberId]: 'typed',
  };
  return {
    isOnce: row.status !== 'pending' && transitions === 1 && grants === wanted && logged <= 1,
    said: `${row.status}, ${transitions} transitions, ${logged} in the log, ${grants} grants`,
    first: at[decider] ?? 'nobody',
    name: await nameOf(stage, decider || '00000000-0000-4000-8000-000000000000'),
  };
}

/** True once it holds, false when it takes too long. */
export async function until(holds: () => Promise<boolean>, ms = longestWaitMs): Promise<boolean> {
  const end = Date.now() + ms;
  for (;;) {
    if (await holds()) return true;
    if (Date.now() > end) return false;
    await sleep(50);
  }
}
