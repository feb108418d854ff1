import { z } from 'zod';
import type { ChatAccountsPart } from '../../runtime/ports.ts';

/** As in `users.list`, `users.info` and `user_change`. */
const userSchema = z.object({
  id: z.string().min(1).max(100),
  deleted: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
});

const listSchema = z.object({
  members: z.array(z.unknown()),
  response_metadata: z.looseObject({ next_cursor: z.string().optional() }).nullish(),
});

/**
 * Whether an account still is one of the company: deactivated people, guests and people of other companies have none.
 * `undefined`: Slack does not say, and nothing follows from that.
 */
export function readAccount(user: unknown): ChatAccountsPart['accounts'][number] | undefined {
  const read = userSchema.safeParse(user);
  if (!read.success) return undefined;
  const { id: userId, deleted, is_restricted, is_ultra_restricted, is_stranger } = read.data;
  if (deleted || is_restricted || is_ultra_restricted || is_stranger) return { userId, isGone: true };
  return deleted === false ? { userId, isGone: false } : undefined;
}

/** A page of `users.list`. Throws ZodError for an answer without a list. */
export function readAccounts(answer: Record<string, unknown>): ChatAccountsPart {
  const { members, response_metadata } = listSchema.parse(answer);
  return {
    accounts: members.flatMap((user) => readAccount(user) ?? []),
    next: response_metadata?.next_cursor || null,
  };
}
