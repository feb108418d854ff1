import { type DestinationStream, pino } from 'pino';
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
  const cause = errorFields(error.cause, depth + 1);
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    stack: framesOf(error).slice(0, 8),
    ...(cause ? { cause } : {}),
  };
}

/**
 * The trailing lines of the stack that end in a place in a file. A message comes before them and may hold lines that
 * look the same, so it is cut off first; an error whose message was changed since has no frames to trust.
 */
function framesOf({ message, stack = '' }: Error): string[] {
  const at = stack.indexOf(message);
  if (at < 0) return [];
  return stack
    .slice(at + message.length)
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
}

/** JSON lines on standard output, or where `destination` says. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = destination ? pino(options, destination) : pino(options);
  const write =
    (at: 'debug' | 'info' | 'warn' | 'error') => (fields: Record<string, unknown>, message: string) => {
      const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name)));
      logger[at]({ ...kept, ...('err' in fields ? { err: errorFields(fields.err) } : {}) }, message);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
