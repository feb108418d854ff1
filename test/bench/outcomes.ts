/** What came of one command, and how it was answered. */
export interface Outcome {
  ok: boolean;
  answer: string;
}

/** A run counts only if all of it succeeded. */
export class FailedRun extends Error {}

const mostShown = 5;

/** Collects what came of a run's commands. */
export function outcomesOf(run: string) {
  let succeeded = 0;
  const failed: string[] = [];
  return {
    add({ ok, answer }: Outcome): void {
      if (ok) succeeded += 1;
      else failed.push(answer);
    },
    /** How many there were. Throws FailedRun with the first refusals when one of them failed, or when there was none. */
    done(): number {
      if (failed.length > 0) {
        const shown = failed.slice(0, mostShown).map((answer) => `  ${answer}`);
        const of = `${failed.length} of ${succeeded + failed.length} commands failed`;
        throw new FailedRun([`${run}: ${of}, so this is no result`, ...shown].join('\n'));
      }
      if (succeeded === 0) throw new FailedRun(`${run}: no command was sent`);
      return succeeded;
    },
  };
}
