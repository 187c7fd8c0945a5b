/** Stories of events on their way: by the app, by HTTP, or by both. */
// oxlint-disable vitest/no-standalone-expect -- stories are told within tests
import { expect } from "vitest";
import { postBatch } from "../support/ask.js";
import { keepingApp } from "./scene.js";
import { becomes, NOWHERE, READY, story } from "./story.js";

export const acknowledged = story(async (scene, collector) => {
  const native = keepingApp(collector);
  scene.listen(native.hear);
  await scene.open();
  await scene.click("renew");
  await becomes(scene.waiting, 0);
  expect(await scene.stored()).toEqual({});
  expect(await native.forward()).toBe(true);
  await becomes(scene.stored, { page_view: 1, contract_renewed: 1 });
  expect(await scene.values("channel")).toEqual(["webview"]);
  // Of the webview, not of the library that the app sends with.
  expect(await scene.values("browser")).not.toContain("");
}, NOWHERE);

export const silentFromTheStart = story(async (scene) => {
  await scene.open();
  await scene.click("renew");
  await becomes(scene.stored, { page_view: 1, contract_renewed: 1 });
  await becomes(scene.waiting, 0);
  expect(scene.said.length).toBeGreaterThan(0);
  expect(scene.batches()).toEqual([]);
});

export const silentMidway = story(async (scene, collector) => {
  const renewed = async (): Promise<number> => (await scene.stored())["contract_renewed"] ?? 0;
  const native = keepingApp(collector);
  scene.listen(native.hear);
  await scene.open();
  await becomes(scene.waiting, 0);
  expect(await scene.app.say(READY)).toBe(true);
  scene.listen(async () => undefined);
  await scene.click("renew");
  await becomes(renewed, 1);
  expect(scene.batches().at(-1)?.events).toContain("contract_renewed");
  // Back again, with what it had kept.
  scene.listen(native.hear);
  await scene.app.say(READY);
  await scene.click("renew");
  await becomes(scene.waiting, 0);
  expect(await renewed()).toBe(1);
  await native.forward();
  await becomes(scene.stored, { page_view: 1, contract_renewed: 2 });
});

export const readyLate = story(async (scene, collector) => {
  await scene.open();
  await scene.click("renew");
  await becomes(scene.waiting, 2);
  const native = keepingApp(collector);
  scene.listen(native.hear);
  expect(await scene.app.say(READY)).toBe(true);
  await becomes(scene.waiting, 0);
  await native.forward();
  await becomes(scene.stored, { page_view: 1, contract_renewed: 1 });
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
  expect(await scene.app.say(READY)).toBe(true);
  await scene.click("renew");
  await becomes(() => scene.app.evaluate("lost.map(({ code }) => code)"), ["missing_field"]);
  await becomes(scene.waiting, 0);
  await becomes(scene.stored, { page_view: 1 });
});

export const killed = story(async (scene, collector) => {
  scene.listen(async (text) => (JSON.parse(text).type === "hello" ? READY : undefined));
  await scene.open();
  await scene.click("renew");
  await becomes(() => scene.batches().length > 0, true);
  const [first] = scene.batches();
  await scene.app.kill();
  const native = keepingApp(collector);
  scene.listen(native.hear);
  await scene.open();
  const heard = (): string[] => scene.batches().flatMap(({ events }) => idsOf(events));
  await becomes(heard, expect.arrayContaining(idsOf(first?.events ?? "[]")));
  await becomes(scene.waiting, 0);
  await native.forward();
  // A page view for each load.
  await becomes(scene.stored, { page_view: 2, contract_renewed: 1 });
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
  await becomes(scene.waiting, 0);
  expect(await native.forward()).toBe(true);
  await becomes(scene.stored, { page_view: 1, contract_renewed: 1 });
});

function idsOf(events: string): string[] {
  const list: { id: string }[] = JSON.parse(events);
  return list.map(({ id }) => id);
}
