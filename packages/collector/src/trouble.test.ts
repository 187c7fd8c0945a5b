import { beforeEach, expect, it } from "vitest";
import { Trouble } from "./trouble.js";

let lines: [string, object][];
let seconds: number;
let trouble: Trouble;

beforeEach(() => {
  lines = [];
  seconds = 1000;
  const write = (fields: object, message: string): void => void lines.push([message, fields]);
  trouble = new Trouble({ info: write, warn: write, error: write }, () => seconds * 1000);
});

/** Fails each second for so long. */
function failFor(duration: number): void {
  for (const end = seconds + duration; seconds < end; seconds++) {
    trouble.tell("warn", { table: "events" }, "failed");
  }
}

it("is told at once, then at growing intervals, with how often and how long", () => {
  failFor(75);
  expect(lines).toEqual([
    ["failed", { table: "events" }],
    ["failed", { table: "events", times: 11, forSeconds: 10 }],
    ["failed", { table: "events", times: 31, forSeconds: 30 }],
    ["failed", { table: "events", times: 71, forSeconds: 70 }],
  ]);
});

it("is told a few times an hour when it lasts for hours", () => {
  failFor(3600);
  const first = lines.length;
  failFor(3600);
  expect([first < 15, lines.length - first]).toEqual([true, 6]);
});

it("is over once, with how long it lasted; what never was is not over", () => {
  trouble.over({}, "is back");
  failFor(5);
  trouble.over({ table: "events" }, "is back");
  trouble.over({}, "is back");
  expect(lines).toEqual([
    ["failed", { table: "events" }],
    ["is back", { table: "events", times: 5, lastedSeconds: 5 }],
  ]);
});

it("that comes and goes is not told more often than one that stays", () => {
  for (let times = 0; times < 1800; times++) {
    failFor(1);
    trouble.over({}, "is back");
    seconds += 1;
  }
  expect(lines.length).toBeLessThan(30);
});

it("is told at once again after a quiet time, be the last one over or not", () => {
  failFor(100);
  lines = [];
  seconds += 601;
  failFor(1);
  trouble.over({}, "is back");
  seconds += 601;
  failFor(11);
  expect(lines).toEqual([
    ["failed", { table: "events" }],
    ["is back", { times: 1, lastedSeconds: 1 }],
    ["failed", { table: "events" }],
    ["failed", { table: "events", times: 11, forSeconds: 10 }],
  ]);
});
