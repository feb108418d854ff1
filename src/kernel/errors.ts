import type { Inline } from './text.ts';

/** Closed set: every transport maps it with an exhaustive switch. */
export const errorCodes = [
  'invalid_input',
  'not_found',
  'ambiguous',
  'forbidden',
  'conflict',
  'rule',
  'expired',
  'rate_limited',
  'unavailable',
  'not_confirmed',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** One thing wrong with one field. `suggestion` is a corrected value as a person would type it. */
export interface FieldProblem {
  field: string;
  message: Inline;
  missing?: boolean;
  suggestion?: string;
}

/** A way out offered with an error: a button that runs an action or a corrected line. */
export interface WayOut {
  label: Inline;
  action: string;
  input: Record<string, unknown>;
}

export interface AppErrorOptions {
  fields?: FieldProblem[];
  waysOut?: WayOut[];
  cause?: unknown;
}

/** An error whose message is for the user and says what to do; detail for us goes into `cause`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly text: Inline;
  readonly fields: FieldProblem[];
  readonly waysOut: WayOut[];

  constructor(code: ErrorCode, text: Inline, options: AppErrorOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.text = text;
    this.fields = options.fields ?? [];
    this.waysOut = options.waysOut ?? [];
  }
}
