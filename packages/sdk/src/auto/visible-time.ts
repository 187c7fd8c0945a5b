import { listen } from "../instruments/listen.js";
import { onRoute, routeOf } from "../instruments/routes.js";
import { type Stop, together } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

/**
 * Tracks `visible_time`, with the `seconds` that the page could be seen: in a tab in front, not
 * necessarily one that has the focus. It is told when the page is hidden or left and when the route
 * changes; the pieces of one page add up to its time.
 *
 * @returns a function that stops it.
 */
export function visibleTime(tag: Tracker): Stop {
  let since: number | undefined;

  function begin(): void {
    if (document.visibilityState === "visible") since ??= performance.now();
  }

  function tell(): void {
    const seconds = Math.round((performance.now() - (since ?? Infinity)) / 100) / 10;
    since = undefined;
    if (seconds > 0) tag.track("visible_time", { seconds });
  }

  if (typeof document !== "undefined") begin();
  return together(
    listen("visibilitychange", () => {
      tell();
      begin();
    }),
    listen("pagehide", tell),
    listen("pageshow", begin),
    onRoute((to) => {
      // Too late: it would count for the page that follows.
      if (to === routeOf(location.href)) since = undefined;
      tell();
      begin();
    }),
  );
}
