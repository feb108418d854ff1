import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type Server, Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accounts } from '../../src/features/crm/accounts/tables.ts';
import { csvLine } from '../../src/features/org/imports/rules.ts';
import { runOperatorCommand } from '../../src/operator/run.ts';
import { type Service, startService, team } from '../journeys/service.ts';
import { freshDirectory } from '../support/database.ts';

const emma = 'U0EMMACLARK';

let service: Service;
let canary: Server;
let canaryPort = 0;
/** Where anything in this process connects to, the service's own way to its database and to Slack left out. */
const reached: string[] = [];
const { connect } = Socket.prototype;
const databasePort = new URL(process.env.TEST_DATABASE_URL ?? 'postgres://127.0.0.1').port || '5432';

beforeAll(async () => {
  service = await startService();
  canary = createServer((socket) => void socket.destroy());
  await new Promise<void>((resolve) => canary.listen(0, '::', resolve));
  canaryPort = (canary.address() as { port: number }).port;
  const own = new Set<string>();
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    const [first] = (Array.isArray(given[0]) ? given[0] : given) as [unknown];
    const at =
      typeof first === 'object' && first !== null
        ? (first as { host?: string; port?: unknown })
        : { port: first };
    const port = String(at.port);
    if (!own.has(port)) reached.push(`${at.host}:${port}`);
    return (connect as (...all: unknown[]) => Socket).apply(this, given);
  } as typeof connect;
  // What everything needs that is said to the app: its database, and Slack to show the answer.
  await service.slack.mention({ user: emma, team, channel: 'C0WEST', text: 'note C-1 hello' });
  await settled();
  for (const at of reached) own.add(at.slice(at.lastIndexOf(':') + 1));
  own.add(databasePort);
  own.add(new URL(service.url).port);
  expect(own).not.toContain(String(canaryPort));
});
beforeEach(() => {
  reached.length = 0;
});
afterAll(async () => {
  Socket.prototype.connect = connect;
  await service?.close();
  await new Promise((resolve) => canary.close(resolve));
});

/** Sixty ways to write an address that somebody would like the service to look at. */
function addresses(): string[] {
  const p = canaryPort;
  const hosts = [
    `127.0.0.1:${p}`,
    `localhost:${p}`,
    `LOCALHOST.:${p}`,
    `[::1]:${p}`,
    `[::ffff:127.0.0.1]:${p}`,
    `[0:0:0:0:0:0:0:1]:${p}`,
    `127.1:${p}`,
    `127.0.1:${p}`,
    `2130706433:${p}`,
    `0x7f000001:${p}`,
    `0x7f.0.0.1:${p}`,
    `0177.0.0.1:${p}`,
    `0.0.0.0:${p}`,
    `canary.localhost:${p}`,
    `acme.example@127.0.0.1:${p}`,
    `acme.example%40127.0.0.1:${p}`,
    `user:secret@localhost:${p}`,
    `\uff11\uff12\uff17.0.0.1:${p}`,
    `127\u30020\u30020\u30021:${p}`,
    '169.254.169.254',
    'metadata.google.internal',
    '[fd00:ec2::254]',
    '10.0.0.1',
    '192.168.0.1:5432',
  ];
  const schemes = ['http', 'https'];
  const paths = ['/logo.png', '/?u=http://127.0.0.1/#x'];
  const webs = hosts.flatMap((host) => schemes.map((scheme, index) => `${scheme}://${host}${paths[index]}`));
  const others = ['ftp', 'gopher', 'ws', 'wss', 'ldap', 'dict', 'jar:http'].map(
    (scheme) => `${scheme}://127.0.0.1:${p}/x`,
  );
  return [
    ...webs,
    ...others,
    `//127.0.0.1:${p}/x`,
    `HTTP://127.0.0.1:${p}\\@acme.example`,
    `file:///etc/passwd`,
    `\\\\127.0.0.1@${p}\\share`,
    `http:127.0.0.1:${p}`,
  ];
}

async function settled(): Promise<void> {
  await service.slack.drain();
  await service.app.relay.drain();
}

describe('an address that a customer writes', () => {
  test('is one of sixty, and looking at one of them would be noticed', async () => {
    expect(addresses().length).toBeGreaterThanOrEqual(60);
    await fetch(addresses()[0] ?? '').catch(() => undefined);
    expect(reached).toEqual([`127.0.0.1:${canaryPort}`]);
  });

  test('is not looked at as a name, a website, a note or a source', async () => {
    const who = { user: emma, team };
    for (const address of addresses()) {
      // Nothing like the others, or they are taken for twins.
      const name = randomUUID().slice(0, 8);
      const quoted = `"${address.replaceAll('"', '')}"`;
      const lines = [
        `account "Canary-${name}" -- ${address}`,
        `account "Site-${name}" domain:${quoted}`,
        `new-lead "Lead-${name}" Jane jane@${name}.example src:${quoted} -- ${address}`,
        `note C-1 ${address}`,
      ];
      for (const text of lines) {
        const { status } = await service.slack.command({ ...who, text });
        expect(status, text).toBe(200);
      }
    }
    await settled();
    expect(reached).toEqual([]);
    const kept = await service.inOrg((tx) => tx.select({ name: accounts.name }).from(accounts));
    expect(kept.filter(({ name }) => name.startsWith('Canary')).length).toBe(addresses().length);
  }, 120_000);

  test('is not looked at when it is imported', async () => {
    const home = freshDirectory();
    const rows = addresses().map((address, index) => csvLine([`Imported ${index}`, address, address]));
    writeFileSync(join(home, 'accounts.csv'), `${csvLine(['account', 'website', 'note'])}${rows.join('')}`);
    const lines: string[] = [];
    const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
    const args = ['import', home, '--organization', 'demo'];
    await runOperatorCommand({ core: service.app, args, cwd: '/', out });
    await settled();
    expect(reached).toEqual([]);
    expect(lines.join('\n')).toMatch(/accounts: created [1-9]/);
  });

  test('is not looked at when it is posted in a channel', async () => {
    for (const url of addresses()) {
      const domain = URL.canParse(url) ? new URL(url).hostname : 'acme.example';
      const event = {
        type: 'link_shared',
        channel: 'C0WEST',
        user: emma,
        message_ts: '1.1',
        links: [{ domain, url }],
      };
      expect((await service.slack.event(event, team)).status).toBe(200);
    }
    await settled();
    expect(reached).toEqual([]);
  });
});
