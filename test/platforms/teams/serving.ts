import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';

/** Something listening on this machine, for what has to happen over real HTTP. */
export interface Served {
  /** `http://127.0.0.1:…` */
  base: string;
  /** `127.0.0.1:…` */
  host: string;
  stop(): Promise<void>;
}

export function serveApp(app: Hono): Promise<Served> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
      resolve({
        base: `http://127.0.0.1:${port}`,
        host: `127.0.0.1:${port}`,
        stop: () => new Promise((done) => server.close(() => done())),
      });
    });
  });
}
