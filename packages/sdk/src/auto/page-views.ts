import type { Tag } from "../tag.js";

/**
 * Counts a page view now and at every change of route: `pushState`, `replaceState`, back and
 * forward, and when the page comes back from the back/forward cache. A change of address to
 * itself, or of an anchor, is none; `#/route` is one. Gives back a function that stops it.
 */
export function pageViews(tag: Pick<Tag, "page">): () => void {
  if (typeof window === "undefined" || typeof document === "undefined") return () => undefined;
  const { history } = window;
  // oxlint-disable-next-line typescript/unbound-method -- they are only ever applied to a history
  const { pushState, replaceState } = history;
  let seen: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function count(): void {
    clearTimeout(timer);
    timer = undefined;
    seen = routeOf(location);
    tag.page();
  }

  /** A task later frameworks have set the title, and a redirect has come to its end. */
  function changed(): void {
    clearTimeout(timer);
    timer = routeOf(location) === seen ? undefined : setTimeout(count, 0);
  }

  /** The page may be gone before the timer: what waits is counted while it can be sent. */
  function leaving(): void {
    if (timer !== undefined) count();
  }

  function restored(event: PageTransitionEvent): void {
    if (event.persisted) count();
  }

  function wrap(original: History["pushState"]): History["pushState"] {
    return function (this: History, ...args) {
      original.apply(this, args);
      changed();
    };
  }

  const pushed = wrap(pushState);
  const replaced = wrap(replaceState);
  history.pushState = pushed;
  history.replaceState = replaced;
  window.addEventListener("popstate", changed);
  window.addEventListener("hashchange", changed);
  window.addEventListener("pageshow", restored);
  window.addEventListener("pagehide", leaving, true);
  document.addEventListener("visibilitychange", leaving, true);

  // A page that the browser prepares ahead may never be seen.
  if ("prerendering" in document && document.prerendering === true) {
    document.addEventListener("prerenderingchange", count, { once: true });
  } else count();

  return () => {
    clearTimeout(timer);
    // Others may have wrapped them since; theirs stay.
    if (history.pushState === pushed) history.pushState = pushState;
    if (history.replaceState === replaced) history.replaceState = replaceState;
    window.removeEventListener("popstate", changed);
    window.removeEventListener("hashchange", changed);
    window.removeEventListener("pageshow", restored);
    window.removeEventListener("pagehide", leaving, true);
    document.removeEventListener("visibilitychange", leaving, true);
    document.removeEventListener("prerenderingchange", count);
  };
}

/** The address without an anchor; `#/…` and `#!…` are routes of their own. */
function routeOf({ origin, pathname, search, hash }: Location): string {
  return origin + pathname + search + (/^#[/!]/.test(hash) ? hash : "");
}
