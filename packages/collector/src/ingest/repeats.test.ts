import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { Repeats } from "./repeats.js";

const repeats = new Repeats();

/** How many of these ids, sent together, were known. */
function send(ids: readonly string[], site = "shop"): number {
  const marks = repeats.start(site);
  for (const id of ids) marks.add(Buffer.from(`"${id}"`), 1);
  return repeats.count(marks);
}

const ids = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

it("counts each time that an id is sent again, in one request or another", () => {
  const [first = "", second = ""] = ids(2);
  expect(send([first, second])).toBe(0);
  expect(send([first])).toBe(1);
  expect(send([second, first, first])).toBe(3);
});

it("counts an id once a site, in whatever letters", () => {
  const [id = ""] = ids(1);
  expect(send([id], "shop")).toBe(0);
  expect(send([id], "bank")).toBe(0);
  expect(send([id.toUpperCase()], "bank")).toBe(1);
});

it("takes no new id for a known one, be they alike but for one digit", () => {
  const alike = Array.from(
    { length: 100_000 },
    (_, n) => `01900000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`,
  );
  expect(send(alike)).toBe(0);
  expect(send(ids(300_000))).toBe(0);
});

it("knows the latest nearly all, and forgets what is long ago", () => {
  const [latest, old] = [ids(130_000), ids(10_000)];
  send(old);
  send(ids(1_200_000));
  send(latest);
  expect(send(latest) / latest.length).toBeGreaterThan(0.995);
  expect(send(old) / old.length).toBeLessThan(0.01);
});
