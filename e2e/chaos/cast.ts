import { personOf, stepOf, STEPS } from "./story.js";

/** The events of one round by their numbers: ids tell the number, and are of this round alone. */
export class Cast {
  readonly #idStart: string;
  readonly #deviceStart: string;

  constructor(
    seed: number,
    /** Epoch milliseconds. */
    readonly startedAt: number,
  ) {
    const mark = seed.toString(16).padStart(8, "0").slice(-8);
    this.#idStart = `${mark}-ca05-7000-8000-`;
    this.#deviceStart = `${mark}-de01-7000-8000-`;
  }

  id(event: number): string {
    return this.#idStart + hex(event);
  }

  /** The number of an id; undefined for one that is not of this round. */
  numberOf(id: string): number | undefined {
    return id.startsWith(this.#idStart)
      ? Number.parseInt(id.slice(this.#idStart.length), 16)
      : undefined;
  }

  device(person: number, which: 0 | 1): string {
    return this.#deviceStart + hex(person * 2 + which);
  }

  user(person: number): string {
    return `user-${person}`;
  }

  /** The event as it goes over the wire; a bad one has a name that is none. */
  event(number: number): object {
    const person = personOf(number);
    const step = stepOf(number);
    return {
      id: this.id(number),
      name: step.bad === true ? "" : step.name,
      // Of one person in order, and all of them in the past.
      occurredAt: this.startedAt - 3_600_000 + (person % 3_000_000) + (number % STEPS),
      anonymousId: this.device(person, step.device),
      ...(step.user === true ? { userId: this.user(person) } : {}),
      ...(step.carries === "feedback" ? { feedback: this.#feedback(number) } : {}),
      ...(step.carries === "contact"
        ? { contact: { contactId: `c-${number}`, reason: "invoice" } }
        : {}),
      page: { url: `https://shop.example/products/${person % 300}`, title: "A lamp" },
      properties: { number, price: 49.9 },
    };
  }

  #feedback(number: number): object {
    return {
      surveyId: "chaos",
      kind: "transactional",
      responseId: this.id(number),
      questionId: "q1",
      metric: "nps",
      score: number % 11,
    };
  }
}

function hex(number: number): string {
  return number.toString(16).padStart(12, "0");
}
