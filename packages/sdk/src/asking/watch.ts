import type { Extras } from "../events.js";
import { nothing } from "../nothing.js";
import type { TagTrigger } from "../survey-rules.js";

/** An event as the tag was told it. */
export type Heard = [name: string, properties?: object, extras?: Extras];

export interface Watch {
  hear(heard: Heard): void;
  fire(cause?: Heard): void;
}

/**
 * Calls `ask` when the trigger fires and its delay has passed, on one of its pages, until `signal` ends
 * it; never within the page's own call. `isOn` tells whether a page is the one that is seen. A
 * moment fires once a page view. Whether the properties of an event are those wanted is left to `ask`, which
 * gets all events that may be the cause.
 */
export function watch(
  trigger: TagTrigger,
  isOn: (pages: string | undefined) => boolean,
  ask: (causes: Heard[]) => void,
  signal: AbortSignal,
): Watch {
  const { pages, delaySeconds = 0, delayedBy, cancelledBy } = trigger;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let causes: Heard[] = [];
  let anew: (() => void) | undefined;

  function wait(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      if (isOn(pages) && !signal.aborted) ask(causes);
      causes = [];
    }, delaySeconds * 1000);
  }

  function fire(cause?: Heard): void {
    if (!isOn(pages)) return;
    if (cause) causes.push(cause);
    if (!timer) wait();
  }

  if ("moment" in trigger) {
    // Most surveys have none. What cannot be loaded never fires.
    import("./moments.js").then(
      ({ onMoment }) => (anew = onMoment(trigger, fire, signal)),
      nothing,
    );
  }
  return {
    fire,
    hear(heard) {
      const [name, , { outcome } = {}] = heard;
      if (timer && delayedBy?.includes(name)) wait();
      else if (cancelledBy?.includes(name)) {
        clearTimeout(timer);
        timer = undefined;
        causes = [];
      } else if (
        "event" in trigger &&
        [name, "*"].includes(trigger.event) &&
        (trigger.outcome ?? outcome) === outcome
      ) {
        fire(heard);
      }
      if (name === "page_view") anew?.();
    },
  };
}
