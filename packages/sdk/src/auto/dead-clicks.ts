import { listen } from "../instruments/listen.js";
import { placeOf } from "../instruments/place.js";
import { type Stop, together } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

export interface DeadClicksOptions {
  /**
   * Selector of what looks as if a click did something. Leave out what does nothing that can be
   * seen: what copies, selects, prints, or changes the value of a field alone.
   * @default ":is(a, button, [role=button], [onclick]):not([aria-disabled=true], [aria-current])"
   */
  clickable?: string;
}

const CLICKABLE = ":is(a,button,[role=button],[onclick]):not([aria-disabled=true],[aria-current])";
const PATIENCE_MS = 1000;
const CHANGES = { subtree: true, childList: true, attributes: true, characterData: true };
/** What tells, beside changes of the document, that something has happened. */
const SIGNS = "scroll focusin submit reset change toggle play beforeunload".split(" ");

/**
 * Tracks `dead_click` when someone clicks on what looks clickable and within a second nothing
 * happens: no change of the document, scrolling, focus elsewhere, form sent or changed, medium
 * played, navigation begun, or window before the page. Links that the browser itself follows are
 * never dead. Changes are observed from the press to the end of that second alone. What goes on in
 * shadow trees, canvases and the network is not seen, and a page that always moves hides its dead
 * clicks. Its property `target` is the element: names, ids and classes, no text.
 *
 * @returns a function that stops it.
 */
export function deadClicks(tag: Tracker, { clickable = CLICKABLE }: DeadClicksOptions = {}): Stop {
  let unwatch: Stop | undefined;
  let watched: Element | undefined;
  let clicked: Event | undefined;

  function end(): void {
    unwatch?.();
    watched = clicked = undefined;
  }

  function sign({ type }: Event): void {
    // A press itself gives the focus to what it meets.
    if (type !== "focusin" || !watched?.closest(":focus")) end();
  }

  /** From the press on: some pages act on it, and the click comes after. */
  function press({ target }: Event): void {
    end();
    // The document itself has no such method.
    const element: Element | null | undefined = Object(target).closest?.(clickable);
    if (!element) return;
    watched = element;
    const observer = new MutationObserver(end);
    observer.observe(document, CHANGES);
    const timer = setTimeout(() => {
      if (clicked && document.hasFocus() && !leads(element, clicked)) {
        tag.track("dead_click", { target: placeOf(element) });
      }
      end();
    }, PATIENCE_MS);
    // A page that always listens to `beforeunload` is not kept for the back button.
    const unlisten = SIGNS.map((type) => listen(type, sign));
    unwatch = together(
      ...unlisten,
      () => observer.disconnect(),
      () => clearTimeout(timer),
    );
  }

  function click(event: Event): void {
    if (watched && event.composedPath().includes(watched)) clicked = event;
  }

  return together(listen("pointerdown", press), listen("click", click), end);
}

/** Whether the browser itself follows the link, however long that takes. */
function leads(element: Element, { defaultPrevented }: Event): boolean {
  const href = element.closest("a")?.getAttribute("href") ?? "";
  return !defaultPrevented && !/^(#?$|javascript:)/i.test(href);
}
