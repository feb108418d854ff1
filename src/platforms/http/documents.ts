import { type Context, Hono } from 'hono';
import { dayIn } from '../../kernel/dates.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Locale, locales } from '../../kernel/text.ts';
import type { Action } from '../../runtime/action.ts';
import type { Engine } from '../../runtime/engine.ts';
import { interactiveDeadlineMs, perform } from '../../runtime/execute.ts';
import { inSession } from '../../runtime/session.ts';
import { takeTurn } from '../../runtime/take-turn.ts';
import type { Document } from '../../view/document.ts';
import type { Reader } from '../../view/reader.ts';
import type { Translate } from '../../view/translator.ts';
import { type AuthenticationOptions, authenticate, type Caller } from './authenticate.ts';
import { httpMessages as t } from './messages.ts';
import { type Asked, failedStatus, failure, foreseen, problemOf, readerOf } from './problems.ts';

/** Makes the file of a document in the reader's language. `madeAt` is written into it. */
export type PrintDocument = (document: Document, reader: Reader, madeAt: Date) => Promise<Uint8Array>;

export interface DocumentsOptions extends AuthenticationOptions {
  translate: Translate;
  print: PrintDocument;
}

/**
 * What read actions say on paper, read with the rights of whoever asks: `/documents/<action>?<input>`, in their
 * language or in the one named after the action (`/documents/<action>/zh-CN?…`).
 */
export function createDocuments(options: DocumentsOptions): Hono {
  const { engine } = options;
  const app = new Hono<{ Variables: { caller: Caller; requestId: string } }>();
  app.onError((error, c) => {
    const told = foreseen(c, options, error);
    // People read a page, programs what they read elsewhere.
    if (!/\btext\/html\b/.test(c.req.header('accept') ?? '')) return failure(c, options, told);
    const { message, fields = [] } = problemOf(c, options.translate, told);
    return c.text([message, ...fields.map((field) => field.message)].join('\n'), failedStatus(told));
  });
  app.use('/documents/*', async (c, next) => {
    c.set('requestId', engine.newId());
    c.header('x-request-id', c.get('requestId'));
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    c.set('caller', await authenticate(c, options));
    await next();
  });
  app.get('/documents/:action/:locale?', (c) => file(c, options));
  return app as unknown as Hono;
}

/** The file is shown by the browser's own viewer, which brings styles of its own and nothing else. */
const headers = {
  'content-security-policy':
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
};

async function file(c: Asked, { engine, translate, print }: DocumentsOptions): Promise<Response> {
  const name = c.req.param('action') ?? '';
  const action = engine.registry.action(name);
  if (!action?.document || action.effect !== 'read') throw noDocument(name);
  const caller = c.get('caller');
  takeTurn(engine, caller.who.orgId);
  const reader = { ...readerOf(translate, caller), locale: localeOf(c) ?? caller.locale };
  const { document, now } = await read(engine, caller, action, inputOf(c));
  const bytes = await print(document, reader, now);
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${fileNameOf(document)}.pdf"`,
  });
}

function read(
  engine: Engine,
  { who }: Caller,
  action: Action,
  raw: Record<string, unknown>,
): Promise<{ document: Document; now: Date }> {
  return inSession(
    engine,
    who,
    async (session) => {
      const performed = await perform(session, { action, raw });
      const { org, actor, platform, now } = session;
      const today = dayIn(now, session.read.timeZone);
      if (performed.kind !== 'done' || !performed.action.document) throw noDocument(action.name);
      const at = { org, actor, platform, now, today };
      const document = performed.action.document(performed.output as never, at);
      return { document, now };
    },
    { deadlineMs: interactiveDeadlineMs },
  );
}

/** A value said more than once is a list. */
function inputOf(c: Context): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([field, values]) => [
      field,
      values.length === 1 ? values[0] : values,
    ]),
  );
}

function localeOf(c: Context): Locale | undefined {
  const asked = c.req.param('locale');
  if (asked === undefined) return undefined;
  const locale = locales.find((one) => one === asked);
  if (!locale) throw new AppError('not_found', t('no-path'));
  return locale;
}

function noDocument(name: string): AppError {
  return new AppError('not_found', t('no-document', { name }));
}

/** Only what no header and no file system takes for something else. */
function fileNameOf({ fileName }: Document): string {
  return fileName.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'document';
}
