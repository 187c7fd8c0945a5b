import type { Tracker } from "../instruments/tracker.js";

/** A tag that keeps what instruments tell it, instead of sending it. */
export function recordingTag() {
  const events: [name: string, properties: unknown][] = [];
  const tag: Tracker = {
    track: (name, ...[properties]) => void events.push([name, structuredClone(properties)]),
  };
  return { tag, events };
}
