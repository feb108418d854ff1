import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Surroundings } from '../../src/platforms/teams/delivery.ts';
import { TeamsReceiver } from '../../src/platforms/teams/receiver.ts';
import { type Service, startService } from '../journeys/service.ts';

const mebibyte = 1024 * 1024;
const sentMebibytes = 150;
/** What may be kept of a body of any length: the megabyte that is allowed, and what is on its way. */
const keptMebibytes = 24;

let service: Service;
let teams: ReturnType<typeof createAdaptorServer>;
let naive: Server;
beforeAll(async () => {
  service = await startService();
  const nobody = { verify: async () => undefined } as unknown as ConstructorParameters<
    typeof TeamsReceiver
  >[1];
  const receiver = new TeamsReceiver({} as Surroundings, nobody);
  teams = createAdaptorServer({ fetch: receiver.routes.fetch });
  await new Promise<void>((resolve) => teams.listen(0, '127.0.0.1', resolve));
  // Control: a service that looks at the length once it has everything.
  naive = createServer(async (asked, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(Buffer.from(chunk));
    answer.writeHead(Buffer.concat(chunks).length > mebibyte ? 413 : 200).end();
  });
  await new Promise<void>((resolve) => naive.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await service?.close();
  for (const server of [teams, naive]) await new Promise((resolve) => server.close(resolve));
});

interface Sent {
  status: number | undefined;
  /** Most bytes of buffers this process held at once beyond those at the start, in MiB; client and server are both in it. */
  heldMebibytes: number;
}

/** Sends as much as is taken, at most 150 MiB, with the length announced or in pieces that say nothing of it. */
function pour(url: string, isAnnounced: boolean): Promise<Sent> {
  const piece = Buffer.alloc(64 * 1024, 'x');
  const total = sentMebibytes * mebibyte;
  globalThis.gc?.();
  const atStart = process.memoryUsage().arrayBuffers;
  let held = 0;
  let written = 0;
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      ...(isAnnounced ? { 'content-length': String(total) } : {}),
    };
    let status: number | undefined;
    const end = () => {
      sent.destroy();
      resolve({ status, heldMebibytes: held / mebibyte });
    };
    const sent = request(url, { method: 'POST', headers, agent: false }, (answer) => {
      status = answer.statusCode;
      // What comes after the answer is of no use, and must not be kept either.
      answer.resume();
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (status === undefined && error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
      else end();
    });
    sent.on('close', end);
    const more = () => {
      while (written < total && !sent.destroyed) {
        written += piece.length;
        const goesOn = sent.write(piece);
        held = Math.max(held, process.memoryUsage().arrayBuffers - atStart);
        if (!goesOn) return void sent.once('drain', more);
      }
      if (!sent.destroyed) sent.end();
    };
    more();
  });
}

describe('a body of 150 MiB', () => {
  const paths = ['/slack/events', '/api/messages', '/api/v1/actions/leads.create', '/api/v1/interactions'];
  for (const isAnnounced of [true, false]) {
    test.each(paths)(
      `is refused by %s without being kept, ${isAnnounced ? 'announced' : 'in pieces'}`,
      async (path) => {
        const { port } = teams.address() as AddressInfo;
        const base = path === '/api/messages' ? `http://127.0.0.1:${port}` : service.url;
        const { status, heldMebibytes } = await pour(`${base}${path}`, isAnnounced);
        expect(status).toBe(413);
        expect(heldMebibytes).toBeLessThan(keptMebibytes);
      },
    );
  }

  test('fills a service that reads before it measures', async () => {
    const { port } = naive.address() as AddressInfo;
    const { status, heldMebibytes } = await pour(`http://127.0.0.1:${port}/`, false);
    expect(status).toBe(413);
    expect(heldMebibytes).toBeGreaterThan(100);
  });
});
