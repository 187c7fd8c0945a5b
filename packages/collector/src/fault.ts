import { type Log, Trouble } from "./trouble.js";

/** Places of the code that are told of a fault, the innermost first. */
const FRAMES = 5;

/**
 * Tells the log of faults of the collector: what kind, at which route, and where in the code. The
 * message stays out, which may quote what a visitor sent.
 */
export function faultTeller(log: Log): (error: unknown, route: string | undefined) => void {
  // As many as there are routes and kinds of errors.
  const troubles = new Map<string, Trouble>();
  return (error, route = "") => {
    const kind = error instanceof Error ? error.name : typeof error;
    const key = `${kind} ${route}`;
    const trouble = troubles.get(key) ?? new Trouble(log);
    troubles.set(key, trouble);
    trouble.tell("error", { error: kind, ...codeOf(error), route, at: framesOf(error) }, FAILED);
  };
}

const FAILED = "a request failed";

function codeOf(error: unknown): { code?: string } {
  return error instanceof Error && "code" in error ? { code: String(error.code) } : {};
}

/** A message may look like a frame: the stack is looked at behind it. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { stack = "", message } = error;
  const behind = stack.slice(stack.indexOf(message) + message.length);
  const frames = behind.split("\n").filter((line) => /^ {4}at /.test(line));
  return frames.slice(0, FRAMES).map((line) => line.trim());
}
