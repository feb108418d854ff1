import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError } from '../../kernel/errors.ts';
import type { Action } from '../../runtime/action.ts';
import { execute, interactiveDeadlineMs, type Performed, perform } from '../../runtime/execute.ts';
import type { Dispatch } from '../../runtime/interaction.ts';
import { lookUp } from '../../runtime/look-up.ts';
import { labelOf } from '../../runtime/resolve.ts';
import { inSession } from '../../runtime/session.ts';
import { takeTurn } from '../../runtime/take-turn.ts';
import type { Tx } from '../../store/tx.ts';
import { screenOf } from '../../view/screen.ts';
import { plain } from '../../view/spans.ts';
import type { Translate } from '../../view/translator.ts';
import { type AuthenticationOptions, authenticate, type Caller, type Member } from './authenticate.ts';
import { docsPage, docsScript } from './docs.ts';
import { readInteraction } from './interactions.ts';
import { httpMessages as t } from './messages.ts';
import { openApi } from './openapi.ts';
import { failure, Malformed, problem, readerOf } from './problems.ts';
import { forgetSession, sessionOf } from './session.ts';

/** Answers kept for idempotency keys, written in the transaction of the call they answer. */
export interface IdempotencyStore {
  /** Claims the key, waiting for a call that holds it; gives the earlier answer if there is one. */
  claim(tx: Tx, who: Member, key: string, bodyHash: string, now: Date): Promise<Earlier | undefined>;
  /** Gives the answer as it is kept, so that the first caller reads the same bytes as all later ones. */
  save(tx: Tx, who: Member, key: string, answer: unknown): Promise<unknown>;
}
interface Earlier {
  bodyHash: string;
  answer: unknown;
}

export interface ApiOptions extends AuthenticationOptions {
  translate: Translate;
  dispatch: Dispatch;
  idempotency: IdempotencyStore;
}

type Variables = { caller: Caller; requestId: string };
const mostBytes = 1024 * 1024;

/** REST projected from the registry: every action, every lookup, the OpenAPI document and its page. */
export function createApi(options: ApiOptions): Hono {
  const { engine } = options;
  const app = new Hono<{ Variables: Variables }>();
  app.onError((error, c) => failure(c, options, error));
  app.use('/api/v1/*', async (c, next) => {
    c.set('requestId', engine.newId());
    c.header('x-request-id', c.get('requestId'));
    c.header('cache-control', 'no-store');
    await next();
  });
  app.get('/api/v1/openapi.json', (c) => c.json(openApi(engine.registry, options)));
  app.get('/docs', (c) => c.html(docsPage(), 200, { 'content-security-policy': docsPolicy }));
  app.get('/docs/start.js', (c) => c.body(docsScript, 200, { 'content-type': 'text/javascript' }));

  app.use(
    '/api/v1/*',
    bodyLimit({ maxSize: mostBytes, onError: (c) => problem(c, options, tooLarge(), 413) }),
  );
  app.use('/api/v1/*', async (c, next) => {
    c.set('caller', await authenticate(c, options));
    await next();
  });

  app.get('/api/v1/session', async (c) => c.json(await sessionOf(engine, c.get('caller').who)));
  app.delete('/api/v1/session', async (c) => {
    await forgetSession(c, options);
    return c.json({});
  });

  app.post('/api/v1/interactions', async (c) => {
    const { via, who } = c.get('caller');
    if (via === 'key') throw new AppError('forbidden', t('people-only'));
    const interaction = readInteraction(jsonOf(await c.req.text()));
    const key = c.req.header('idempotency-key');
    if (key !== undefined && key.length > 200) throw new AppError('invalid_input', t('key-too-long'));
    const { outcome, reader } = await options.dispatch(
      { platform: 'web', inside: who.inside, orgId: who.orgId, memberId: who.memberId },
      interaction,
      c.get('requestId'),
      key === undefined ? undefined : `web:${who.memberId}:${key}`,
    );
    return c.json({ outcome: screenOf(outcome, reader) });
  });

  app.get('/api/v1/lookups/:name', async (c) => {
    const name = c.req.param('name');
    const lookup = engine.registry.lookup(name);
    if (!lookup) throw new AppError('not_found', t('no-lookup', { name }));
    takeTurn(engine, c.get('caller').who.orgId);
    const found = await inSession(
      engine,
      c.get('caller').who,
      (session) => lookUp(session, lookup.kind, c.req.query('q') ?? ''),
      { deadlineMs: interactiveDeadlineMs },
    );
    if (!found) throw new AppError('forbidden', t('not-looked-up', { name }));
    const reader = readerOf(options.translate, c.get('caller'));
    const labelled = found.map(({ ref, detail }) => ({
      value: ref.key,
      label: plain(labelOf(ref, detail), reader),
    }));
    return c.json({ options: labelled });
  });

  app.post('/api/v1/actions/:name', async (c) => {
    const name = c.req.param('name');
    const action = engine.registry.action(name);
    if (!action) throw new AppError('not_found', t('no-action', { name }));
    takeTurn(engine, c.get('caller').who.orgId);
    const body = await c.req.text();
    return answered(c, options, action, body);
  });

  app.all('/api/v1/*', (c) => problem(c, options, new AppError('not_found', t('no-path'))));
  return app as unknown as Hono;
}

/** Runs the action once per idempotency key; the key's first answer is repeated, another body refused. */
async function answered(
  c: Context<{ Variables: Variables }>,
  options: ApiOptions,
  action: Action,
  body: string,
): Promise<Response> {
  const { who } = c.get('caller');
  const raw = jsonOf(body);
  const key = c.req.header('idempotency-key');
  const bodyHash = createHash('sha256').update(action.name).update('\0').update(body).digest('base64url');
  const dryRun = ['1', 'true'].includes(c.req.query('dryRun') ?? '');
  const call = { action, raw, dryRun, confirmed: true };
  const outputOf = (performed: Performed) => ({
    output: performed.kind === 'done' ? performed.output : null,
  });
  if (!key || dryRun) return c.json(outputOf(await execute(options.engine, who, call)));
  if (key.length > 200) throw new AppError('invalid_input', t('key-too-long'));
  const answer = await inSession(
    options.engine,
    who,
    async (session) => {
      const earlier = await options.idempotency.claim(session.tx, who, key, bodyHash, session.now);
      if (earlier && earlier.bodyHash !== bodyHash) throw new AppError('conflict', t('key-other-body'));
      if (earlier) return earlier.answer as object;
      const fresh = outputOf(await perform(session, call));
      return (await options.idempotency.save(session.tx, who, key, fresh)) as object;
    },
    { deadlineMs: interactiveDeadlineMs },
  );
  return c.json(answer);
}

function jsonOf(body: string): Record<string, unknown> {
  let raw: unknown;
  try {
    raw = body === '' ? {} : JSON.parse(body);
  } catch {
    throw new Malformed('invalid_input', t('not-json'));
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new Malformed('invalid_input', t('not-object'));
  }
  return raw as Record<string, unknown>;
}

function tooLarge(): AppError {
  return new AppError('invalid_input', t('too-large'));
}

const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
