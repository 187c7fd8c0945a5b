import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from "web-vitals";
import type { Stop } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

/** The library is started once a page and cannot be stopped: what is stopped is only not told. */
let listeners: Set<(metric: Metric) => void> | undefined;

/**
 * Tracks `web_vital` for CLS, FCP, INP, LCP and TTFB, as the library web-vitals measures them:
 * `metric`, `value` (milliseconds; CLS has no unit), `rating` (`good`, `needs-improvement`, `poor`)
 * and `navigationType`. CLS and INP last as long as the page and are sent when it is hidden, again
 * if they have grown since: of several on one page the highest holds.
 *
 * @returns a function that stops it.
 */
export function webVitals(tag: Tracker): Stop {
  if (typeof window === "undefined") return () => undefined;
  const tell = ({ name, value, rating, navigationType }: Metric): void => {
    const digits = name === "CLS" ? 10_000 : 1;
    tag.track("web_vital", {
      metric: name,
      value: Math.round(value * digits) / digits,
      rating,
      navigationType,
    });
  };
  start().add(tell);
  return () => void listeners?.delete(tell);
}

function start(): Set<(metric: Metric) => void> {
  if (listeners) return listeners;
  const those = (listeners = new Set());
  for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) {
    on((metric) => {
      for (const tell of those) tell(metric);
    });
  }
  return those;
}
