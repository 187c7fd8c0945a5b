import { elementsOf } from "../instruments/elements.js";
import { listen } from "../instruments/listen.js";
import { placeOf } from "../instruments/place.js";
import type { Stop } from "../instruments/stop.js";
import type { Tracker } from "../instruments/tracker.js";

export interface RageClicksOptions {
  /**
   * Selector of what is there to be clicked often: such elements, and all in them, do not count.
   * @default "input, select, textarea, video, audio, [role=slider], [role=spinbutton]"
   */
  ignore?: string;
}

const IGNORE = "input,select,textarea,video,audio,[role=slider],[role=spinbutton]";
const TIMES = 3;
const MILLISECONDS = 1000;
/** In CSS pixels: a finger does not meet the same place twice. */
const NEAR = 30;

/**
 * Tracks `rage_click` when someone clicks three times within a second on one element and one
 * place, once per burst. Three clicks that select text are none, four are. Its property `target`
 * tells the element: names, ids and classes, no text.
 *
 * @returns a function that stops it.
 */
export function rageClicks(tag: Tracker, { ignore = IGNORE }: RageClicksOptions = {}): Stop {
  let burst: MouseEvent[] = [];
  let target: EventTarget | undefined;
  let told = false;

  return listen("click", (event) => {
    const path = elementsOf(event);
    const [element] = path;
    // Keys, and scripts, click without a count.
    if (!element || !event.detail || path.some((node) => node.matches(ignore))) return;
    const { clientX, clientY, timeStamp } = event;
    const [first = event] = burst;
    const last = burst.at(-1) ?? event;
    if (
      element !== target ||
      timeStamp - last.timeStamp > MILLISECONDS ||
      Math.hypot(clientX - first.clientX, clientY - first.clientY) > NEAR
    ) {
      burst = [];
      told = false;
      target = element;
    }
    burst.push(event);
    const third = burst.at(-TIMES);
    const selects = getSelection()?.type === "Range" && burst.length === TIMES;
    if (told || selects || !third || timeStamp - third.timeStamp > MILLISECONDS) return;
    told = true;
    tag.track("rage_click", { target: placeOf(element) });
  });
}
