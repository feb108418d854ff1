import type { Core } from '../app.ts';

/** Where a command's words go; progress overwrites its own line on a terminal. */
export interface Output {
  line(text: string): void;
  progress(text: string): void;
}

export interface CommandContext {
  core: Core;
  args: string[];
  out: Output;
  /** Folder that relative paths of the caller are meant from. */
  cwd: string;
}

/** One operator command. `run` answers the exit code. */
export interface OperatorCommand {
  name: string;
  usage: string;
  summary: string;
  run(context: CommandContext): Promise<number>;
}

/** The call does not make sense; `message` shows the fix. */
export class UsageError extends Error {}
