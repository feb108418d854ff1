import type { Hono } from 'hono';
import type { Dispatch, Profile, Visitor } from '../../runtime/interaction.ts';
import type { ChatPlatform, InstallationSecrets, Log, PlaceBook } from '../../runtime/ports.ts';
import type { SealedPress } from '../../view/press.ts';
import type { Translate } from '../../view/translator.ts';
import { createHostCheck } from './allow-list.ts';
import { createActivityVerifier } from './auth.ts';
import { createTeamsClient } from './client.ts';
import { createConnector } from './connector.ts';
import type { DoubtAccounts, Extension } from './delivery.ts';
import { createPresenter, type TeamsUserOf } from './present.ts';
import { TeamsReceiver } from './receiver.ts';
import { createSeen } from './seen.ts';
import { Untargeted } from './untargeted.ts';

export interface TeamsOptions extends Extension {
  appId: string;
  appSecret: string;
  /** Where the bot is registered; its own tokens are issued there. */
  homeTenantId: string;
  issuer: string;
  jwksUrl: string;
  tokenUrl: string;
  serviceHosts: readonly string[];
  /** Loopback hosts without encryption are allowed only outside production. */
  production: boolean;
  dispatch: Dispatch;
  installations: InstallationSecrets;
  places: PlaceBook;
  /** Ties an unconnected tenant by a code an admin was shown. Throws AppError with words for the person. */
  connect(code: string, visitor: Visitor, profile: Profile, tenantName: string): Promise<void>;
  doubtAccounts: DoubtAccounts;
  opensForm(press: SealedPress): boolean;
  teamsUserOf: TeamsUserOf;
  translate: Translate;
  log: Log;
  /** Real time: tokens do not follow the demo clock. */
  now?: () => Date;
  typingAfterMs?: number;
}

export interface TeamsPlatform {
  /** `POST /api/messages`. */
  routes: Hono;
  platform: ChatPlatform;
  /** Resolves when every activity taken so far has been worked off. */
  drain(): Promise<void>;
}

/** Teams in and out. Loaded by who needs it, so that a service without Teams never does. */
export async function createTeams(options: TeamsOptions): Promise<TeamsPlatform> {
  const { appId, installations, places, now = () => new Date() } = options;
  const { dispatch, connect, translate, log, typingAfterMs = 1500 } = options;
  const allowed = createHostCheck(options.serviceHosts, options.production);
  const connector = createConnector({ ...options, allowed, now });
  const seen = createSeen(places);
  const { opensForm, teamsUserOf } = options;
  const presenting = { installations, seen, teamsUserOf, opensForm };
  const present = createPresenter({
    ...presenting,
    namesInstead: (error) => log.warn({ err: error }, 'mentions not looked up'),
  });
  const { issuer, jwksUrl, searches, newLead, logMessage, readLink } = options;
  const verifier = createActivityVerifier({ appId, issuer, jwksUrl, allowed, now });
  const receiver = new TeamsReceiver(
    {
      dispatch,
      connector,
      installations,
      seen,
      present,
      doubtAccounts: options.doubtAccounts,
      untargeted: new Untargeted(now),
      translate,
      log,
      extension: { searches, newLead, logMessage, readLink },
      connect,
      typingAfterMs,
    },
    verifier,
  );
  return {
    routes: receiver.routes,
    platform: createTeamsClient({ connector, places, installations, present: createPresenter(presenting) }),
    drain: () => receiver.drain(),
  };
}
