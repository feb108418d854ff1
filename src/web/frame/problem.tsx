import { Refused, SignedOut, Unreachable } from '../client/call.ts';
import type { Words } from '../words/english.ts';

/** What to say of an error, in the reader's words. */
export function problemText(error: unknown, words: Words): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof SignedOut) return words.signedOut;
  return error instanceof Unreachable ? words.unreachable : words.failed;
}

export function Problem({ error, words, onRetry }: { error: unknown; words: Words; onRetry(): void }) {
  const isInternal = error instanceof Refused && error.code === 'internal';
  return (
    <div className="problem" role="alert">
      <p>{problemText(error, words)}</p>
      {isInternal && <p className="small">{words.requestId(error.requestId)}</p>}
      <button type="button" className="button" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  );
}
