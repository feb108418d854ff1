import { teamsMessages } from '../../../src/platforms/teams/messages.ts';
import { createTeams, type TeamsOptions, type TeamsPlatform } from '../../../src/platforms/teams/mount.ts';
import { teamsWords } from '../../../src/platforms/teams/words.ts';
import { type RunningStandIn, serveTeamsStandIn } from '../../../src/playground/serve.ts';
import { connectorClaims, connectorIssuer } from '../../../src/playground/teams/authority.ts';
import type { TeamsMessage } from '../../../src/playground/teams/screen-model.ts';
import type { TeamsStandIn } from '../../../src/playground/teams/stand-in.ts';
import type { Tenant } from '../../../src/playground/teams/tenant.ts';
import type { Interaction, Place, Profile, Reply, Visitor } from '../../../src/runtime/interaction.ts';
import { engineMessages } from '../../../src/runtime/messages.ts';
import type {
  InstallationSecrets,
  Log,
  PlaceAddress,
  PlaceBook,
  PlaceKey,
} from '../../../src/runtime/ports.ts';
import type { Card } from '../../../src/view/card.ts';
import type { Form } from '../../../src/view/form.ts';
import type { Outcome } from '../../../src/view/outcome.ts';
import type { Reader } from '../../../src/view/reader.ts';
import { createTranslate } from '../../../src/view/translator.ts';
import { appId, tenant, tenantId } from '../../playground/teams-service.ts';

export const orgId = 'org-1';
export const publicUrl = 'https://crm.example';
export const translate = createTranslate([teamsMessages, engineMessages]);
export const reader: Reader = {
  locale: 'en',
  timeZone: 'UTC',
  translate,
  commandLine: teamsWords.commandLine,
};

export type Json = Record<string, unknown>;

export class MemoryInstallations implements InstallationSecrets {
  readonly tenants = new Map([[tenantId, orgId]]);
  /** The database cannot be reached. */
  isAway = false;

  async find(_platform: string, externalId: string) {
    if (this.isAway) throw new Error('database away');
    const found = this.tenants.get(externalId);
    return found === undefined ? undefined : { orgId: found, token: null };
  }

  async disconnect(_platform: string, externalId: string): Promise<void> {
    this.tenants.delete(externalId);
  }
}

export class MemoryPlaces implements PlaceBook {
  readonly addresses = new Map<string, PlaceAddress>();
  private readonly welcomed = new Set<string>();
  isAway = false;

  async remember(at: PlaceKey, address: PlaceAddress): Promise<void> {
    if (this.isAway) throw new Error('database away');
    this.addresses.set(nameOf(at), address);
  }

  async find(at: PlaceKey): Promise<PlaceAddress | undefined> {
    if (this.isAway) throw new Error('database away');
    return this.addresses.get(nameOf(at));
  }

  async claimWelcome(at: PlaceKey): Promise<boolean> {
    const name = nameOf(at);
    if (!this.addresses.has(name) || this.welcomed.has(name)) return false;
    this.welcomed.add(name);
    return true;
  }

  person(id: string): PlaceAddress | undefined {
    return this.addresses.get(`${tenantId} person ${id}`);
  }

  channel(id: string): PlaceAddress | undefined {
    return this.addresses.get(`${tenantId} channel ${id}`);
  }
}

function nameOf({ installation, place }: PlaceKey): string {
  return `${installation} ${place.kind} ${place.id}`;
}

export interface Asked {
  who: Visitor;
  interaction: Interaction;
}

export interface Connected {
  code: string;
  visitor: Visitor;
  profile: Profile;
  tenantName: string;
}

/** The platform between the strict stand-in, over HTTP, and an engine of a few lines. */
export class Harness {
  /** What the engine was asked; where each was done stands in `stoodAt`. */
  readonly asked: Asked[] = [];
  readonly stoodAt: (Place | undefined)[] = [];
  readonly connected: Connected[] = [];
  /** Whose accounts may have ended: organization, tenant and people. */
  readonly doubted: Parameters<TeamsOptions['doubtAccounts']>[] = [];
  readonly logged: { level: string; fields: Json; message: string }[] = [];
  readonly installations = new MemoryInstallations();
  readonly places = new MemoryPlaces();
  /** Deliveries that were worked on, as the engine remembers them. */
  private readonly deliveries = new Set<string>();
  private running: RunningStandIn<TeamsStandIn> | undefined;
  private teams: TeamsPlatform | undefined;
  answer: (interaction: Interaction, who: Visitor) => Outcome | Promise<Outcome> = () =>
    cardOutcome('Done D-142');
  connect: (made: Connected) => void = () => undefined;

  async start(options: Partial<TeamsOptions> = {}, tenants: Tenant[] = [tenant()]): Promise<this> {
    this.running = await serveTeamsStandIn({
      port: 0,
      target: 'http://service.test/api/messages',
      appId,
      appSecret: 'a secret',
      tenants,
      fetch: async (input, init) => this.started().routes.request(String(input), init),
    });
    const { url } = this.running;
    this.teams = await createTeams({
      appId,
      appSecret: 'a secret',
      homeTenantId: tenantId,
      issuer: connectorIssuer,
      jwksUrl: `${url}/keys`,
      tokenUrl: `${url}/token`,
      serviceHosts: [new URL(url).host],
      production: false,
      installations: this.installations,
      places: this.places,
      translate,
      log: this.log(),
      doubtAccounts: async (...said) => void this.doubted.push(said),
      opensForm: (press) => 'a' in press && press.a === 'leads.create',
      teamsUserOf: async (_orgId, memberId) => memberId.replace(/^member:/, ''),
      searches: [{ kind: 'deal', label: 'Deals', show: (key) => ({ a: 'deals.show', i: { deal: key } }) }],
      newLead: () => ({ a: 'leads.create', i: {}, form: true }),
      logMessage: ({ text }) => ({ a: 'activities.log', i: { note: text }, form: true }),
      readLink: (link) => {
        const key = link.startsWith(`${publicUrl}/tab/deals/`) ? link.split('/').at(-1) : undefined;
        return key === undefined ? undefined : { kind: 'deal', key };
      },
      connect: async (code, visitor, profile, tenantName) => {
        const made = { code, visitor, profile, tenantName };
        this.connect(made);
        this.connected.push(made);
        this.installations.tenants.set(visitor.installation, orgId);
      },
      dispatch: async (who, interaction, _requestId, delivery): Promise<Reply> => {
        if (who.platform === 'web') throw new Error('Teams has visitors only');
        if (delivery !== undefined && this.deliveries.has(delivery)) {
          const card: Card = { tone: 'warn', title: engineMessages('duplicate'), blocks: [] };
          return { outcome: { kind: 'card', card, refused: true }, reader };
        }
        if (delivery !== undefined) this.deliveries.add(delivery);
        const { place, ...done } = interaction;
        this.stoodAt.push(place);
        this.asked.push({ who, interaction: done as Interaction });
        return { outcome: await this.answer(interaction, who), reader };
      },
      ...options,
    });
    return this;
  }

  async stop(): Promise<void> {
    await this.teams?.drain();
    await this.running?.close();
  }

  get standIn(): TeamsStandIn {
    if (!this.running) throw new Error('not started');
    return this.running.standIn;
  }

  get platform() {
    return this.started().platform;
  }

  /** What the engine was asked, without who asked. */
  get interactions(): Interaction[] {
    return this.asked.map(({ interaction }) => interaction);
  }

  /** A raw activity with a good token of the connector. */
  async send(activity: Json): Promise<{ status: number; body: unknown }> {
    const token = await this.bearer();
    const { status, body } = await this.standIn.sendRaw(activity, `Bearer ${token}`);
    return { status, body };
  }

  bearer(): Promise<string> {
    const claims = connectorClaims(
      { appId, issuer: connectorIssuer, serviceUrl: this.serviceUrl },
      Date.now(),
    );
    return this.standIn.signToken(claims);
  }

  get serviceUrl(): string {
    if (!this.running) throw new Error('not started');
    return `${this.running.url}/`;
  }

  post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    return Promise.resolve(
      this.started().routes.request('http://service.test/api/messages', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    );
  }

  /** What somebody sees of the bot's messages, oldest first. */
  botMessages(user: string, conversation?: string): TeamsMessage[] {
    const where = conversation === undefined ? {} : { conversation };
    return this.standIn.messages({ user, ...where }).filter(({ from }) => from.kind === 'bot');
  }

  private started(): TeamsPlatform {
    if (!this.teams) throw new Error('not started');
    return this.teams;
  }

  private log(): Log {
    const at = (level: string) => (fields: Json, message: string) => {
      this.logged.push({ level, fields, message });
    };
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  }
}

export function cardOutcome(title: string, extra: Partial<Card> = {}): Extract<Outcome, { kind: 'card' }> {
  return { kind: 'card', card: { tone: 'ok', title, blocks: [], ...extra } };
}

/** A card with one button. */
export function withButton(
  label: string,
  press: Json,
  title = 'D-142 Acme',
): Extract<Outcome, { kind: 'card' }> {
  const button = { label, press: press as { a: string; i: Json } };
  return cardOutcome(title, { blocks: [{ t: 'buttons', buttons: [button] }] });
}

export const form: Form = {
  press: { a: 'leads.create', i: { source: 'fair' } },
  title: 'New lead',
  submit: 'Save',
  fields: [
    { name: 'company', meta: { kind: 'text', label: 'Company' }, required: true },
    { name: 'amount', meta: { kind: 'money', label: 'Amount' }, required: false, value: '80k' },
    { name: 'account', meta: { kind: 'ref', label: 'Account', lookups: ['account'] }, required: false },
  ],
};
export const formOutcome: Outcome = { kind: 'form', form };

/** Everything a card says and carries, for looking whether something stands in it. */
export function written(value: unknown): string {
  return JSON.stringify(value);
}
