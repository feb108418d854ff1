import { AppError, type ErrorCode } from '../../kernel/errors.ts';
import { command } from '../../kernel/text.ts';
import type { Button, Card, Tone } from '../../view/card.ts';
import { printable } from '../execute.ts';
import { engineMessages as t } from '../messages.ts';
import type { AmbiguousRef } from '../resolve.ts';

const tones: Record<ErrorCode, Tone> = {
  invalid_input: 'warn',
  not_found: 'warn',
  ambiguous: 'warn',
  forbidden: 'stop',
  conflict: 'warn',
  rule: 'stop',
  expired: 'warn',
  rate_limited: 'warn',
  unavailable: 'warn',
  not_confirmed: 'warn',
  internal: 'stop',
};

/** What a person reads when something was refused or failed. Unknown errors show the request id and nothing else. */
export function errorCard(error: unknown, requestId: string, extra: Button[] = []): Card {
  if (!(error instanceof AppError)) {
    return { tone: 'stop', title: t('internal', { requestId }), blocks: [] };
  }
  const card: Card = { tone: tones[error.code], title: error.text, blocks: [] };
  for (const { message } of error.fields.slice(1)) card.blocks.push({ t: 'text', of: message });
  const buttons = [
    ...error.waysOut.map(({ label, action, input }) => ({
      label,
      press: { a: action, i: printable(input) },
    })),
    ...extra,
  ];
  if (buttons.length > 0) card.blocks.push({ t: 'buttons', buttons });
  return card;
}

/** "Did you mean …" with a button that runs the corrected line. */
export function correction(line: string): { text: Card['blocks'][number]; button: Button } {
  return {
    text: { t: 'text', of: t('did-you-mean', { line: command(line) }) },
    button: { label: t('run-it'), press: { a: 'line', i: { line } }, style: 'primary' },
  };
}

/** Which one is meant: a button per candidate, the same call with the name made exact. At most five, never a guess. */
export function candidatesCard(error: AmbiguousRef, action: string, raw: Record<string, unknown>): Card {
  const { field } = error;
  const buttons: Button[] =
    field === undefined
      ? []
      : error.candidates.map(({ ref, label }) => ({
          label,
          press: { a: action, i: { ...raw, [field]: ref.key } },
        }));
  return errorCard(error, '', buttons);
}
