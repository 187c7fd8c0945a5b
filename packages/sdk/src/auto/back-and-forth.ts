import { listen } from "../instruments/listen.js";
import { onRoute, routeOf } from "../instruments/routes.js";
import { type Stop, together } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

export interface BackAndForthOptions {
  /** The longest stay on the page between, in seconds. @default 10 */
  within?: number;
  /**
   * `sessionStorage`, to remember the last two addresses from one load to the next, once you know
   * that the visitor agrees. Without it a load forgets, and of returns by a load those alone are
   * seen for which the browser had kept the page (back/forward cache).
   * @default nothing is stored
   */
  memory?: Pick<Storage, "getItem" | "setItem">;
}

const KEY = "balise.way";

/**
 * Tracks `back_and_forth` when the visitor is on a page again after a short stay on another one:
 * on the page returned to, with the `seconds` of that stay.
 *
 * @returns a function that stops it.
 */
export function backAndForth(tag: Tracker, options: BackAndForthOptions = {}): Stop {
  if (typeof window === "undefined") return () => undefined;
  const { within = 10, memory } = options;
  let way = memory?.getItem(KEY)?.split(" ") ?? [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Where the visitor is, was before, and since when. */
  function move(here: string, before = ""): void {
    way = [here, before, `${Date.now()}`];
  }

  function arrive(route: string): void {
    const [here, before, since] = way;
    if (route === here) return;
    const seconds = Math.round((Date.now() - Number(since)) / 100) / 10;
    const back = route === before && seconds <= within;
    move(route, back ? "" : here);
    // A task later the address is that of the page.
    if (back) timer = setTimeout(() => tag.track("back_and_forth", { seconds }));
    try {
      memory?.setItem(KEY, way.join(" "));
    } catch {
      // Full: the next load knows nothing.
    }
  }

  const arrived = (): void => arrive(routeOf(location.href));
  arrived();
  return together(
    onRoute(arrive),
    // Where to is not known; a page that the browser keeps still knows when it was.
    listen("pagehide", () => move("", way[0])),
    listen("pageshow", arrived),
    () => clearTimeout(timer),
  );
}
