/**
 * Adds up arrivals and tells their sum at most once per `interval` milliseconds: a screen reader
 * that hears of every event hears nothing else.
 */
export function batchArrivals(
  tell: (count: number) => void,
  interval: number,
): { add: (count: number) => void; stop: () => void } {
  let sum = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add(count) {
      sum += count;
      timer ??= setTimeout(() => {
        tell(sum);
        sum = 0;
        timer = undefined;
      }, interval);
    },
    stop: () => clearTimeout(timer),
  };
}
