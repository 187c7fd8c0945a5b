import { name } from "../instruments/form.js";
import { listen } from "../instruments/listen.js";
import { type Stop, together } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";
import type { Properties } from "../wire.js";

export interface FormsOptions {
  /**
   * A CSS selector: forms that it does not match are left out.
   * @default "form"
   */
  only?: string;
}

/** A form that is being filled in. */
interface Progress {
  /** Time of the event that began it, in milliseconds. */
  start: number;
  /** Sent, and not known yet whether the page refuses it. */
  sent?: Event | undefined;
  properties: Properties;
}

/**
 * Tracks `form_start` when a visitor enters something in a form, which a browser that fills it
 * in by itself is not; `form_submit` when it is sent, by the browser or by the page's code; and
 * `form_abandon` when it is left started: the page is left, its path changes, or the form is
 * removed. What validation refuses is not sent: the browser refuses by itself, a page by
 * cancelling the event while a field is `:invalid` or `aria-invalid="true"`. Of `form.submit()`
 * nobody hears; `form.requestSubmit()` is heard.
 *
 * Properties: `form`, its `data-balise-form`, `name` or `id`; `field`, the last field or button
 * reached, by its `data-balise-field`, `name` or `id`; and when it ends `seconds`, from the start
 * to the sending or, when abandoned, to the last touch. What visitors enter is never read.
 *
 * @returns a function that stops it.
 */
export function forms(tag: Tracker, { only = "form" }: FormsOptions = {}): Stop {
  const started = new Map<HTMLFormElement, Progress>();

  function hear(event: Event): void {
    started.forEach((progress, form) => form.isConnected || leave(progress, form));
    for (const element of event.composedPath()) {
      // A field in a shadow tree stands for its host, if the form is outside.
      const form = element instanceof Element && element.closest("form");
      if (form) return touch(form, element, event);
    }
  }

  function touch(form: HTMLFormElement, element: Element, event: Event): void {
    if (!form.matches(only)) return;
    const { type, timeStamp } = event;
    const known = started.get(form);
    // Browsers enter what they remember without anybody being there.
    const enters = type === "input" && element.matches(":focus-within,:checked");
    if (!known && !enters && type !== "submit") return;
    const progress = known ?? { start: timeStamp, properties: {} };
    if (element !== form) name(progress.properties, "field", element);
    if (!known) begin(progress, form);
    progress.properties["seconds"] = Math.round((timeStamp - progress.start) / 100) / 10;
    if (type === "submit") {
      progress.sent = event;
      // By then the page's own handlers have said what they think of it.
      setTimeout(settle, 0, progress, form);
    }
  }

  function begin(progress: Progress, form: HTMLFormElement): void {
    name(progress.properties, "form", form);
    tag.track("form_start", progress.properties);
    started.set(form, progress);
    // A submit event does not leave its shadow tree.
    form.addEventListener("submit", hear);
  }

  function settle(progress: Progress, form: HTMLFormElement): void {
    if (accepted(progress, form)) leave(progress, form);
    progress.sent = undefined;
  }

  function leave(progress: Progress, form: HTMLFormElement): void {
    tag.track(accepted(progress, form) ? "form_submit" : "form_abandon", progress.properties);
    forget(progress, form);
  }

  function forget(progress: Progress, form: HTMLFormElement): void {
    progress.sent = undefined;
    form.removeEventListener("submit", hear);
    started.delete(form);
  }

  const left = (): void => started.forEach(leave);
  return together(
    ...["focusin", "input", "submit"].map((type) => listen(type, hear)),
    listen("pagehide", left),
    listen(
      "navigate",
      ({ destination: { sameDocument, url } }) => {
        // A query alone is often the form's own doing, as of filters and searches.
        if (sameDocument && new URL(url).pathname !== location.pathname) left();
      },
      globalThis.navigation,
    ),
    () => started.forEach(forget),
  );
}

/** Sent, and not refused by the page. */
function accepted({ sent }: Progress, form: HTMLFormElement): boolean {
  return !!sent && !(sent.defaultPrevented && form.querySelector(":invalid,[aria-invalid=true]"));
}
