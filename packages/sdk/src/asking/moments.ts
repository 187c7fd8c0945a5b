import type { TagTrigger } from "../survey-rules.js";

type Moment = Extract<TagTrigger, { moment: string }>;

/** What people do; each begins an inactivity anew. */
const DOINGS = ["pointerdown", "pointermove", "keydown", "scroll"];

/**
 * Calls `fire` at this moment of the page, until `signal` ends it; nothing runs until the browser
 * tells, or one timer ends. A return is no matter of the page.
 *
 * @returns what begins it anew, for another page.
 */
export function onMoment(trigger: Moment, fire: () => void, signal: AbortSignal): () => void {
  if (signal.aborted) return () => undefined;
  const { moment } = trigger;
  let fired = false;
  let timer: ReturnType<typeof setTimeout>;
  let left = 0;
  let since = 0;

  function once(): void {
    if (!fired) fire();
    fired = true;
  }

  function on<Type extends keyof WindowEventMap>(
    type: Type | string,
    run: (event: WindowEventMap[Type]) => void,
  ): void {
    // Capture: a page's own stopPropagation() hides nothing.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the browser gives each type its own event
    addEventListener(type, run as EventListener, { capture: true, passive: true, signal });
  }

  /** Time goes on while somebody looks; of an inactivity it begins anew. */
  function look(): void {
    clearTimeout(timer);
    if (since && moment === "visible") left -= performance.now() - since;
    since = document.hidden ? 0 : performance.now();
    if (since) timer = setTimeout(once, left);
  }

  function anew(): void {
    fired = false;
    if (!("seconds" in trigger)) return;
    left = trigger.seconds * 1000;
    since = 0;
    look();
  }

  if (moment === "exit") {
    on<"mouseout">(moment && "mouseout", ({ relatedTarget, clientY }) => {
      if (!relatedTarget && clientY <= 0) once();
    });
  }
  if (moment === "scroll") {
    // Observers of sizes are called right after the browser's own layout: to read costs none.
    const layout = new ResizeObserver(() => {
      layout.disconnect();
      const { scrollTop, clientHeight, scrollHeight } = document.documentElement;
      if ((scrollTop + clientHeight + 1) * 100 >= trigger.percent * scrollHeight) once();
    });
    on("scroll", () => layout.observe(document.documentElement));
  }
  if ("seconds" in trigger) on("visibilitychange", look);
  if (moment === "inactivity") for (const type of DOINGS) on(type, look);
  signal.addEventListener("abort", () => clearTimeout(timer));
  anew();
  return anew;
}
