/** What the scenarios need of a browser, whichever engine it has. */
export interface Engine {
  newTab(): Promise<Tab>;
  close(): Promise<void>;
}

export interface Tab {
  /** Resolves when the page has loaded. */
  open(url: string): Promise<void>;
  /** Runs the function in the page, on its own: it sees nothing of the test but its arguments. */
  evaluate<Args extends unknown[], Result>(
    run: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>;
  close(): Promise<void>;
  /** What is seen of the page, as a PNG in base64. */
  screenshot(): Promise<string>;
  /**
   * Kills the process that holds the page, after which the tab is of no use. WebKit's driver
   * ends the whole session with it, so it has none.
   */
  crash?(): Promise<void>;
}

/**
 * All engines find this name on the loopback, and hold a page from it for insecure, as one that
 * came over plain HTTP from afar.
 */
export const INSECURE_HOST = "insecure.test";
