/** Stories of events on their way: by the app, by HTTP, or by both. */
import { expect } from "vitest";
import { postBatch } from "../support/ask.js";
import { keepingApp } from "./scene.js";
import { READY, soon, story } from "./story.js";

/** Where nobody answers. */
const NOWHERE = "http://127.0.0.1:9";

export const acknowledged = story(async (scene, collector) => {
  const native = keepingApp(collector);
  scene.listen(native.hear);
  await scene.open();
  await soon(() => scene.batches().length).toBe(1);
  await scene.click("renew");
  await soon(() => scene.batches().length).toBe(2);
  await soon(scene.waiting).toBe(0);
  expect(await scene.stored()).toEqual({});
  expect(await native.forward()).toBe(true);
  await soon(scene.stored).toEqual({ page_view: 1, contract_renewed: 1 });
  expect(await scene.values("channel")).toEqual(["webview"]);
  // Of the webview, not of the library that the app sends with.
  expect(await scene.values("browser")).not.toContain("");
});

export const silentFromTheStart = story(async (scene) => {
  await scene.open();
  await scene.click("renew");
  await soon(scene.stored).toEqual({ page_view: 1, contract_renewed: 1 });
  await soon(scene.waiting).toBe(0);
  expect(scene.said.length).toBeGreaterThan(0);
  expect(scene.batches()).toEqual([]);
});

export const silentMidway = story(async (scene, collector) => {
  const native = keepingApp(collector);
  scene.listen(native.hear);
  await scene.open();
  await soon(() => native.kept.size).toBe(1);
  await soon(scene.waiting).toBe(0);
  scene.listen(async () => undefined);
  await scene.click("renew");
  await soon(scene.stored).toEqual({ contract_renewed: 1 });
  expect(scene.batches()).toHaveLength(2);
  // Back again, with what it had kept.
  scene.listen(native.hear);
  await scene.app.say(READY);
  await scene.click("renew");
  await soon(() => scene.batches().length).toBe(3);
  await soon(scene.waiting).toBe(0);
  await native.forward();
  await soon(scene.stored).toEqual({ page_view: 1, contract_renewed: 2 });
});

export const readyLate = story(async (scene, collector) => {
  await scene.open();
  await scene.click("renew");
  await soon(scene.waiting).toBe(2);
  const native = keepingApp(collector);
  scene.listen(native.hear);
  expect(await scene.app.say(READY)).toBe(true);
  await soon(scene.waiting).toBe(0);
  await native.forward();
  await soon(scene.stored).toEqual({ page_view: 1, contract_renewed: 1 });
}, NOWHERE);

export const rejected = story(async (scene, collector) => {
  await scene.app.inject(
    "window.lost = []; addEventListener('event-lost', ({ detail }) => lost.push(detail));",
  );
  scene.listen(async (text) => {
    const { type, id, events } = JSON.parse(text);
    if (type === "hello") return READY;
    // An app that sends at once, and passes on what the collector says. One event is made bad.
    const list: { name?: string }[] = JSON.parse(events);
    for (const event of list) if (event.name === "contract_renewed") delete event.name;
    const answer = await (await postBatch(collector, list)).json();
    return { ...(answer as object), balise: 1, type: "ack", id };
  });
  await scene.open();
  await scene.click("renew");
  await soon(() => scene.app.evaluate("lost.map(({ code }) => code)")).toEqual(["missing_field"]);
  await soon(scene.waiting).toBe(0);
  await soon(scene.stored).toEqual({ page_view: 1 });
});

export const killed = story(async (scene, collector) => {
  scene.listen(async (text) => (JSON.parse(text).type === "hello" ? READY : undefined));
  await scene.open();
  await scene.click("renew");
  await soon(() => scene.batches().length).toBeGreaterThan(0);
  const [first] = scene.batches();
  await scene.app.kill();
  const native = keepingApp(collector);
  scene.listen(native.hear);
  await scene.open();
  await soon(() =>
    scene
      .batches()
      .map(({ events }) => idsOf(events))
      .flat(),
  ).toEqual(expect.arrayContaining(idsOf(first?.events ?? "[]")));
  await soon(scene.waiting).toBe(0);
  await native.forward();
  // A page view for each load.
  await soon(scene.stored).toEqual({ page_view: 2, contract_renewed: 1 });
}, NOWHERE);

/** Handed over, sent by the app, and sent by the page as well, which heard of it too late. */
export const both = story(async (scene, collector) => {
  const native = keepingApp(collector);
  scene.listen(async (text) => {
    const answer = await native.hear(text);
    return JSON.parse(text).type === "hello" ? answer : undefined;
  });
  await scene.open();
  await scene.click("renew");
  await soon(scene.waiting).toBe(0);
  expect(await native.forward()).toBe(true);
  await soon(scene.stored).toEqual({ page_view: 1, contract_renewed: 1 });
});

function idsOf(events: string): string[] {
  const list: { id: string }[] = JSON.parse(events);
  return list.map(({ id }) => id);
}
