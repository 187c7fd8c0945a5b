import { Presets, SingleBar } from "cli-progress";

/** Milliseconds between lines where there is no terminal to draw a bar on. */
const LINE_EVERY = 3000;

export interface Progress {
  /** `note` stands behind the bar, such as `12,000 events`. */
  update(done: number, note: string): void;
  stop(): void;
}

export interface ProgressOptions {
  label: string;
  total: number;
  stream?: NodeJS.WriteStream;
  now?: () => number;
}

/** A bar on a terminal, a line every few seconds anywhere else; both on standard error. */
export function createProgress(options: ProgressOptions): Progress {
  const { stream = process.stderr } = options;
  return stream.isTTY ? bar(options, stream) : lines(options, stream);
}

function bar({ label, total }: ProgressOptions, stream: NodeJS.WriteStream): Progress {
  const drawn = new SingleBar(
    {
      format: `${label} {bar} {percentage} % · {note}`,
      stream,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  );
  drawn.start(Math.max(1, total), 0, { note: "" });
  return {
    update: (done, note) => drawn.update(Math.min(done, total), { note }),
    stop: () => drawn.stop(),
  };
}

function lines(
  { label, total, now = Date.now }: ProgressOptions,
  stream: NodeJS.WritableStream,
): Progress {
  let last = now();
  return {
    update(done, note) {
      if (now() - last < LINE_EVERY) return;
      last = now();
      const share = total === 0 ? 100 : Math.floor((100 * done) / total);
      stream.write(`${label}: ${Math.min(100, share)} % · ${note}\n`);
    },
    stop() {},
  };
}
