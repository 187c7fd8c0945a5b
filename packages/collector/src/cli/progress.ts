import { Presets, SingleBar } from "cli-progress";

export interface Progress {
  update: (done: number, total: number) => void;
  stop: () => void;
}

/** Milliseconds between two lines where there is no terminal to draw a bar on. */
const LINE_INTERVAL = 3000;

/** Progress of long work: a bar on a terminal, otherwise a line every few seconds. On stderr. */
export function createProgress(label: string): Progress {
  if (process.stderr.isTTY) {
    const bar = new SingleBar(
      {
        format: `${label} {bar} {percentage}% · {value}/{total} · {eta_formatted} left`,
        stream: process.stderr,
        clearOnComplete: true,
      },
      Presets.shades_classic,
    );
    bar.start(1, 0);
    return {
      update: (done, total) => {
        bar.setTotal(total);
        bar.update(done);
      },
      stop: () => bar.stop(),
    };
  }
  let last = 0;
  return {
    update: (done, total) => {
      if (Date.now() - last < LINE_INTERVAL) return;
      last = Date.now();
      console.error(
        `${label}: ${done} of ${total} (${Math.floor((100 * done) / Math.max(1, total))} %)`,
      );
    },
    stop: () => undefined,
  };
}
