import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { environment } from "../support/run.js";
import { inTime } from "./patience.js";

/** What `app.py` tells. */
type Told =
  | { event: "started" | "loaded" | "killed" }
  | { event: "message"; text: string; reply?: number }
  | { event: "evaluated"; number: number; value?: string; error?: string };

/** `app.py`, which is told what to do and tells what happens. */
export interface Program {
  order: (what: object) => void;
  /** Resolves when this happens next. */
  next: (event: "started" | "loaded" | "killed") => Promise<void>;
  evaluate: (expression: string) => Promise<unknown>;
  end: () => Promise<void>;
}

export function startProgram(
  python: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  heard: (text: string, reply: number | undefined) => void,
): Program {
  const child = spawn(python, [join(import.meta.dirname, "app.py"), ...args], {
    env: environment(settings),
    stdio: ["pipe", "pipe", "ignore"],
  });
  const waiting: { event: Told["event"]; go: () => void }[] = [];
  const questions = new Map<number, (told: { value?: string; error?: string }) => void>();
  let asked = 0;

  function take(told: Told): void {
    if (told.event === "message") return heard(told.text, told.reply);
    if (told.event === "evaluated") return questions.get(told.number)?.(told);
    const at = waiting.findIndex(({ event }) => event === told.event);
    if (at >= 0) for (const { go } of waiting.splice(at, 1)) go();
  }
  createInterface({ input: child.stdout }).on("line", (line) => take(JSON.parse(line)));

  const order = (what: object): void => void child.stdin.write(`${JSON.stringify(what)}\n`);
  return {
    order,
    next: (event) => inTime(event, (go) => void waiting.push({ event, go: () => go() })),
    evaluate: (script) =>
      inTime(script, (go, fail) => {
        const number = ++asked;
        questions.set(number, ({ value, error }) => {
          questions.delete(number);
          if (error !== undefined) fail(new Error(`${error} in ${script}`));
          else go(value === undefined ? undefined : JSON.parse(value));
        });
        order({ do: "evaluate", number, script });
      }),
    end: () => end(child, () => child.stdin.end()),
  };
}

/** Asks the process to end, and ends it when it does not. */
export async function end(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
  ask();
  await ended;
  clearTimeout(late);
}
