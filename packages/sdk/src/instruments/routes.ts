import { listen } from "./listen.js";
import { type Stop, together } from "./stop.js";

/**
 * Calls `run` with the route to come when the page changes its route without a load: before the
 * address changes, so that what is tracked still belongs to the route that is left. Only where
 * the browser tells too late (a router that intercepts a click, or back and forward without the
 * Navigation API) the address is the new one already. A route is an address without its anchor;
 * `#/…` and `#!…` are no anchors. Does nothing on a server.
 */
export function onRoute(run: (to: string) => void): Stop {
  if (!globalThis.window) return () => undefined;
  let route = routeOf(location.href);

  function change(href: string | URL | null | undefined): void {
    const to = routeOf(href ?? location.href);
    if (to === route) return;
    route = to;
    run(to);
  }

  const here = (): void => change(location.href);
  // Not in all browsers yet: https://developer.mozilla.org/docs/Web/API/Navigation_API
  if (!("navigation" in window)) {
    return together(listen("popstate", here), patch(change));
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

export function routeOf(href: string | URL): string {
  return new URL(href, document.baseURI).href.replace(/#(?![/!]).*/, "");
}

/** Others may have wrapped the methods when it stops: then ours stays, and tells nobody. */
function patch(change: (href: string | URL | null | undefined) => void): Stop {
  const { history } = window;
  let tell: typeof change | undefined = change;
  const undo = (["pushState", "replaceState"] as const).map((name) => {
    // oxlint-disable-next-line typescript/unbound-method -- only ever applied to a history
    const original = history[name];
    const patched: History["pushState"] = function (this: History, ...args) {
      try {
        tell?.(args[2]);
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
  return together(...undo, () => (tell = undefined));
}
