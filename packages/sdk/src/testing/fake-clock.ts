/** Time that moves when told to, with its timers. */
export function fakeClock(start = 1_700_000_000_000) {
  let time = start;
  let last = 0;
  const timers = new Map<number, { at: number; run: () => void }>();
  return {
    now: () => time,
    /** Moves the clock without running timers, as when a laptop sleeps or a clock is set. */
    set: (at: number) => void (time = at),
    after: (ms: number, run: () => void) => {
      const id = ++last;
      timers.set(id, { at: time + ms, run });
      return () => void timers.delete(id);
    },
    /** Lets time pass and runs what is due, with the promises in between. */
    pass: async (ms: number) => {
      const end = time + ms;
      await settled();
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.at <= end);
        due.sort((a, b) => a[1].at - b[1].at);
        const [next] = due;
        if (!next) break;
        timers.delete(next[0]);
        time = Math.max(time, next[1].at);
        next[1].run();
        await settled();
      }
      time = end;
    },
  };
}

/** Resolves when the promises that wait now have run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
