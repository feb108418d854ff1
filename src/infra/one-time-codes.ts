import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, type SQL } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { OneTimeCodes } from '../runtime/ports.ts';
import { oneTimeCodes } from '../store/tables/access.ts';
import type { Tx } from '../store/tx.ts';
import type { Database } from './db/database.ts';
import { hashOf, newSecret } from './random-secrets.ts';

type Purpose = 'link' | 'open';

const linkMinutes = 10;
const openMinutes = 5;
const operatorMinutes = 60;

const readable = {
  memberId: oneTimeCodes.memberId,
  mayConnect: oneTimeCodes.mayConnect,
  path: oneTimeCodes.path,
};

export const oneTimeCodeStore: OneTimeCodes = {
  async issueLink(tx, { orgId, memberId, mayConnect }) {
    await tx
      .update(oneTimeCodes)
      .set({ usedAt: new Date() })
      .where(
        and(
          eq(oneTimeCodes.orgId, orgId),
          eq(oneTimeCodes.memberId, memberId),
          eq(oneTimeCodes.purpose, 'link'),
          isNull(oneTimeCodes.usedAt),
        ),
      );
    return insertLinkCode(tx, { orgId, memberId, mayConnect, minutes: linkMinutes });
  },

  async issueOpen(tx, { orgId, memberId, path }) {
    const secret = newSecret();
    await tx.insert(oneTimeCodes).values({
      orgId,
      id: uuidv7(),
      purpose: 'open',
      memberId,
      mayConnect: false,
      hash: hashOf(secret),
      path,
      ...lifeOf(openMinutes),
    });
    return `/r/${secret}`;
  },

  async readLink(tx, orgId, typed) {
    const rows = await tx
      .select(readable)
      .from(oneTimeCodes)
      .where(usable('link', orgId, canonicalCode(typed)));
    return rows[0];
  },

  takeLink: (tx, orgId, typed) => takeCode(tx, 'link', orgId, canonicalCode(typed)),
};

/** The organization a code or link is of, used or not: for what comes in before anybody knows it. */
export async function organizationOfCode(
  db: Pick<Database, 'transaction'>,
  purpose: Purpose,
  typed: string,
): Promise<string | undefined> {
  const text = purpose === 'link' ? canonicalCode(typed) : typed;
  const rows = await db.transaction({ as: 'router' }, (tx) =>
    tx
      .select({ orgId: oneTimeCodes.orgId })
      .from(oneTimeCodes)
      .where(and(eq(oneTimeCodes.hash, hashOf(text)), eq(oneTimeCodes.purpose, purpose))),
  );
  return rows[0]?.orgId;
}

/** Whose a code is that may still be used. `text`: canonical. */
export async function memberOfCode(
  tx: Tx,
  purpose: Purpose,
  orgId: string,
  text: string,
): Promise<string | undefined> {
  const rows = await tx
    .select(readable)
    .from(oneTimeCodes)
    .where(usable(purpose, orgId, text));
  return rows[0]?.memberId ?? undefined;
}

/** Uses a code up, once; `undefined`: there is none, it was used or its time is over. `text`: canonical. */
export async function takeCode(
  tx: Tx,
  purpose: Purpose,
  orgId: string,
  text: string,
): Promise<{ memberId: string | null; mayConnect: boolean; path: string | null } | undefined> {
  const rows = await tx
    .update(oneTimeCodes)
    .set({ usedAt: new Date() })
    .where(usable(purpose, orgId, text))
    .returning(readable);
  return rows[0];
}

/** An operator's code, shown once: whoever sends it first becomes admin and connects their tenant. */
export function createOperatorCode(db: Database, orgId: string): Promise<string> {
  return db.transaction({ as: 'app', orgId }, (tx) =>
    insertLinkCode(tx, { orgId, memberId: null, mayConnect: true, minutes: operatorMinutes }),
  );
}

async function insertLinkCode(
  tx: Tx,
  { minutes, ...code }: { orgId: string; memberId: string | null; mayConnect: boolean; minutes: number },
): Promise<string> {
  const text = newLinkCode();
  await tx.insert(oneTimeCodes).values({
    ...code,
    id: uuidv7(),
    purpose: 'link',
    hash: hashOf(canonicalCode(text)),
    ...lifeOf(minutes),
  });
  return text;
}

function lifeOf(minutes: number): { createdAt: Date; expiresAt: Date } {
  const createdAt = new Date();
  return { createdAt, expiresAt: new Date(createdAt.getTime() + minutes * 60_000) };
}

function usable(purpose: Purpose, orgId: string, text: string): SQL | undefined {
  return and(
    eq(oneTimeCodes.orgId, orgId),
    eq(oneTimeCodes.purpose, purpose),
    eq(oneTimeCodes.hash, hashOf(text)),
    isNull(oneTimeCodes.usedAt),
    gt(oneTimeCodes.expiresAt, new Date()),
  );
}

/** Crockford's base 32: no letter that is taken for a digit or for another one. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 10;

/** 50 random bits, `ABCDE-FGHJK`. */
function newLinkCode(): string {
  const signs = [...randomBytes(codeLength)].map((byte) => alphabet[byte % 32]).join('');
  return `${signs.slice(0, 5)}-${signs.slice(5)}`;
}

/** What people make of a code when they type it: case, hyphens, full width, O for 0, I and L for 1. */
export function canonicalCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}
