import type { Context } from 'hono';
import { AppError, type ErrorCode } from '../../kernel/errors.ts';
import type { Inline } from '../../kernel/text.ts';
import type { Engine } from '../../runtime/engine.ts';
import { TooMany } from '../../runtime/take-turn.ts';
import type { Reader } from '../../view/reader.ts';
import { plain } from '../../view/spans.ts';
import type { Translate } from '../../view/translator.ts';
import { type Caller, NotAuthenticated } from './authenticate.ts';
import { statusOf } from './errors.ts';
import { httpMessages as t } from './messages.ts';
import { webWords } from './words.ts';

/** What the answer to a request is made with; `caller` is missing until somebody is known. */
export type Asked = Context<{ Variables: { caller: Caller; requestId: string } }>;

interface Options {
  engine: Engine;
  translate: Translate;
}

export interface Problem {
  code: ErrorCode;
  message: string;
  fields?: { field: string; message: string; suggestion?: unknown }[];
  requestId: string;
}

/** The body is not what it has to be: 400, where a wrong value would be 422. */
export class Malformed extends AppError {}

/** The answer to a request that failed; what nobody foresaw goes to the log. */
export function failure(c: Asked, options: Options, error: unknown): Response {
  const told = foreseen(c, options, error);
  return problem(c, options, told, failedStatus(told));
}

/** What nobody foresaw goes to the log, and only its number to whoever asked. */
export function foreseen(c: Asked, { engine }: Options, error: unknown): AppError {
  if (error instanceof AppError) return error;
  engine.log.error({ requestId: c.get('requestId'), err: error }, 'request failed');
  return new AppError('internal', t('internal'));
}

export function failedStatus(error: AppError) {
  if (error instanceof NotAuthenticated) return 401;
  if (error instanceof Malformed) return 400;
  return statusOf(error.code);
}

export function problem(
  c: Asked,
  { translate }: Options,
  error: AppError,
  status: ReturnType<typeof failedStatus> | 413 = statusOf(error.code),
): Response {
  if (error instanceof TooMany) c.header('retry-after', String(error.seconds));
  return c.json({ error: problemOf(c, translate, error) }, status);
}

/** In the words of whoever asked. */
export function problemOf(c: Asked, translate: Translate, error: AppError): Problem {
  const reader = readerOf(translate, c.get('caller'));
  const words = (text: Inline) => plain(text, reader);
  const told: Problem = { code: error.code, message: words(error.text), requestId: c.get('requestId') };
  if (error.fields.length > 0) {
    told.fields = error.fields.map(({ field, message, suggestion }) => ({
      field,
      message: words(message),
      ...(suggestion === undefined ? {} : { suggestion }),
    }));
  }
  return told;
}

export function readerOf(translate: Translate, caller: Caller | undefined): Reader {
  const { locale, timeZone } = caller ?? { locale: 'en' as const, timeZone: 'UTC' };
  return { locale, timeZone, translate, ...webWords };
}
