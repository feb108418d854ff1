import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { createSlackStandIn, type SlackStandIn, type SlackStandInOptions } from './slack/stand-in.ts';
import { createTeamsStandIn, type TeamsStandIn, type TeamsStandInOptions } from './teams/stand-in.ts';

export interface RunningStandIn<StandIn = SlackStandIn> {
  standIn: StandIn;
  /** `http://127.0.0.1:4000` */
  url: string;
  close(): Promise<void>;
}

interface ServeOptions {
  /** 0 takes any free port. */
  port: number;
  /** Full address of the service's endpoint. */
  target: string;
}

export type ServeSlackOptions = ServeOptions & Omit<SlackStandInOptions, 'target' | 'publicBase'>;
export type ServeTeamsOptions = ServeOptions & Omit<TeamsStandInOptions, 'target' | 'publicBase'>;

/** Runs the Slack stand-in alone; its Web API is under `/api/`. */
export function serveSlackStandIn({
  port,
  target,
  ...options
}: ServeSlackOptions): Promise<RunningStandIn<SlackStandIn>> {
  return serveAlone(port, (publicBase) =>
    createSlackStandIn({ ...options, target: () => target, publicBase }),
  );
}

/** Runs the Teams stand-in alone; its connector is under `/v3/`. */
export function serveTeamsStandIn({
  port,
  target,
  ...options
}: ServeTeamsOptions): Promise<RunningStandIn<TeamsStandIn>> {
  return serveAlone(port, (publicBase) =>
    createTeamsStandIn({ ...options, target: () => target, publicBase }),
  );
}

/** On the loopback address only. */
async function serveAlone<StandIn extends { web: Hono; close(): void }>(
  port: number,
  create: (publicBase: () => string) => StandIn,
): Promise<RunningStandIn<StandIn>> {
  let url = '';
  const standIn = create(() => url);
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: standIn.web.fetch, port, hostname: '127.0.0.1' }, (info: AddressInfo) => {
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
