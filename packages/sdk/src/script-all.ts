import { backAndForth } from "./auto/back-and-forth.js";
import { clicks } from "./auto/clicks.js";
import { deadClicks } from "./auto/dead-clicks.js";
import { downloads } from "./auto/downloads.js";
import { errors } from "./auto/errors.js";
import { forms } from "./auto/forms.js";
import { outboundLinks } from "./auto/outbound-links.js";
import { rageClicks } from "./auto/rage-clicks.js";
import { scrollDepth } from "./auto/scroll-depth.js";
import { video } from "./auto/video.js";
import { visibleTime } from "./auto/visible-time.js";
import { webVitals } from "./auto/web-vitals.js";
import type { Tracker } from "./instruments/tracker.js";
import { startScript } from "./script.js";
import { warn } from "./warn.js";

/** By the names of their files, which `data-instruments` takes. */
const INSTRUMENTS = new Map<string, (tag: Tracker) => unknown>([
  ["back-and-forth", backAndForth],
  ["clicks", clicks],
  ["dead-clicks", deadClicks],
  ["downloads", downloads],
  ["errors", errors],
  ["forms", forms],
  ["outbound-links", outboundLinks],
  ["rage-clicks", rageClicks],
  ["scroll-depth", scrollDepth],
  ["video", video],
  ["visible-time", visibleTime],
  ["web-vitals", webVitals],
]);

startScript((tag, { dataset }) => {
  const all = [...INSTRUMENTS.keys()].join(" ");
  for (const name of (dataset["instruments"] ?? all).match(/\S+/g) ?? []) {
    const start = INSTRUMENTS.get(name);
    if (start) start(tag);
    else warn(`data-instruments: "${name}" is none of ${all}.`);
  }
});
