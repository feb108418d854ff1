import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createRespond } from '../../../src/platforms/slack/respond.ts';

const close: (() => void)[] = [];
afterEach(() => {
  for (const end of close.splice(0)) end();
});

/** A response URL that closes the connection of its first `breaks` requests without an answer. */
async function responseUrl(breaks: number, status = 200) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push(Buffer.concat(chunks).toString());
      if (seen.length <= breaks) request.socket.destroy();
      else response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close.push(() => server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `${origin}/commands/1`, seen, respond: createRespond(`${origin}/api/`) };
}

it('is posted once more where the connection broke before an answer', async () => {
  const { url, seen, respond } = await responseUrl(1);
  await respond(url, { text: 'Saved' });
  expect(seen).toEqual(['{"text":"Saved"}', '{"text":"Saved"}']);
});

it('gives up after the second break, for the next way to be taken', async () => {
  const { url, seen, respond } = await responseUrl(2);
  await expect(respond(url, { text: 'Saved' })).rejects.toThrow('fetch failed');
  expect(seen).toHaveLength(2);
});

it('takes a refusal for an answer', async () => {
  const { url, seen, respond } = await responseUrl(0, 404);
  await expect(respond(url, { text: 'Saved' })).rejects.toThrow('answered 404');
  expect(seen).toHaveLength(1);
});

it('calls no host but Slack’s', async () => {
  const { url, seen, respond } = await responseUrl(0);
  await expect(respond('https://hooks.example/commands/1', {})).rejects.toThrow('not of Slack');
  // One that would answer.
  await expect(createRespond('https://slack.com/api/')(url, {})).rejects.toThrow('not of Slack');
  expect(seen).toEqual([]);
});
