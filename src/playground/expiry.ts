/** Not `AbortSignal.timeout`: an in-process target ignores the signal, so the wait itself has to end. */
export function expiry(ms: number, abort: AbortController): { late: Promise<'late'>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      resolve('late');
      abort.abort();
    }, ms);
  });
  return { late, stop: () => clearTimeout(timer) };
}
