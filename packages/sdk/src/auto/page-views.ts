import { addressOf, type UrlParts } from "../address.js";
import { followRoutes } from "../routes.js";
import type { Tag } from "../tag.js";

/**
 * Counts a page view now and at every change of route: `pushState`, `replaceState`, back and
 * forward, and when the page comes back from the back/forward cache. `parts` says which parts of
 * the address make a page: a change of the others, or to the same address, is none. Gives back a
 * function that stops it.
 */
export function pageViews(tag: Pick<Tag, "page">, parts?: UrlParts): () => void {
  if (typeof window === "undefined" || typeof document === "undefined") return () => undefined;
  let seen: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function count(): void {
    clearTimeout(timer);
    timer = undefined;
    seen = addressOf(location, parts);
    tag.page();
  }

  /** A task later frameworks have set the title, and a redirect has come to its end. */
  function changed(): void {
    clearTimeout(timer);
    timer = addressOf(location, parts) === seen ? undefined : setTimeout(count, 0);
  }

  /** The page may be gone before the timer: what waits is counted while it can be sent. */
  function leaving(): void {
    if (timer !== undefined) count();
  }

  const restored = (event: Event): void => {
    if (event instanceof PageTransitionEvent && event.persisted) count();
  };

  const unfollow = followRoutes(changed);
  window.addEventListener("pageshow", restored);
  window.addEventListener("pagehide", leaving, true);
  window.addEventListener("visibilitychange", leaving, true);
  // A page that the browser prepares ahead may never be seen.
  if (Reflect.get(document, "prerendering") === true) {
    document.addEventListener("prerenderingchange", count, { once: true });
  } else count();

  return () => {
    clearTimeout(timer);
    unfollow();
    window.removeEventListener("pageshow", restored);
    window.removeEventListener("pagehide", leaving, true);
    window.removeEventListener("visibilitychange", leaving, true);
    document.removeEventListener("prerenderingchange", count);
  };
}
