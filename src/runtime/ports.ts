import type { Card } from '../view/card.ts';
import type { Reader } from '../view/reader.ts';
import type { Profile } from './interaction.ts';

export type Destination =
  | { kind: 'channel'; installation: string; channelId: string }
  | { kind: 'person'; installation: string; userId: string };

/** Where a posted message is, opaque to everybody but its platform. */
export interface MessageRef {
  channelId: string;
  messageId: string;
}

/** The four ways a delivery fails (`retry` with a wait when the platform named one), and a lost answer. */
export type DeliveryFailure =
  | { kind: 'retry'; afterSeconds?: number }
  | { kind: 'drop-destination'; reason: string }
  | { kind: 'pause-installation'; reason: string }
  | { kind: 'poison'; reason: string }
  | { kind: 'uncertain' };

/** A chat platform as a place to show things. Answers to interactions do not pass here. */
export interface ChatPlatform {
  readonly name: 'slack' | 'teams';
  post(
    to: Destination,
    card: Card,
    reader: Reader,
    options: { idempotencyKey: string; threadOf?: MessageRef },
  ): Promise<MessageRef>;
  update(installation: string, at: MessageRef, card: Card, reader: Reader): Promise<void>;
  /** A post with this key found in the destination, after a lost answer. */
  find?(to: Destination, idempotencyKey: string): Promise<MessageRef | undefined>;
  publishHome?(installation: string, userId: string, home: Card, reader: Reader): Promise<void>;
  profile(installation: string, userId: string): Promise<Profile | undefined>;
  classify(error: unknown): DeliveryFailure;
}

/** The form of a typed line and other words that differ per platform. */
export interface PlatformWords {
  commandLine(line: string): string;
}

/** An installation as platforms need it: its token, decrypted. `undefined`: not connected (never, or uninstalled). */
export interface InstallationSecrets {
  find(
    platform: 'slack' | 'teams',
    externalId: string,
  ): Promise<{ orgId: string; token: string | null } | undefined>;
  /** `app_uninstalled`, `tokens_revoked`: tokens go, CRM data stays. */
  disconnect(platform: 'slack' | 'teams', externalId: string): Promise<void>;
}

export interface Log {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

export interface Clock {
  /** Business time. */
  now(): Date;
}
