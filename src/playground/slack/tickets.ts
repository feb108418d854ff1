import { randomBytes } from 'node:crypto';
import { limits } from './limits.ts';

/** Short-lived rights that Slack hands out with each interaction. */
export interface Trigger {
  team: string;
  user: string;
  at: number;
  isUsed: boolean;
  /** The modal it came from, if any: only from there may a view be pushed. */
  viewId?: string;
}

export interface ReplyRight {
  team: string;
  user: string;
  channel: string;
  at: number;
  uses: number;
  threadTs?: string;
  /** The message whose button was pressed. */
  originalTs?: string;
}

/** What somebody said yes to when the app was installed. */
export interface OAuthGrant {
  team: string;
  redirectUri: string;
  /** Who said yes. */
  user: string;
  scopes: string[];
  /** For all workspaces of an enterprise at once. */
  isOrgWide: boolean;
}

export type TriggerRefusal = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export interface Tickets {
  trigger(team: string, user: string, viewId?: string): string;
  takeTrigger(id: string): Trigger | TriggerRefusal;
  replyRight(right: Omit<ReplyRight, 'at' | 'uses'>): string;
  takeReplyRight(id: string): ReplyRight | 'no_such_url' | 'expired_url' | 'used_url';
  /** An OAuth code. */
  code(grant: OAuthGrant): string;
  takeCode(code: string): OAuthGrant | undefined;
  reset(): void;
}

export function createTickets(now: () => number): Tickets {
  const triggers = new Map<string, Trigger>();
  const rights = new Map<string, ReplyRight>();
  const codes = new Map<string, OAuthGrant & { at: number }>();
  return {
    trigger(team, user, viewId) {
      const id = `${Math.floor(now())}.${randomBytes(4).readUInt32BE()}.${randomBytes(16).toString('hex')}`;
      triggers.set(id, { team, user, at: now(), isUsed: false, ...(viewId ? { viewId } : {}) });
      dropOldest(triggers);
      return id;
    },
    takeTrigger(id) {
      const trigger = triggers.get(id);
      if (!trigger) return 'invalid_trigger_id';
      if (trigger.isUsed) return 'exchanged_trigger_id';
      if (now() - trigger.at > limits.triggerMs) return 'expired_trigger_id';
      trigger.isUsed = true;
      return trigger;
    },
    replyRight(right) {
      const id = randomBytes(24).toString('base64url');
      rights.set(id, { ...right, at: now(), uses: 0 });
      dropOldest(rights);
      return id;
    },
    takeReplyRight(id) {
      const right = rights.get(id);
      if (!right) return 'no_such_url';
      if (now() - right.at > limits.responseUrlMs) return 'expired_url';
      if (right.uses >= limits.responseUrlUses) return 'used_url';
      right.uses += 1;
      return right;
    },
    code(grant) {
      const code = randomBytes(16).toString('hex');
      codes.set(code, { ...grant, at: now() });
      return code;
    },
    takeCode(code) {
      const found = codes.get(code);
      codes.delete(code);
      return found && now() - found.at < 600_000 ? found : undefined;
    },
    reset() {
      triggers.clear();
      rights.clear();
      codes.clear();
    },
  };
}

/** Long runs make many tickets; the oldest ones expired long ago. */
function dropOldest(tickets: Map<string, unknown>): void {
  if (tickets.size <= 20_000) return;
  const [oldest] = tickets.keys();
  if (oldest !== undefined) tickets.delete(oldest);
}
