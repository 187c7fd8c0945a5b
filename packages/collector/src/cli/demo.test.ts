import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startCollector } from "../sender/testing/collector.js";
import { runDemo } from "./demo.js";

let collector: Awaited<ReturnType<typeof startCollector>>;
let said: string[];

beforeEach(async () => {
  collector = await startCollector();
  said = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  vi.stubEnv("BALISE_SECRET_KEY", undefined);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await collector.stop();
});

test("says what it will do, and what it has done", async () => {
  const options = { url: collector.url, key: "write", secretKey: "secret", visitors: "40" };
  expect(await runDemo(options)).toBe(0);
  const [first = "", last = ""] = said;
  expect(first).toBe(
    `Sending 40 made-up visitors of a shop over 30 days to ${collector.url} (seed 1).`,
  );
  expect(last).toMatch(
    new RegExp(`^${collector.ids().length.toLocaleString("en")} events of \\d+ visitors in `),
  );
  expect(said).toHaveLength(2);
});

test("a write key given by hand is not used beside another site's secret key", async () => {
  await runDemo({ url: collector.url, key: "write", visitors: 40 });
  expect(said[1]).toContain("calls and chats are left out");
  expect(collector.requests.filter(({ path }) => path === "/v1/import")).toEqual([]);
});

test.for([
  [{ visitors: "many" }, "--visitors many must be a whole number from 1"],
  [{ days: 0 }, "--days 0 must be a whole number from 1"],
  [{ seed: -1 }, "--seed -1 must be a whole number from 0"],
] as const)("%j is refused", async ([wrong, message]) => {
  await expect(runDemo({ url: collector.url, key: "write", ...wrong })).rejects.toThrow(message);
  expect(collector.requests).toEqual([]);
});
