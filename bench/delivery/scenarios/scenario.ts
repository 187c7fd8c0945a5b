import type { Proxy } from "../proxy.js";
import type { Visitor } from "../visitor.js";

export interface Scenario {
  letter: string;
  title: string;
  /** How many events must arrive. */
  wanted: number;
  /** No page of the site is left at the end, so nothing can come much later. */
  gone?: boolean;
  /** Of the short form that runs with the tests. */
  core?: boolean;
  /** The browser is not open yet. */
  closed?: boolean;
  /** The browser's profile is new, the tag of a page not started, and the collector there. */
  play: (visitor: Visitor, proxy: Proxy) => Promise<void>;
}

/** The visitor opens the site once more; the tag starts. */
export async function comeBack(visitor: Visitor): Promise<void> {
  const tab = await visitor.visit();
  await tab.act({ start: true });
}
