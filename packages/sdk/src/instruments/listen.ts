import type { Stop } from "./stop.js";

type Events = WindowEventMap & DocumentEventMap & NavigationEventMap;
type Run = (event: Event) => void;

interface Delegate {
  target: EventTarget;
  type: string;
  runs: Set<Run>;
  hear: Run;
}

// Capture: a page's own stopPropagation() hides nothing. Passive: nothing waits for us.
const OPTIONS = { capture: true, passive: true };

/** Shared by all instruments of the page, so that the browser knows one listener per type. */
const delegates = new Set<Delegate>();

/**
 * Calls `run` at each event of this type, before the page's own handlers. However many
 * instruments ask for a type, the target has one listener of it. What `run` throws is lost: it
 * must reach neither the page nor the other instruments. Does nothing on a server.
 *
 * @param target `window` hears what happens to any element, but not its `load`.
 * @default target window
 */
export function listen<Type extends keyof Events>(
  type: Type,
  run: (event: Events[Type]) => void,
  target?: EventTarget,
): Stop;
export function listen(type: string, run: Run, target?: EventTarget): Stop;
export function listen(type: string, run: Run, target?: EventTarget): Stop {
  if (typeof window === "undefined") return () => undefined;
  const delegate = delegateOf(type, target ?? window);
  const own: Run = (event) => {
    try {
      run(event);
    } catch {
      // An instrument's fault is not the page's.
    }
  };
  delegate.runs.add(own);
  return () => {
    if (!delegate.runs.delete(own) || delegate.runs.size > 0) return;
    delegates.delete(delegate);
    delegate.target.removeEventListener(type, delegate.hear, OPTIONS);
  };
}

function delegateOf(type: string, target: EventTarget): Delegate {
  for (const known of delegates) {
    if (known.type === type && known.target === target) return known;
  }
  const runs = new Set<Run>();
  const hear: Run = (event) => runs.forEach((run) => run(event));
  const delegate = { target, type, runs, hear };
  delegates.add(delegate);
  target.addEventListener(type, hear, OPTIONS);
  return delegate;
}
