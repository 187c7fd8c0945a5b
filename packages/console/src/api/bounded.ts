/**
 * Runs work at most so many at once, the rest in the order in which it came. Work that is aborted
 * while it waits is never begun.
 */
export function bounded(
  limit: number,
): <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    running--;
    waiting.shift()?.();
  };
  const enter = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      if (running < limit) {
        running++;
        resolve();
        return;
      }
      const begin = (): void => {
        signal?.removeEventListener("abort", giveUp);
        running++;
        resolve();
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(abortError());
      };
      waiting.push(begin);
      signal?.addEventListener("abort", giveUp, { once: true });
    });
  return async (work, signal) => {
    if (signal?.aborted) throw abortError();
    await enter(signal);
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

const abortError = (): DOMException => new DOMException("no longer wanted", "AbortError");
