import { STEPS } from "./story.js";

const SENT = 1;
const AGAIN = 2;
const ACKNOWLEDGED = 4;

/** Whole persons, one after the other. */
export interface Span {
  first: number;
  events: number;
}

/** What the senders know of every event: one byte each. */
export class Ledger {
  #marks = new Uint8Array(1 << 20);
  #next = 0;
  acknowledged = 0;

  /** Events numbered so far, sent or not. */
  get size(): number {
    return this.#next;
  }

  /** New events of as many new persons. */
  take(persons: number): Span {
    const span = { first: this.#next, events: persons * STEPS };
    this.#next += span.events;
    while (this.#next > this.#marks.length) {
      const wider = new Uint8Array(this.#marks.length * 2);
      wider.set(this.#marks);
      this.#marks = wider;
    }
    return span;
  }

  /** Bytes of the events may have left for a collector. */
  sent({ first, events }: Span): void {
    for (let event = first; event < first + events; event++) {
      const mark = this.#marks[event] ?? 0;
      this.#marks[event] = mark | (mark & SENT ? AGAIN : SENT);
    }
  }

  /** A collector has promised to keep them. */
  promised({ first, events }: Span): void {
    for (let event = first; event < first + events; event++) {
      const mark = this.#marks[event] ?? 0;
      if (!(mark & ACKNOWLEDGED)) this.acknowledged += 1;
      this.#marks[event] = mark | ACKNOWLEDGED;
    }
  }

  wasSent(event: number): boolean {
    return ((this.#marks[event] ?? 0) & SENT) !== 0;
  }

  wasSentAgain(event: number): boolean {
    return ((this.#marks[event] ?? 0) & AGAIN) !== 0;
  }

  wasPromised(event: number): boolean {
    return ((this.#marks[event] ?? 0) & ACKNOWLEDGED) !== 0;
  }
}
