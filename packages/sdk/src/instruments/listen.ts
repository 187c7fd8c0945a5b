import type { Stop } from "./stop.js";

type Events = WindowEventMap & DocumentEventMap & NavigationEventMap;
type Run = (event: Event) => void;

// Capture: a page's own stopPropagation() hides nothing. Passive: nothing waits for us.
const OPTIONS = { capture: true, passive: true };

/** By type; shared by all instruments of the page, so that the browser knows one listener of each. */
const heard: { [type: string]: Set<Run> } = {};

/**
 * Calls `run` at each event of this type, before the page's own handlers. However many
 * instruments ask for a type, the browser has one listener of it. What `run` throws is lost: it
 * must reach neither the page nor the other instruments. A function is called once, however often
 * it is given. Does nothing on a server.
 *
 * @param target Whoever asks for a type must name the same one. `window` hears what happens to
 * any element, but not its `load`.
 * @default target window
 */
export function listen<Type extends keyof Events>(
  type: Type,
  run: (event: Events[Type]) => void,
  target?: EventTarget,
): Stop;
export function listen(type: string, run: Run, target?: EventTarget): Stop;
export function listen(
  type: string,
  run: Run,
  target: EventTarget | undefined = globalThis.window,
): Stop {
  if (!target) return () => undefined;
  const runs = (heard[type] ??= new Set());
  if (runs.size === 0) target.addEventListener(type, hear, OPTIONS);
  runs.add(run);
  return () => {
    if (runs.delete(run) && runs.size === 0) target.removeEventListener(type, hear, OPTIONS);
  };
}

function hear(event: Event): void {
  heard[event.type]?.forEach((run) => {
    try {
      run(event);
    } catch {
      // An instrument's fault is not the page's.
    }
  });
}
