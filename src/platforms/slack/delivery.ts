import type { Dispatch, Visitor } from '../../runtime/interaction.ts';
import type { InstallationSecrets, Log } from '../../runtime/ports.ts';
import type { Press } from '../../view/press.ts';
import type { Translate } from '../../view/translator.ts';
import type { Links } from './handle-links.ts';
import type { Interactive } from './payloads.ts';
import type { Presenter } from './present.ts';
import type { Respond } from './respond.ts';
import type { Call, WebApi } from './web-api.ts';

/** One verified request of one person, on its way to an answer. */
export interface Delivery<P> {
  payload: P;
  /** Names the delivery: of its copies only the first takes effect. `undefined`: copies do no harm. */
  key: string | undefined;
  /** Slack will not send this event again. */
  isLastTry: boolean;
  requestId: string;
  orgId: string;
  visitor: Visitor;
  /**
   * Answers the HTTP request; only the first answer counts. `false`: it was answered before, because the work
   * took too long, and the result must be shown another way.
   */
  answer(body?: object): boolean;
  /** An event that could not be worked on now: Slack sends it again. */
  postpone(): void;
  call: Call;
}

/** Which actions Slack's shortcuts start. */
export interface Shortcuts {
  /** *Log to CRM* on a message; `text` is what it says. */
  message(said: { text: string; channelId: string; ts: string }): Press;
  global(): Press;
}

/** Keeps in mind whether people of another company read along in a channel. Throws when it could not be kept. */
export type NoteShared = (installation: string, channelId: string, isShared: boolean) => Promise<void>;

/**
 * Takes note of what Slack says of somebody's account; most of it is about people nobody knows here, or nothing new.
 * Of copies of a delivery one takes effect. Throws when it could not be kept.
 */
export type NoteAccount = (
  said: { installation: string; userId: string; isGone: boolean },
  delivery: { orgId: string; key: string | undefined },
) => Promise<void>;

/** What handlers work with. */
export interface Surroundings {
  dispatch: Dispatch;
  shared: NoteShared;
  installations: InstallationSecrets;
  api: WebApi;
  present: Presenter;
  respond: Respond;
  translate: Translate;
  shortcuts: Shortcuts;
  links: Links | undefined;
  noteAccount: NoteAccount;
  log: Log;
}

export type PressDelivery = Delivery<Interactive<'block_actions'>>;
export type SubmitDelivery = Delivery<Interactive<'view_submission'>>;
export type LookupDelivery = Delivery<Interactive<'block_suggestion'>>;
export type ShortcutDelivery = Delivery<Interactive<'shortcut'> | Interactive<'message_action'>>;
