import { pino } from 'pino';
import type { Log } from '../runtime/ports.ts';

/** Fields a log line may carry. Anything else is dropped: customer text and secrets have no way in. */
const allowed = new Set([
  'requestId',
  'orgId',
  'platform',
  'action',
  'interaction',
  'event',
  'handler',
  'job',
  'kind',
  'state',
  'attempts',
  'status',
  'ms',
  'port',
  'host',
  'signal',
  'method',
  'path',
  'database',
  'migrations',
  'reason',
  'count',
]);

interface LoggedError {
  name: string;
  code?: string;
  stack?: string[];
}

/** Name, code and frames of an error and its causes; never its message, which may hold SQL with values. */
function errorFields(error: unknown, depth = 0): LoggedError | undefined {
  if (!(error instanceof Error) || depth > 3) return undefined;
  const code = (error as { code?: unknown }).code;
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? [];
  const cause = errorFields(error.cause, depth + 1);
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    stack: frames.slice(0, 8).map((line) => line.trim()),
    ...(cause ? { cause } : {}),
  };
}

/** JSON lines on standard output. */
export function createLog(level: string): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
  const write =
    (at: 'debug' | 'info' | 'warn' | 'error') => (fields: Record<string, unknown>, message: string) => {
      const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name)));
      logger[at]({ ...kept, ...('err' in fields ? { err: errorFields(fields.err) } : {}) }, message);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
