import { addressOf } from "../address.js";
import { followRoutes } from "../routes.js";
import type { Tag } from "../tag.js";
import type { Page } from "../wire.js";

/**
 * Counts a page view now and at every change of route: `pushState`, `replaceState`, back and
 * forward, and when the page comes back from the back/forward cache. Addresses that `address`
 * (the tag's option of that name) keeps alike are one page; a change to the same is none. Gives
 * back a function that stops it.
 */
export function pageViews(tag: Pick<Tag, "page">, address?: (address: URL) => Page): () => void {
  if (typeof document === "undefined") return () => undefined;
  let seen: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const route = (): string | undefined =>
    address ? address(new URL(location.href)).url : addressOf(location);

  function count(): void {
    clearTimeout(timer);
    timer = undefined;
    seen = route();
    tag.page();
  }

  /** A task later frameworks have set the title, and a redirect has come to its end. */
  function changed(): void {
    clearTimeout(timer);
    timer = route() === seen ? undefined : setTimeout(count, 0);
  }

  /** The page may be gone before the timer: what waits is counted while it can be sent. */
  function follow(event: Event): void {
    const restored =
      event instanceof PageTransitionEvent && event.type === "pageshow" && event.persisted;
    // A page that the browser prepares ahead may never be seen.
    if (timer !== undefined || restored || event.type === "prerenderingchange") count();
  }

  const types = ["pageshow", "pagehide", "visibilitychange", "prerenderingchange"];
  for (const type of types) addEventListener(type, follow, true);
  const unfollow = followRoutes(changed);
  if (Reflect.get(document, "prerendering") !== true) count();

  return () => {
    clearTimeout(timer);
    unfollow();
    for (const type of types) removeEventListener(type, follow, true);
  };
}
