import type { Browser } from "playwright-core";
import type { Collector } from "../support/collector.js";

/** What all examples share; asked within a test, when it has been started. */
export type Scene = () => Stage;

export interface Stage {
  collector: Collector;
  browser: Browser;
}
