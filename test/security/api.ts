import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { addApiMember } from '../../src/infra/api-members.ts';
import { idempotencyStore } from '../../src/infra/idempotency.ts';
import { memberOfApiKey } from '../../src/infra/sessions.ts';
import { createTransactor } from '../../src/infra/transactor.ts';
import { createWebSessions } from '../../src/infra/web-sessions.ts';
import type { Role } from '../../src/kernel/context.ts';
import { type ApiOptions, createApi } from '../../src/platforms/http/api.ts';
import type { TestApp } from '../support/app.ts';

/** The REST interface as the service has it. */
export function apiOf(app: TestApp, options: Partial<ApiOptions> = {}) {
  return createApi({
    engine: app.engine,
    dispatch: app.dispatch,
    sessions: createWebSessions(app.db),
    tabTokens: undefined,
    translate: app.translate,
    keyHolder: (hash) => memberOfApiKey(createTransactor(app.db), hash),
    idempotency: idempotencyStore,
    publicUrl: 'http://localhost',
    ...options,
  });
}

/** A program's key. */
export async function keyWith(app: TestApp, roles: Role[]): Promise<string> {
  const key = `parley_${randomBytes(32).toString('base64url')}`;
  await addApiMember(app.db, {
    orgId: app.orgId,
    memberId: randomUUID(),
    name: 'program',
    roles,
    keyHash: createHash('sha256').update(key).digest('base64url'),
    now: app.clock.now(),
  });
  return key;
}
