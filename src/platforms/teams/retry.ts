import { classify } from './errors.ts';

const tries = 3;
/** Somebody waits: what may be sent only later than this is not shown here. */
const longestWaitSeconds = 4;
const usualWaitSeconds = 0.5;

/** Sends again what the service asks to send again; what may have arrived is never sent twice. */
export async function withRetries<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const failure = classify(error);
      if (failure.kind !== 'retry' || attempt >= tries) throw error;
      const seconds = failure.afterSeconds ?? usualWaitSeconds;
      if (seconds > longestWaitSeconds) throw error;
      await wait((seconds + Math.random() * 0.2) * 1000);
    }
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
