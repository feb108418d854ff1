import type { Hono } from 'hono';
import type { Dispatch } from '../../runtime/interaction.ts';
import type { ChatPlatform, InstallationSecrets, Log } from '../../runtime/ports.ts';
import type { Translate } from '../../view/translator.ts';
import { createSlackClient } from './client.ts';
import type { NoteAccount, NoteShared, Shortcuts, Surroundings } from './delivery.ts';
import type { Links } from './handle-links.ts';
import { listen } from './listeners.ts';
import { type InstallOptions, installRoutes } from './oauth.ts';
import { createPresenter, type Mentions } from './present.ts';
import { SlackReceiver } from './receiver.ts';
import { createRespond } from './respond.ts';
import { silentLogger } from './silent-logger.ts';
import { createWebApi } from './web-api.ts';

export interface SlackOptions {
  signingSecret: string;
  /** Web API base, e.g. `https://slack.com/api/`. */
  apiUrl: string;
  /** Single-workspace mode: used for installations that have no token of their own. */
  botToken?: string | undefined;
  dispatch: Dispatch;
  shared: NoteShared;
  installations: InstallationSecrets;
  translate: Translate;
  shortcuts: Shortcuts;
  noteAccount: NoteAccount;
  log: Log;
  /** Real time: signatures do not follow the demo clock. */
  now?: () => Date;
  mentions?: Mentions;
  /** What links to our pages are unfurled as. */
  links?: Links;
  /** Multi-workspace mode: people install the app themselves. */
  install?: InstallOptions | undefined;
  /** Draw bars as Slack charts in messages. Off: characters, which every client shows. */
  charts?: boolean;
  answerWithinMs?: number;
}

export interface SlackPlatform {
  /** `POST /slack/events`, and the way to install where that is on. */
  routes: Hono;
  platform: ChatPlatform;
  /** Resolves when every request taken so far has been worked off. */
  drain(): Promise<void>;
}

/** Slack in and out. The SDK is loaded here, so that a service without Slack never does. */
export async function createSlack(options: SlackOptions): Promise<SlackPlatform> {
  const { installations, translate, log, apiUrl, botToken, now = () => new Date() } = options;
  const { App } = await import('@slack/bolt');
  const api = createWebApi({ apiUrl, installations, botToken });
  const respond = createRespond(apiUrl);
  const presenting = { installations, mentions: options.mentions, charts: options.charts ?? false };
  const present = createPresenter({
    ...presenting,
    namesInstead: (error) => log.warn({ err: error }, 'mentions not looked up'),
  });
  const receiver = new SlackReceiver({
    signingSecret: options.signingSecret,
    botToken,
    installations,
    api,
    respond,
    translate,
    log,
    now,
    answerWithinMs: options.answerWithinMs ?? 2800,
  });
  const app = new App({
    receiver,
    // Installations are looked up before the SDK sees a request, and calls are made by our own clients.
    authorize: async () => ({}),
    convoStore: false,
    ignoreSelf: false,
    logger: silentLogger,
    clientOptions: { slackApiUrl: apiUrl },
  });
  const around: Surroundings = {
    dispatch: options.dispatch,
    shared: options.shared,
    installations,
    api,
    present,
    respond,
    translate,
    shortcuts: options.shortcuts,
    links: options.links,
    noteAccount: options.noteAccount,
    log,
  };
  listen(app, around);
  const { routes } = receiver;
  if (options.install) routes.route('/', installRoutes({ ...options.install, apiUrl, api, translate, log }));
  return {
    routes,
    platform: createSlackClient(api, createPresenter(presenting), now),
    drain: () => receiver.drain(),
  };
}
