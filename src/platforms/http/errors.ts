import type { ErrorCode } from '../../kernel/errors.ts';

/** HTTP status of every error code; a new code breaks the build here. */
export function statusOf(code: ErrorCode): 400 | 403 | 404 | 409 | 410 | 422 | 429 | 500 | 503 {
  switch (code) {
    case 'invalid_input':
    case 'rule':
      return 422;
    case 'not_found':
      return 404;
    case 'ambiguous':
    case 'conflict':
      return 409;
    case 'forbidden':
      return 403;
    case 'expired':
      return 410;
    case 'rate_limited':
      return 429;
    case 'unavailable':
    case 'not_confirmed':
      return 503;
    case 'internal':
      return 500;
    default:
      return code satisfies never;
  }
}
