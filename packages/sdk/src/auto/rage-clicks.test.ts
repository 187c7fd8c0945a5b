// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recordingTag } from "../testing/recording-tag.js";
import { rageClicks, type RageClicksOptions } from "./rage-clicks.js";

let stop: () => void;
let events: [name: string, properties: unknown][];

function start(options?: RageClicksOptions): void {
  const recording = recordingTag();
  ({ events } = recording);
  stop = rageClicks(recording.tag, options);
}
beforeEach(() => {
  document.body.innerHTML =
    '<form id="order"><button class="css-1a2b primary"><b>Pay</b></button><input name="n"></form><p>text</p>';
  start();
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

interface Place {
  at?: number;
  x?: number;
  detail?: number;
}

function click(selector: string, { at = 0, x = 0, detail = 1 }: Place = {}): void {
  const event = new MouseEvent("click", { bubbles: true, composed: true, detail, clientX: x });
  Object.defineProperty(event, "timeStamp", { value: at });
  document.querySelector(selector)?.dispatchEvent(event);
}

function clickOften(selector: string, ...places: Place[]): void {
  for (const place of places) click(selector, place);
}
const told = [["rage_click", { target: "form#order b" }]];

test("three clicks within a second on one place are told once, however many follow", () => {
  clickOften("b", { at: 0 }, { at: 300 });
  expect(events).toEqual([]);
  clickOften("b", { at: 900, x: 20 }, { at: 1000 }, { at: 1100 });
  expect(events).toEqual(told);
});

test("a burst that becomes quick enough only later is told", () => {
  clickOften("b", { at: 0 }, { at: 800 }, { at: 1600 });
  expect(events).toEqual([]);
  click("b", { at: 1700 });
  expect(events).toEqual(told);
});

test("a second burst is told again", () => {
  clickOften("b", { at: 0 }, { at: 100 }, { at: 200 }, { at: 5000 }, { at: 5100 }, { at: 5200 });
  expect(events).toHaveLength(2);
});

test("clicks that are slow, far from each other or on several elements are none", () => {
  clickOften("b", { at: 0 }, { at: 900 }, { at: 1800 });
  clickOften("b", { at: 4000 }, { at: 4100, x: 40 }, { at: 4200, x: 80 });
  for (const at of [8000, 8100]) {
    click("b", { at });
    click("p", { at });
  }
  expect(events).toEqual([]);
});

test("clicks by keys and scripts are none", () => {
  clickOften("b", { at: 0, detail: 0 }, { at: 1, detail: 0 }, { at: 2, detail: 0 });
  expect(events).toEqual([]);
});

test("three clicks that select text are none, four are", () => {
  const selection = getSelection();
  if (!selection) throw new Error("no selection");
  vi.spyOn(selection, "type", "get").mockReturnValue("Range");
  clickOften("p", { at: 0 }, { at: 100 }, { at: 200 });
  expect(events).toEqual([]);
  click("p", { at: 300 });
  expect(events).toEqual([["rage_click", { target: "p" }]]);
});

test("what is there to be clicked often does not count, and can be chosen", () => {
  clickOften("input", { at: 0 }, { at: 1 }, { at: 2 });
  expect(events).toEqual([]);
  stop();
  start({ ignore: ".primary" });
  clickOften("b", { at: 0 }, { at: 1 }, { at: 2 });
  expect(events).toEqual([]);
  clickOften("input", { at: 5 }, { at: 6 }, { at: 7 });
  expect(events).toHaveLength(1);
});

test("once stopped nothing is told", () => {
  stop();
  clickOften("b", { at: 0 }, { at: 1 }, { at: 2 });
  expect(events).toEqual([]);
});
