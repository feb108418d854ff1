import { and, eq, isNotNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { InstallationSecrets, Log } from '../runtime/ports.ts';
import { installationKey } from '../runtime/relay/work.ts';
import { openGate } from '../store/gates.ts';
import { installations } from '../store/tables/people.ts';
import type { Tx } from '../store/tx.ts';
import type { Database } from './db/database.ts';
import { disconnectInstallation } from './organizations.ts';
import { SecretError, type SecretPlace, type Secrets } from './secrets.ts';

const cacheMs = 30_000;

interface Row {
  orgId: string;
  id: string;
  tokenCipher: string | null;
}

type Found = { orgId: string; token: string | null } | undefined;

/**
 * Connected workspaces with their tokens, opened. Kept for half a minute, so that a request costs no query; an
 * uninstalled one is asked for each time, so that a new installation counts at once. `secrets`: without them only
 * workspaces that have no token of their own (single-workspace mode) are found.
 */
export function createInstallationSecrets(options: {
  db: Database;
  secrets: Secrets | undefined;
  log: Log;
  /** Other caches of installations. */
  forgetElsewhere: () => void;
}): InstallationSecrets & { forget(): void } {
  const { db, secrets, log } = options;
  const cache = new Map<string, { found: Found; until: number }>();
  const forget = () => {
    cache.clear();
    options.forgetElsewhere();
  };

  async function read(platform: 'slack' | 'teams', externalId: string): Promise<Row | undefined> {
    const rows = await db.transaction({ as: 'router' }, (tx) =>
      tx
        .select({
          orgId: installations.orgId,
          id: installations.id,
          tokenCipher: installations.tokenCipher,
        })
        .from(installations)
        .where(
          and(
            eq(installations.platform, platform),
            eq(installations.externalId, externalId),
            eq(installations.status, 'connected'),
          ),
        ),
    );
    return rows[0];
  }

  function opened({ orgId, id, tokenCipher }: Row): Found {
    if (tokenCipher === null) return { orgId, token: null };
    try {
      if (!secrets) throw new SecretError('ENCRYPTION_KEY is not set');
      return { orgId, token: secrets.open(tokenCipher, tokenPlace(orgId, id)) };
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      // Not `token: null`: that would speak with the token of single-workspace mode, which is another workspace's.
      log.error(
        { orgId, reason: error.message },
        'workspace token does not open: restore ENCRYPTION_KEY or install the app again',
      );
      return undefined;
    }
  }

  return {
    forget,

    async find(platform, externalId) {
      const key = `${platform} ${externalId}`;
      const cached = cache.get(key);
      if (cached && cached.until > performance.now()) return cached.found;
      const row = await read(platform, externalId);
      const found = row && opened(row);
      if (row) cache.set(key, { found, until: performance.now() + cacheMs });
      else cache.delete(key);
      return found;
    },

    async disconnect(platform, externalId) {
      const row = await read(platform, externalId);
      if (row) await disconnectInstallation(db, row.orgId, platform, externalId);
      forget();
    },
  };
}

function tokenPlace(orgId: string, row: string): SecretPlace {
  return { orgId, table: 'installations', column: 'token_cipher', row };
}

export interface SlackInstallation {
  /** Team id. */
  externalId: string;
  name: string;
  botUserId: string;
  /** Slack's id of the person. */
  installedBy: string;
  token: string;
}

/** Connects a workspace with a token of its own, or gives the one that is there its new token. */
export async function storeInstallation(
  tx: Tx,
  secrets: Secrets,
  orgId: string,
  { token, externalId, ...values }: SlackInstallation,
  now: Date,
): Promise<void> {
  const mine = and(
    eq(installations.orgId, orgId),
    eq(installations.platform, 'slack'),
    eq(installations.externalId, externalId),
  );
  const rows = await tx.select({ id: installations.id }).from(installations).where(mine).for('update');
  const id = rows[0]?.id ?? uuidv7();
  const tokenCipher = secrets.seal(token, tokenPlace(orgId, id));
  const status = 'connected' as const;
  if (rows.length > 0) {
    await tx
      .update(installations)
      .set({ ...values, status, tokenCipher })
      .where(mine);
    await openGate(tx, orgId, installationKey('slack', externalId));
    return;
  }
  await tx
    .insert(installations)
    .values({ ...values, orgId, id, platform: 'slack', externalId, status, tokenCipher, createdAt: now });
}

export interface TokenCheck {
  orgId: string;
  name: string;
  externalId: string;
  state: 'current' | 'outdated' | 'lost';
}

/** How the kept tokens stand: sealed with the first key, with an older one, or with none that is there. */
export async function checkTokens(db: Database, secrets: Secrets | undefined): Promise<TokenCheck[]> {
  return (await tokenRows(db)).map(({ orgId, id, name, externalId, tokenCipher }) => ({
    orgId,
    name,
    externalId,
    state: stateOf(secrets, tokenCipher, tokenPlace(orgId, id)),
  }));
}

/** Seals with the first key what an older one sealed. Answers how each token stood before. */
export async function renewTokens(db: Database, secrets: Secrets): Promise<TokenCheck[]> {
  const checks: TokenCheck[] = [];
  for (const { orgId, id, name, externalId, tokenCipher } of await tokenRows(db)) {
    const place = tokenPlace(orgId, id);
    const state = stateOf(secrets, tokenCipher, place);
    checks.push({ orgId, name, externalId, state });
    if (state !== 'outdated') continue;
    const renewed = secrets.seal(secrets.open(tokenCipher, place), place);
    await db.transaction({ as: 'app', orgId }, (tx) =>
      tx
        .update(installations)
        .set({ tokenCipher: renewed })
        // Not one that was replaced meanwhile.
        .where(
          and(
            eq(installations.orgId, orgId),
            eq(installations.id, id),
            eq(installations.tokenCipher, tokenCipher),
          ),
        ),
    );
  }
  return checks;
}

function stateOf(secrets: Secrets | undefined, tokenCipher: string, place: SecretPlace): TokenCheck['state'] {
  try {
    if (!secrets) return 'lost';
    secrets.open(tokenCipher, place);
    return secrets.isCurrent(tokenCipher) ? 'current' : 'outdated';
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    return 'lost';
  }
}

async function tokenRows(db: Database) {
  const rows = await db.transaction({ as: 'router' }, (tx) =>
    tx
      .select({
        orgId: installations.orgId,
        id: installations.id,
        name: installations.name,
        externalId: installations.externalId,
        tokenCipher: installations.tokenCipher,
      })
      .from(installations)
      .where(isNotNull(installations.tokenCipher))
      .orderBy(installations.orgId, installations.id),
  );
  return rows.flatMap(({ tokenCipher, ...row }) => (tokenCipher === null ? [] : [{ ...row, tokenCipher }]));
}
