import type { TeamsPreview } from './screen-model.ts';
import type { Change } from './world.ts';

/** One entry of a type-ahead list. */
export interface TeamsChoice {
  title: string;
  value: string;
}

/** One result of a message extension's search, in the order shown; `index` names it in `extension-select`. */
export interface TeamsResult extends TeamsPreview {
  index: number;
}

/** What came of one gesture. */
export interface Outcome {
  /** Answered in time with a 2xx, and the client could do something with what was in it. */
  ok: boolean;
  /** HTTP status of the service's answer; 0 if none came, or if nothing was sent. */
  status: number;
  /** The answer's body, parsed if it is JSON. */
  body: unknown;
  ms: number;
  /** What Teams tells the person when something failed, or why the client refused the answer. */
  error?: string;
  /** What the client complains about before it sends anything, by input id. */
  errors?: Record<string, string>;
  /** A short line that the app asked to show. */
  toast?: string;
  /** Of `search`. */
  choices?: TeamsChoice[];
  /** Of `extension-query`, and of a link that was pasted. */
  results?: TeamsResult[];
  /** Id of the dialog that this opened or left open. */
  dialog?: string;
  /** Id of the message that the person sent. */
  message?: string;
  /** Id of the activity that was sent: what `repeat` takes. */
  activity?: string;
  /** What changed on this person's screen while the gesture was handled. */
  shown: Change[];
}
