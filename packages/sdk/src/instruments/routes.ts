import { listen } from "./listen.js";
import { type Stop, together } from "./stop.js";

type Run = (to: URL) => void;

/** Shared by all instruments of the page, so that one thing follows the address. */
const runs = new Set<Run>();
let unfollow: Stop | undefined;

/**
 * Calls `run` with the address to come when the page changes its route without a load: before
 * the address changes, so that what is tracked still belongs to the route that is left. Only
 * where the browser tells too late (a router that intercepts a click, or back and forward
 * without the Navigation API) the address is the new one already. An anchor is no route, `#/…` is.
 * Does nothing on a server.
 */
export function onRoute(run: Run): Stop {
  if (typeof window === "undefined") return () => undefined;
  const own: Run = (to) => run(to);
  runs.add(own);
  unfollow ??= follow();
  return () => {
    if (!runs.delete(own) || runs.size > 0) return;
    unfollow?.();
    unfollow = undefined;
  };
}

function follow(): Stop {
  let route = routeOf(new URL(location.href));

  function change(href: string | URL | null | undefined): void {
    const to = new URL(href ?? "", document.baseURI);
    if (routeOf(to) === route) return;
    route = routeOf(to);
    runs.forEach((run) => run(to));
  }

  const here = (): void => change(location.href);
  // Not in all browsers yet: https://developer.mozilla.org/docs/Web/API/Navigation_API
  if (!("navigation" in window)) {
    return together(listen("popstate", here), listen("hashchange", here), patch(change));
  }
  const { navigation } = window;
  // What is not of the same document may still end in no document at all: a download, a 204.
  const before = ({ destination }: NavigateEvent): void => {
    if (destination.sameDocument) change(destination.url);
  };
  return together(
    listen("navigate", before, navigation),
    listen("currententrychange", here, navigation),
  );
}

/** Others may have wrapped the methods when we stop; theirs stay. */
function patch(change: (href: string | URL | null | undefined) => void): Stop {
  const { history } = window;
  const stops = (["pushState", "replaceState"] as const).map((name) => {
    // oxlint-disable-next-line typescript/unbound-method -- only ever applied to a history
    const original = history[name];
    const patched: History["pushState"] = function (this: History, ...args) {
      try {
        change(args[2] ?? location.href);
      } catch {
        // An address that is none is the browser's to refuse.
      }
      original.apply(this, args);
    };
    history[name] = patched;
    return () => {
      if (history[name] === patched) history[name] = original;
    };
  });
  return together(...stops);
}

function routeOf({ origin, pathname, search, hash }: URL): string {
  return origin + pathname + search + (/^#[/!]/.test(hash) ? hash : "");
}
