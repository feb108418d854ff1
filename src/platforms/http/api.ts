import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError, type ErrorCode } from '../../kernel/errors.ts';
import type { Inline } from '../../kernel/text.ts';
import type { Action } from '../../runtime/action.ts';
import type { Engine } from '../../runtime/engine.ts';
import { execute, interactiveDeadlineMs, type Performed, perform } from '../../runtime/execute.ts';
import { lookUp } from '../../runtime/look-up.ts';
import { labelOf } from '../../runtime/resolve.ts';
import { inSession, type Who } from '../../runtime/session.ts';
import type { Tx } from '../../store/tx.ts';
import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import type { Translate } from '../../view/translator.ts';
import { docsPage, docsScript } from './docs.ts';
import { statusOf } from './errors.ts';
import { httpMessages as t } from './messages.ts';
import { openApi } from './openapi.ts';

/** Who a bearer key stands for; `undefined`: no such key. */
export type KeyHolder = (keyHash: string) => Promise<{ orgId: string; memberId: string } | undefined>;

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

type Member = Extract<Who, { kind: 'member' }>;

export interface ApiOptions {
  engine: Engine;
  translate: Translate;
  keyHolder: KeyHolder;
  idempotency: IdempotencyStore;
  publicUrl: string;
}

type Variables = { who: Member; requestId: string };
const mostBytes = 1024 * 1024;

/** REST projected from the registry: every action, every lookup, the OpenAPI document and its page. */
export function createApi(options: ApiOptions): Hono {
  const { engine } = options;
  const app = new Hono<{ Variables: Variables }>();
  app.onError((error, c) => failure(c, options, error));
  app.use('/api/*', async (c, next) => {
    c.set('requestId', engine.newId());
    c.header('x-request-id', c.get('requestId'));
    await next();
  });
  app.get('/api/v1/openapi.json', (c) => c.json(openApi(engine.registry, options)));
  app.get('/docs', (c) => c.html(docsPage(), 200, { 'content-security-policy': docsPolicy }));
  app.get('/docs/start.js', (c) => c.body(docsScript, 200, { 'content-type': 'text/javascript' }));

  app.use(
    '/api/v1/actions/*',
    bodyLimit({ maxSize: mostBytes, onError: (c) => problem(c, options, tooLarge(), 413) }),
  );
  app.use('/api/v1/*', async (c, next) => {
    const who = await authenticate(options.keyHolder, c.req.header('authorization'));
    if (!who) return problem(c, options, new AppError('forbidden', t('need-key')), 401);
    c.set('who', who);
    await next();
  });

  app.get('/api/v1/lookups/:name', async (c) => {
    const lookup = engine.registry.lookup(c.req.param('name'));
    if (!lookup)
      return problem(c, options, new AppError('not_found', t('no-lookup', { name: c.req.param('name') })));
    try {
      const found = await inSession(
        engine,
        c.get('who'),
        (session) => lookUp(session, lookup.kind, c.req.query('q') ?? ''),
        { deadlineMs: interactiveDeadlineMs },
      );
      if (!found)
        return problem(c, options, new AppError('forbidden', t('not-looked-up', { name: lookup.kind })));
      const reader = readerOf(options.translate);
      const options_ = found.map(({ ref, detail }) => ({
        value: ref.key,
        label: plain(labelOf(ref, detail), reader),
      }));
      return c.json({ options: options_ });
    } catch (error) {
      return failure(c, options, error);
    }
  });

  app.post('/api/v1/actions/:name', async (c) => {
    const action = engine.registry.action(c.req.param('name'));
    if (!action)
      return problem(c, options, new AppError('not_found', t('no-action', { name: c.req.param('name') })));
    const body = await c.req.text();
    let raw: unknown;
    try {
      raw = body === '' ? {} : JSON.parse(body);
    } catch {
      return problem(c, options, new AppError('invalid_input', t('not-json')), 400);
    }
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
      return problem(c, options, new AppError('invalid_input', t('not-object')), 400);
    }
    return answered(c, options, action, raw as Record<string, unknown>, body);
  });

  app.all('/api/*', (c) => problem(c, options, new AppError('not_found', t('no-path'))));
  return app as unknown as Hono;
}

/** Runs the action once per idempotency key; the key's first answer is repeated, another body refused. */
async function answered(
  c: Context<{ Variables: Variables }>,
  options: ApiOptions,
  action: Action,
  raw: Record<string, unknown>,
  body: string,
): Promise<Response> {
  const who = c.get('who');
  const key = c.req.header('idempotency-key');
  const bodyHash = createHash('sha256').update(action.name).update('\0').update(body).digest('base64url');
  const dryRun = ['1', 'true'].includes(c.req.query('dryRun') ?? '');
  const call = { action, raw, dryRun, confirmed: true };
  const outputOf = (performed: Performed) => ({
    output: performed.kind === 'done' ? performed.output : null,
  });
  try {
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
  } catch (error) {
    return failure(c, options, error);
  }
}

/** All that is kept of an API key. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

async function authenticate(keyHolder: KeyHolder, header: string | undefined): Promise<Member | undefined> {
  const key = /^Bearer (\S{20,200})$/i.exec(header ?? '')?.[1];
  if (!key) return undefined;
  const holder = await keyHolder(hashOfKey(key));
  return holder && { kind: 'member', ...holder, platform: 'http' };
}

function failure(c: Context<{ Variables: Variables }>, options: ApiOptions, error: unknown): Response {
  if (error instanceof AppError) return problem(c, options, error);
  options.engine.log.error({ requestId: c.get('requestId'), err: error }, 'request failed');
  return problem(c, options, new AppError('internal', t('internal')));
}

function problem(
  c: Context<{ Variables: Variables }>,
  options: ApiOptions,
  error: AppError,
  status?: 400 | 401 | 413,
): Response {
  const reader = readerOf(options.translate);
  const words = (text: Inline) => plain(text, reader);
  const body: { code: ErrorCode; message: string; fields?: unknown[]; requestId: string } = {
    code: error.code,
    message: words(error.text),
    requestId: c.get('requestId'),
  };
  if (error.fields.length > 0) {
    body.fields = error.fields.map(({ field, message, suggestion }) => ({
      field,
      message: words(message),
      ...(suggestion === undefined ? {} : { suggestion }),
    }));
  }
  return c.json({ error: body }, status ?? statusOf(error.code));
}

function tooLarge(): AppError {
  return new AppError('invalid_input', t('too-large'));
}

function readerOf(translate: Translate): Reader {
  return { locale: 'en', timeZone: 'UTC', translate, commandLine: (line) => `/crm ${line}` };
}

const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
