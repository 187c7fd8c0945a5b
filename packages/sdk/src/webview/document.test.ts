import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { fakeApp } from "../testing/fake-app.js";
import { webviewBridge } from "./bridge.js";

const DOCUMENT = new URL("../../../../docs/mobile.md", import.meta.url);
/** The table of messages: who says it, and the message. */
const rows = [...readFileSync(DOCUMENT, "utf8").matchAll(/^\| (page|app) \| `(\{.*?\})` \|/gm)];
const messages = rows.map(([, who, text = ""]) => ({ who, message: JSON.parse(text) }));
const of = (who: string) => messages.filter((row) => row.who === who).map((row) => row.message);

afterEach(() => vi.unstubAllGlobals());

test("the page says the messages of the document, with their fields", () => {
  const app = fakeApp();
  app.shell.BaliseAndroid = { postMessage: app.hear };
  const bridge = webviewBridge();
  bridge.connect({
    flush: async () => undefined,
    handover: () => undefined,
    identify: () => undefined,
    group: () => undefined,
    reset: () => undefined,
  });
  app.ready();
  const body = JSON.stringify({ writeKey: "WRITE_KEY", events: [{}, {}] });
  void bridge.options.fetch?.("https://c.test/v1/batch", { body });
  const told = of("page");
  expect(app.heard.map((message) => Object.keys(message))).toEqual(
    told.map((message: object) => Object.keys(message)),
  );
  const { id, ...batch } = told[1];
  expect(app.heard[1]).toEqual({ ...batch, id: expect.stringMatching(/^[\d-]+$/) });
  expect(id).toMatch(/^[\d-]+$/);
});

test("each message of the app in the document does what it says", async () => {
  const app = fakeApp();
  app.shell.BaliseAndroid = { postMessage: app.hear };
  const done: unknown[] = [];
  const bridge = webviewBridge();
  bridge.connect({
    flush: async () => void done.push("flush"),
    handover: (known) => void done.push(known),
    identify: () => undefined,
    group: () => undefined,
    reset: () => void done.push("reset"),
  });
  const [ready, ack, ...people] = of("app");
  app.say(ready);
  const body = JSON.stringify({ events: [{}, {}] });
  const answer = bridge.options.fetch?.("https://c.test/v1/batch", { body });
  app.say({ ...ack, id: app.batches()[0]?.id });
  expect((await answer)?.status).toBe(202);
  for (const message of people) app.say(message);
  expect(done).toEqual(["flush", { userId: "c-17" }, "reset", {}]);
});
