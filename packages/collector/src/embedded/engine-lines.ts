import type { Log } from "../trouble.js";

/** Lines of the engine that are logged in a minute; a crash writes some dozens. */
const A_MINUTE = 100;

/** Characters of a line. */
const LONGEST = 500;

/**
 * Logs what the engine writes by itself. It may quote the statement that it was at: rows, which are
 * JSON, are left out.
 */
export function engineLines(
  log: Log,
  now: () => number = () => performance.now(),
): (line: string) => void {
  let began = now();
  let lines = 0;
  return (line) => {
    if (now() - began > 60_000) {
      const leftOut = lines - A_MINUTE;
      if (leftOut > 0) log.warn({ leftOut }, "lines of the embedded ClickHouse were left out");
      began = now();
      lines = 0;
    }
    lines += 1;
    if (lines > A_MINUTE) return;
    const shown = line.replace(/\{\s*".*/s, "{…}").slice(0, LONGEST);
    log.warn({ line: shown }, "embedded ClickHouse");
  };
}
