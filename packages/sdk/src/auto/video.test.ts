// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/a"}
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingTag } from "../testing/recording-tag.js";
import { video } from "./video.js";

let stop: () => void;
let events: [name: string, properties: unknown][];

beforeEach(() => {
  const recording = recordingTag();
  ({ events } = recording);
  stop = video(recording.tag);
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

type State = Partial<
  Pick<HTMLVideoElement, "currentSrc" | "duration" | "muted" | "loop" | "paused">
>;

/** A video of a hundred seconds that plays, as far as a test says nothing else. */
function videoOf(html: string, state: State = {}) {
  document.body.innerHTML = html;
  const element = document.querySelector("video");
  if (!element) throw new Error("no video");
  const ranges: [from: number, to: number][] = [];
  const played = {
    get length() {
      return ranges.length;
    },
    start: (n: number) => ranges[n]?.[0],
    end: (n: number) => ranges[n]?.[1],
  };
  const set = (more: object): void => {
    for (const [name, value] of Object.entries(more)) {
      Object.defineProperty(element, name, { value, configurable: true });
    }
  };
  set({ played, duration: 100, paused: false, currentSrc: "", ...state });
  return {
    set,
    tell: (type: string, ...played: [from: number, to: number][]) => {
      ranges.splice(0, ranges.length, ...played);
      element.dispatchEvent(new Event(type));
    },
  };
}
const names = () => events.map(([name]) => name);

test("what was played twice counts once, and what was skipped does not", () => {
  const { tell } = videoOf('<video id="tour"></video>');
  tell("playing");
  tell("timeupdate", [0, 24]);
  expect(names()).toEqual(["video_start"]);
  tell("timeupdate", [0, 24], [90, 99]);
  tell("timeupdate", [0, 24], [90, 99]);
  expect(events).toEqual([
    ["video_start", { video: "tour", duration: 100 }],
    ["video_progress", { video: "tour", duration: 100, percent: 25 }],
  ]);
});

test("a loop is complete when all of it was seen", () => {
  const { tell } = videoOf("<video loop controls></video>", { loop: true });
  tell("timeupdate", [0, 99.5]);
  tell("timeupdate", [0, 100]);
  expect(names().filter((name) => name === "video_complete")).toHaveLength(1);
});

test("its name is what the team says, its title, its id or its file, and never an address of a script", () => {
  const file = { currentSrc: "https://cdn.test/films/tour.mp4?user=ada" };
  const cases: [html: string, state: State, name: string | undefined][] = [
    ['<video data-balise-video="tour 1" title="t" id="i"></video>', file, "tour 1"],
    ['<video title="t" id="i"></video>', file, "t"],
    ['<video id="i"></video>', file, "i"],
    ["<video></video>", file, "tour.mp4"],
    ["<video></video>", { currentSrc: "blob:https://shop.test/1b4e" }, undefined],
  ];
  for (const [html, state, name] of cases) {
    videoOf(html, state).tell("playing");
    const [, properties] = events.pop() ?? [];
    expect(properties).toEqual({ ...(name && { video: name }), duration: 100 });
  }
});

test("the next film of the same player starts anew, a new address of the same one does not", () => {
  const { tell, set } = videoOf("<video></video>", { currentSrc: "https://cdn.test/1.mp4" });
  tell("playing");
  set({ currentSrc: "https://cdn.test/2.mp4" });
  tell("playing");
  set({ currentSrc: "blob:https://shop.test/a" });
  tell("playing");
  set({ currentSrc: "blob:https://shop.test/b" });
  tell("playing");
  expect(names()).toEqual(["video_start", "video_start", "video_start"]);
});

test("what has no end only starts", () => {
  const { tell } = videoOf("<video id=live></video>", { duration: Infinity });
  tell("playing");
  tell("timeupdate", [0, 5000]);
  expect(events).toEqual([["video_start", { video: "live" }]]);
});

test("a silent loop without controls is decoration", () => {
  videoOf("<video muted loop></video>", { muted: true, loop: true }).tell("playing");
  expect(events).toEqual([]);
});

test("sounds do not count, a video that is not played neither, and nothing once stopped", () => {
  document.body.innerHTML = "<audio></audio>";
  document.querySelector("audio")?.dispatchEvent(new Event("playing"));
  const { tell, set } = videoOf("<video></video>", { paused: true });
  tell("timeupdate");
  expect(events).toEqual([]);
  stop();
  set({ paused: false });
  tell("playing");
  expect(events).toEqual([]);
});
