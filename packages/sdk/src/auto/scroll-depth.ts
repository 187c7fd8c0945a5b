import { listen } from "../instruments/listen.js";
import { onRoute } from "../instruments/routes.js";
import { type Stop, together } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

/** A router takes a moment to replace a page and to go to its top. */
const SETTLED_MS = 1000;

/**
 * Tracks `scroll_depth` when a page is hidden, left, or changes its route: `depth` is the deepest
 * share of it that was in view, 25, 50, 75 or 100 per cent of its height at that time. It is told
 * once a page, and again only if the visitor comes back and goes deeper. Of a page that does not
 * scroll, or of which less was seen, nothing is told: page views say how many there were. Where
 * the page stands still and a part that fills more than half the window scrolls, that
 * part is the page.
 *
 * @returns a function that stops it.
 */
export function scrollDepth(tag: Tracker): Stop {
  if (typeof ResizeObserver === "undefined") return () => undefined;
  let box: Element | undefined;
  let scrolled: Element = document.documentElement;
  let seen = 0;
  let height = 0;
  let told = 0;
  let timer: ReturnType<typeof setTimeout>;

  // Observers of sizes are called right after the browser's own layout: to read costs none.
  const layout = new ResizeObserver(() => {
    const found = boxOf(scrolled);
    if (found !== box) seen = 0;
    box = found;
    const { scrollTop, clientHeight, scrollHeight } = box;
    seen = Math.max(seen, scrollTop + clientHeight);
    height = scrollHeight > clientHeight ? scrollHeight : 0;
  });

  /** Observing anew is being called once. */
  function look(): void {
    layout.disconnect();
    layout.observe(document.documentElement);
  }

  function rest(): void {
    clearTimeout(timer);
    layout.disconnect();
    box = undefined;
  }

  function begin(): void {
    rest();
    height = told = 0;
    timer = setTimeout(look, SETTLED_MS);
  }

  function leave(): void {
    // A pixel less than all is all: positions have fractions. `| 0` makes whole quarters, and
    // none of a page that does not scroll.
    const depth = Math.min((((seen + 1) / height) * 4) | 0, 4) * 25;
    if (depth <= told) return;
    told = depth;
    tag.track("scroll_depth", { depth });
  }

  begin();
  return together(
    listen("scroll", ({ target }) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a document has no size: never half the window's
      scrolled = target as Element;
      if (box) look();
    }),
    listen("visibilitychange", leave),
    listen("pageshow", begin),
    onRoute(() => {
      leave();
      begin();
    }),
    rest,
  );
}

/** What scrolls as the page. */
function boxOf(scrolled: Element): Element {
  const page = document.scrollingElement ?? document.documentElement;
  return page.scrollHeight <= page.clientHeight &&
    scrolled.clientHeight * scrolled.clientWidth * 2 > page.clientHeight * page.clientWidth
    ? scrolled
    : page;
}
