import type { ChatAccountsAsked, ChatAccountsPart, ChatPlatform, Log } from '../ports.ts';

/** Work that a platform does not let be done now. `afterSeconds`: how long it wants to be left alone. */
export class Postponed extends Error {
  readonly afterSeconds: number | undefined;

  constructor(afterSeconds: number | undefined, cause: unknown) {
    super('the platform is asked again later', { cause });
    this.name = 'Postponed';
    this.afterSeconds = afterSeconds;
  }
}

/**
 * Asks a platform about chat accounts. What it refuses (no such scope, no token) or answers in a way nobody can read is
 * `undefined`, and no word on anybody. Throws Postponed when it is busy or away.
 */
export async function askChatAccounts(
  platform: ChatPlatform | undefined,
  asked: ChatAccountsAsked,
  log: Log,
): Promise<ChatAccountsPart | undefined> {
  if (!platform?.chatAccounts) return undefined;
  try {
    return await platform.chatAccounts(asked);
  } catch (error) {
    const failure = platform.classify(error);
    if (failure.kind === 'retry') throw new Postponed(failure.afterSeconds, error);
    if (failure.kind === 'uncertain') throw new Postponed(undefined, error);
    const { installation } = asked;
    log.warn({ platform: platform.name, installation, reason: failure.reason }, 'chat accounts not told');
    return undefined;
  }
}
