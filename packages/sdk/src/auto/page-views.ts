import { addressOf } from "../address.js";
import { followRoutes } from "../routes.js";
import type { Tracker } from "../instruments/tracker.js";
import type { Page } from "../wire.js";

/**
 * Counts a page view now and at every change of route: `pushState`, `replaceState`, back and
 * forward, and when the page comes back from the back/forward cache. Addresses that `address`
 * (the tag's option of that name) keeps alike are one page; a change to the same is none. Gives
 * back a function that stops it.
 */
export function pageViews(tag: Tracker, address?: (address: URL) => Page): () => void {
  if (typeof document === "undefined") return () => undefined;
  let seen: string | undefined;
  let occurredAt: number;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const route = (): string | undefined =>
    address ? address(new URL(location.href)).url : addressOf(location);

  function count(): void {
    clearTimeout(timer);
    timer = undefined;
    seen = route();
    tag.track("page_view", undefined, { occurredAt });
  }

  /**
   * A task later frameworks have set the title, a redirect has come to its end, and a page that
   * starts has started. What is tracked meanwhile comes after the view.
   */
  function changed(): void {
    clearTimeout(timer);
    occurredAt = Date.now();
    timer = route() === seen ? undefined : setTimeout(count, 0);
  }

  /** The page may be gone before the timer: what waits is counted while it can be sent. */
  function follow(event: Event): void {
    const restored =
      event instanceof PageTransitionEvent && event.type === "pageshow" && event.persisted;
    // A page that the browser prepares ahead may never be seen.
    const again = restored || event.type === "prerenderingchange";
    if (again) occurredAt = Date.now();
    if (again || timer !== undefined) count();
  }

  const types = ["pageshow", "pagehide", "visibilitychange", "prerenderingchange"];
  for (const type of types) addEventListener(type, follow, true);
  const unfollow = followRoutes(changed);
  if (Reflect.get(document, "prerendering") !== true) changed();

  return () => {
    clearTimeout(timer);
    unfollow();
    for (const type of types) removeEventListener(type, follow, true);
  };
}
