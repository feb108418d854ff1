import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * How the way to the database behaves.
 * - `open`: as if it were not there.
 * - `closed`: connections are reset, new ones as well.
 * - `mute`: bytes vanish, in both directions. A connection that was mute once stays so, as after a server's machine
 *   is lost; only new ones are alive again.
 * - `slow`: each answer arrives `delayMs` later.
 */
type Way = { is: 'open' } | { is: 'closed' } | { is: 'mute' } | { is: 'slow'; delayMs: number };

/** What happens to the next COMMIT: it is lost, or the answer to it is. The connection breaks either way. */
export type AtCommit = 'commit lost' | 'answer lost';

interface Line {
  client: Socket;
  server: Socket;
  isMute: boolean;
}

/** A way to a database that can be cut, closed, muted and slowed; nobody else who uses the server notices. */
export interface DatabaseProxy {
  url: string;
  set(way: Way): void;
  /** Resets all connections. Returns how many there were. */
  cut(): number;
  /** Breaks so many of the next connections at their COMMIT. */
  breakAtCommit(what: AtCommit, count: number): void;
  /** How many were broken at their COMMIT so far. */
  broken(): number;
  close(): Promise<void>;
}

/** COMMIT as the service sends it: a simple query. */
const commit = Buffer.from('commit\0');

export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const lines = new Set<Line>();
  let way: Way = { is: 'open' };
  let toBreak: AtCommit[] = [];
  let broken = 0;

  const reset = (line: Line) => {
    lines.delete(line);
    line.client.resetAndDestroy();
    line.server.resetAndDestroy();
  };
  const fromClient = (line: Line, chunk: Buffer) => {
    if (line.isMute) return;
    const fault = toBreak.length > 0 && chunk.includes(commit) ? toBreak.shift() : undefined;
    if (fault !== 'commit lost') line.server.write(chunk);
    if (fault === undefined) return;
    broken += 1;
    if (fault === 'commit lost') return reset(line);
    // The server answers once it has committed; that answer goes no further.
    line.server.removeAllListeners('data');
    line.server.once('data', () => reset(line));
  };
  const fromServer = (line: Line, chunk: Buffer) => {
    if (line.isMute) return;
    if (way.is !== 'slow') return void line.client.write(chunk);
    setTimeout(() => {
      if (!line.isMute && lines.has(line)) line.client.write(chunk);
    }, way.delayMs).unref();
  };

  const listener = createServer((client) => {
    if (way.is === 'closed') return void client.resetAndDestroy();
    const server = connect(Number(target.port || 5432), target.hostname);
    const line: Line = { client, server, isMute: way.is === 'mute' };
    lines.add(line);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
    client.on('data', (chunk) => fromClient(line, chunk));
    server.on('data', (chunk) => fromServer(line, chunk));
    client.on('close', () => {
      lines.delete(line);
      server.destroy();
    });
    server.on('close', () => {
      // Whoever does not hear of it goes on waiting.
      if (!line.isMute) client.destroy();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((listener.address() as AddressInfo).port);
  const cut = () => {
    const all = [...lines];
    for (const line of all) reset(line);
    return all.length;
  };
  return {
    url: url.toString(),
    cut,
    set(next) {
      way = next;
      if (way.is === 'closed') cut();
      if (way.is === 'mute') for (const line of lines) line.isMute = true;
    },
    breakAtCommit(what, count) {
      toBreak = [...toBreak, ...Array.from({ length: count }, () => what)];
    },
    broken: () => broken,
    async close() {
      cut();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}
