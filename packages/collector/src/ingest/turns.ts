/** Milliseconds that the events of one request are worked on before others come in between. */
const SLICE = 10;

/** Bytes of bodies that may be half read at once: each takes several times that in memory. */
const MOST_HELD = 16 * 1024 * 1024;

/** Too many bodies that take long are half read: the request is to be sent again. */
export class BusyError extends Error {
  override readonly name = "BusyError";
}

/** The work on one request. */
interface Turn {
  /** Whether it has gone on for long enough: `next` must come before more. */
  isOver: () => boolean;
  /**
   * Resolves when it may go on.
   * @throws BusyError when too much waits already.
   */
  next: () => Promise<void>;
  /** To be called once, whatever became of it. */
  end: () => void;
}

/**
 * Shares the event loop between requests whose events take long to look through. One of them goes on
 * at each turn of the loop, in the order in which they came to wait, so that however many there are,
 * everything else waits for one slice, or for one event that takes longer.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  readonly #now: () => number;
  readonly #slice: number;
  #held = 0;

  /** @param now milliseconds, of a clock that is never set. */
  constructor(now = (): number => performance.now(), slice = SLICE) {
    this.#now = now;
    this.#slice = slice;
  }

  /** @param bytes held in memory while it waits. */
  begin(bytes: number): Turn {
    let since = this.#now();
    let held = 0;
    return {
      isOver: () => this.#now() - since >= this.#slice,
      next: async () => {
        if (held === 0 && bytes > 0) {
          if (this.#held + bytes > MOST_HELD) {
            throw new BusyError("too many bodies that take long are under way: send it again");
          }
          held = bytes;
          this.#held += held;
        }
        await this.#turn();
        since = this.#now();
      },
      end: () => {
        this.#held -= held;
        held = 0;
      },
    };
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.push(resolve) === 1) setImmediate(this.#goOn);
    });
  }

  /** The work that resolves is done before the next turn of the loop. */
  readonly #goOn = (): void => {
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) setImmediate(this.#goOn);
  };
}
