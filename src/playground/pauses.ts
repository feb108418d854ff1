interface Pauses {
  wait(ms: number): Promise<void>;
  endAll(): void;
}

/** Delays of slow answers, which end early when everything is reset. */
export function createPauses(): Pauses {
  const open = new Map<NodeJS.Timeout, () => void>();
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          open.delete(timer);
          resolve();
        }, ms);
        timer.unref();
        open.set(timer, resolve);
      }),
    endAll() {
      for (const [timer, resolve] of open) {
        clearTimeout(timer);
        resolve();
      }
      open.clear();
    },
  };
}
