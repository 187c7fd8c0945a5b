import { listen } from "../instruments/listen.js";
import { type Stop, together } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

/**
 * Tracks `video_start`, `video_progress` at `percent` 25, 50 and 75, and `video_complete`, each
 * once for a video: `<video>` elements outside shadow trees, also those added later. `percent` is
 * the share that has been played at least once, so that jumps and repetitions add nothing; a video
 * is complete when it has come to its end, whatever was left out. `video` is its
 * `data-balise-video`, `title`, `id` or file, `duration` its length in seconds. Silent loops
 * without controls are decoration and do not count.
 *
 * @returns a function that stops it.
 */
export function video(tag: Tracker): Stop {
  /** Of each element the source that it shows, and the steps that have been told of it. */
  const known = new WeakMap<Element, Set<string | number>>();

  function follow({ target, type }: Event): void {
    if (!(target instanceof HTMLVideoElement)) return;
    const { currentSrc, duration, title, id } = target;
    if (target.muted && target.loop && !target.controls) return;
    const given = target.getAttribute("data-balise-video");
    // An address that a script has made tells nothing, and may change on the way.
    const file = /^http[^?#]*\/([^/?#]+)/.exec(currentSrc)?.[1];
    const source = given || (file ? currentSrc : "");
    let told = known.get(target);
    if (!told?.has(source)) known.set(target, (told = new Set([source])));
    const steps = told;
    const video = given || title || id || file;
    const tell = (event: string, step: number, percent = step): void => {
      if (steps.has(step)) return;
      steps.add(step);
      tag.track(event, {
        ...(video && { video }),
        ...(duration < Infinity && { duration: Math.round(duration) }),
        ...(step && { percent }),
      });
    };
    const percent = playedOf(target);
    if (!target.paused) tell("video_start", 0);
    for (const step of [25, 50, 75]) if (percent >= step) tell("video_progress", step);
    if (type === "ended" || percent > 99) tell("video_complete", 100, Math.round(percent));
  }

  return together(...["playing", "timeupdate", "ended"].map((type) => listen(type, follow)));
}

/** The share that has been played at least once, in percent; 0 of what has no end. */
function playedOf({ played, duration }: HTMLVideoElement): number {
  let seconds = 0;
  for (let n = 0; n < played.length; n++) seconds += played.end(n) - played.start(n);
  return (seconds / duration) * 100;
}
