import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createSlackStandIn, type SlackStandIn, type SlackStandInOptions } from './slack/stand-in.ts';

export interface RunningStandIn {
  standIn: SlackStandIn;
  /** `http://127.0.0.1:4000`; its Web API is under `/api/`. */
  url: string;
  close(): Promise<void>;
}

export type ServeSlackOptions = Omit<SlackStandInOptions, 'target' | 'publicBase'> & {
  /** 0 takes any free port. */
  port: number;
  /** Full address of the service's `/slack/events`. */
  target: string;
};

/** Runs the Slack stand-in alone, on the loopback address only. */
export async function serveSlackStandIn({
  port,
  target,
  ...options
}: ServeSlackOptions): Promise<RunningStandIn> {
  let url = '';
  const standIn = createSlackStandIn({ ...options, target: () => target, publicBase: () => url });
  const app = new Hono();
  app.route('/', standIn.web);
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info: AddressInfo) => {
      url = `http://127.0.0.1:${info.port}`;
      resolve(starting);
    });
    starting.on('error', reject);
  });
  return {
    standIn,
    url,
    close: () =>
      new Promise((resolve) => {
        standIn.close();
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
