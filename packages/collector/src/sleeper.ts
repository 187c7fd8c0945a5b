/** What a loop does between its rounds: sleeps, until it is woken or its work ends. */
export class Sleeper {
  readonly #stopping: AbortSignal;
  #wake: () => void = () => undefined;

  constructor(stopping: AbortSignal) {
    this.#stopping = stopping;
  }

  /** Until it is woken, or so many milliseconds at most; not at all once the work ends. */
  async sleep(milliseconds: number | undefined): Promise<void> {
    if (this.#stopping.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wake(): void {
    this.#wake();
  }
}
