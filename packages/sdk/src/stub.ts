import { type EarlyCall, METHODS } from "./calls.js";

// Takes the calls that a page makes before the tag has loaded. Inline it, or load it first.
const page: (Window & { balise?: Record<string, unknown> }) | undefined =
  typeof window === "undefined" ? undefined : window;
if (page && !page.balise) {
  const queue: EarlyCall[] = [];
  const stub: Record<string, unknown> = { q: queue };
  for (const method of METHODS) {
    stub[method] = function (...args: unknown[]) {
      queue.push([Date.now(), method, args]);
      return Promise.resolve();
    };
  }
  page.balise = stub;
}
