/**
 * What receiving a signed command costs before any work is done: our receiver beside the SDK's own, each in its
 * own process, the same requests over HTTP by the same client. Prints requests per second and their ratio.
 */
import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { report } from './report.ts';

const secret = 'bench-secret';
const clients = 16;
const warmUpMs = 2000;
const measureMs = 5000;
const rounds = 3;

type Kind = 'ours' | 'stock';

async function serveOurs(): Promise<number> {
  const { createSlack } = await import('../../src/platforms/slack/mount.ts');
  const { slackMessages } = await import('../../src/platforms/slack/messages.ts');
  const { createTranslate } = await import('../../src/view/translator.ts');
  const translate = createTranslate([slackMessages]);
  const reader = {
    locale: 'en' as const,
    timeZone: 'UTC',
    translate,
    commandLine: (line: string) => `/crm ${line}`,
  };
  const nothing = () => {};
  const slack = await createSlack({
    signingSecret: secret,
    apiUrl: 'http://127.0.0.1:1/api/',
    noteAccount: async () => undefined,
    dispatch: async () => ({
      outcome: { kind: 'card', card: { tone: 'plain', title: 'ok', blocks: [] } },
      reader,
    }),
    installations: {
      find: async () => ({ orgId: 'org', token: 'xoxb' }),
      disconnect: async () => {},
    },
    shared: async () => undefined,
    translate,
    shortcuts: { message: () => ({ a: 'x', i: {} }), global: () => ({ a: 'x', i: {} }) },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  });
  return new Promise((resolve) => {
    serve({ fetch: slack.routes.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port));
  });
}

/** The SDK's HTTP server, with as many listeners as ours and the same answer. */
async function serveStock(): Promise<number> {
  const { App, HTTPReceiver, LogLevel } = await import('@slack/bolt');
  const receiver = new HTTPReceiver({ signingSecret: secret, logLevel: LogLevel.ERROR });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: 'xoxb', botId: 'B', botUserId: 'U' }),
    convoStore: false,
    logLevel: LogLevel.ERROR,
  });
  const blocks = [{ type: 'header' as const, text: { type: 'plain_text' as const, text: 'ok' } }];
  app.command(/.*/, ({ ack }) => ack({ response_type: 'ephemeral', text: 'ok', blocks }));
  app.action({ type: 'block_actions' }, ({ ack }) => ack());
  app.options({ type: 'block_suggestion' }, ({ ack }) => ack({ options: [] }));
  app.view({ type: 'view_submission' }, ({ ack }) => ack());
  app.view({ type: 'view_closed' }, ({ ack }) => ack());
  app.shortcut({ type: 'shortcut' }, ({ ack }) => ack());
  app.shortcut({ type: 'message_action' }, ({ ack }) => ack());
  app.event(/.*/, async () => {});
  const server = await receiver.start({ port: 0, host: '127.0.0.1' });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

let count = 0;
function signedCommand(): { body: string; headers: Record<string, string> } {
  count += 1;
  const body = new URLSearchParams({
    token: 'x',
    team_id: 'T1',
    team_domain: 'bench',
    channel_id: 'C1',
    channel_name: 'general',
    user_id: 'U1',
    user_name: 'wei',
    command: '/crm',
    text: 'new-lead "Acme Pumps" Jane Wu jane@acme.cn src:expo 80k -- needs 40 units by March',
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T1/1/abc',
    trigger_id: `1.2.${count}`,
  }).toString();
  const at = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${digest}`,
    },
  };
}

function post(port: number, agent: Agent): Promise<number> {
  const { body, headers } = signedCommand();
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path: '/slack/events', method: 'POST', headers, agent },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function load(port: number, forMs: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const end = Date.now() + forMs;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (Date.now() < end) {
        const status = await post(port, agent);
        if (status !== 200) throw new Error(`answered ${status}`);
        done += 1;
      }
    }),
  );
  agent.destroy();
  return (done / forMs) * 1000;
}

interface Server {
  port: number;
  /** Processor time used so far, in seconds. */
  cpu(): Promise<number>;
  stop(): void;
}

function start(kind: Kind): Promise<Server> {
  const child = fork(fileURLToPath(import.meta.url), [kind], { execArgv: process.execArgv });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (port) => {
      resolve({
        port: Number(port),
        cpu: () =>
          new Promise((answer) => {
            child.once('message', (seconds) => answer(Number(seconds)));
            child.send('cpu');
          }),
        stop: () => child.kill(),
      });
    });
  });
}

async function measure(kind: Kind): Promise<{ perSecond: number; cpuMicros: number }> {
  const server = await start(kind);
  await load(server.port, warmUpMs);
  const before = await server.cpu();
  const perSecond = await load(server.port, measureMs);
  const used = (await server.cpu()) - before;
  server.stop();
  return { perSecond, cpuMicros: (used * 1e6) / (perSecond * (measureMs / 1000)) };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function main(): Promise<void> {
  const found: Record<Kind, { perSecond: number; cpuMicros: number }[]> = { ours: [], stock: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of ['ours', 'stock'] as const) found[kind].push(await measure(kind));
  }
  const of = (kind: Kind, what: 'perSecond' | 'cpuMicros') => median(found[kind].map((each) => each[what]));
  const rate = of('ours', 'perSecond') / of('stock', 'perSecond');
  const said = (kind: Kind) =>
    `${of(kind, 'perSecond').toFixed(0)}/s, ${of(kind, 'cpuMicros').toFixed(0)} µs of processor each`;
  report([
    {
      what: 'receiving a signed command',
      value: said('ours'),
      reference: `stock ${said('stock')}`,
      ratio: rate,
      goal: '≥ 2',
    },
  ]);
}

const [, , kind] = process.argv;
if (kind === 'ours' || kind === 'stock') {
  const port = await (kind === 'ours' ? serveOurs() : serveStock());
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1e6);
  });
  process.send?.(port);
} else {
  await main();
}
