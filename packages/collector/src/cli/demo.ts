import { fillDemo } from "../demo/index.js";
import { createProgress } from "../sender/progress.js";
import { keyFor } from "./keys.js";

/** Options as the command line gives them. */
export interface DemoOptions {
  visitors?: string | number;
  days?: string | number;
  seed?: string | number;
  url: string;
  /** The write key. */
  key?: string;
  /** For the contacts; without it they are left out. */
  secretKey?: string;
}

const LIMITS = {
  visitors: { low: 1, high: 1_000_000, usual: 6000 },
  days: { low: 1, high: 730, usual: 30 },
  seed: { low: 0, high: 4_294_967_295, usual: 1 },
} as const;

/** `balise demo`: a plausible month of visitors, sent to the collector. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const visitors = wholeNumber("visitors", options.visitors);
  const days = wholeNumber("days", options.days);
  const seed = wholeNumber("seed", options.seed);
  const writeKey = keyFor("writeKey", options.key);
  const secretKey = secretKeyBeside(options);
  console.log(
    `Sending ${count(visitors)} made-up visitors of a shop over ${count(days)} days to ${options.url} (seed ${seed}).`,
  );
  if (secretKey === undefined) {
    console.log("Without a secret key (BALISE_SECRET_KEY), calls and chats are left out.");
  }
  const progress = createProgress({ label: "demo", total: visitors });
  const started = performance.now();
  try {
    const { events, people } = await fillDemo({
      url: options.url,
      writeKey,
      secretKey,
      visitors,
      days,
      seed,
      onProgress: (at) => progress.update(at.visitors, `${count(at.events)} events`),
    });
    progress.stop();
    const seconds = (performance.now() - started) / 1000;
    console.log(
      `${count(events)} events of ${count(people)} visitors in ${seconds.toFixed(1)} s (${count(Math.round(events / seconds))} events/s). Run again today, they count once.`,
    );
    return 0;
  } finally {
    progress.stop();
  }
}

/** A write key given by hand may be of another site than the keys in the data directory. */
function secretKeyBeside({ key, secretKey }: DemoOptions): string | undefined {
  if (secretKey !== undefined) return secretKey;
  if (key !== undefined || process.env["BALISE_WRITE_KEY"] !== undefined) {
    return process.env["BALISE_SECRET_KEY"];
  }
  return keyFor("secretKey", undefined);
}

function wholeNumber(name: keyof typeof LIMITS, given: string | number | undefined): number {
  const { low, high, usual } = LIMITS[name];
  if (given === undefined) return usual;
  const number = Number(given);
  if (Number.isInteger(number) && number >= low && number <= high) return number;
  throw new Error(`--${name} ${given} must be a whole number from ${low} to ${high}`);
}

function count(number: number): string {
  return number.toLocaleString("en");
}
