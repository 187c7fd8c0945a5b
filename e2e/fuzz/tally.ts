import type { Input } from "./input.js";

const SHOWN = 400;
/** Complaints of a sort that are kept with their bytes; more of them say nothing new. */
const KEPT = 2;

/** What was sent and what came back, counted. */
export class Tally {
  readonly inputs = new Map<string, number>();
  readonly statuses = new Map<string, number>();
  readonly complaints: string[] = [];
  readonly #sorts = new Map<string, number>();
  failures = 0;
  /** Which part of the plan is being played, for complaints. */
  place = "";

  count(kind: string, statuses: readonly string[]): void {
    add(this.inputs, kind);
    for (const status of statuses) add(this.statuses, status);
  }

  complain(kind: string, what: string, input?: Input): void {
    this.failures++;
    const sort = `${kind} ${what}`;
    add(this.#sorts, sort);
    if ((this.#sorts.get(sort) ?? 0) > KEPT) return;
    const bytes = input === undefined ? "" : `\n    ${shown(Buffer.concat(input.parts))}`;
    this.complaints.push(`${kind}${this.place}: ${what}${bytes}`);
  }

  get total(): number {
    return [...this.inputs.values()].reduce((sum, times) => sum + times, 0);
  }
}

function add(map: Map<string, number>, name: string): void {
  map.set(name, (map.get(name) ?? 0) + 1);
}

/** Of the beginning and the end, in ASCII. */
function shown(bytes: Buffer): string {
  const text = bytes.toString("latin1");
  const cut = text.length > 2 * SHOWN ? `${text.slice(0, SHOWN)} … ${text.slice(-SHOWN)}` : text;
  return JSON.stringify(cut).replace(
    /[\u007f-\uffff]/g,
    (one) => `\\x${one.charCodeAt(0).toString(16)}`,
  );
}
