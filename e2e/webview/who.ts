/** Stories of who the person is, as the app says it. */
// oxlint-disable vitest/no-standalone-expect -- stories are told within tests
import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { uuidV7 } from "../../packages/collector/dist/sender/uuid.js";
import { keepingApp, type Scene } from "./scene.js";
import { becomes, NOWHERE, story } from "./story.js";

/** Thirteen months after its time an anonymousId is too old to be kept. */
const uuid = (): string => uuidV7(Date.now(), randomBytes(10));
const KNOWN = { anonymousId: uuid(), sessionId: uuid(), userId: "customer-é7" };
const NEXT = { anonymousId: uuid(), sessionId: uuid() };
const FRAGMENT = `balise=${Buffer.from(JSON.stringify(KNOWN)).toString("base64url")}`;

export const byFragment = story(async (scene, collector) => {
  const native = keepingApp(collector);
  scene.listen(native.hear);
  await scene.open(`?tab=1#${FRAGMENT}`);
  expect(await scene.app.evaluate("location.href")).toBe(`${scene.page}?tab=1`);
  await isKnown(scene, native);
}, NOWHERE);

export const byInjection = story(async (scene, collector) => {
  const native = keepingApp(collector);
  scene.listen(native.hear);
  await scene.app.inject(`window.baliseHandover = ${JSON.stringify(KNOWN)}`);
  await scene.open();
  await isKnown(scene, native);
}, NOWHERE);

export const byMessage = story(async (scene, collector) => {
  const native = keepingApp(collector);
  scene.listen(async (text) => {
    const answer = await native.hear(text);
    return JSON.parse(text).type === "hello" ? { ...answer, known: KNOWN } : answer;
  });
  await scene.open();
  await becomes(scene.waiting, 0);
  await scene.click("documents");
  await becomes(scene.waiting, 0);
  await scene.app.say({ balise: 1, type: "reset", known: NEXT });
  await scene.click("renew");
  await becomes(scene.waiting, 0);
  await native.forward();
  await becomes(async () => (await scene.stored())["contract_renewed"], 1);
  const people = await scene.values("(anonymous_id, session_id, user_id, name)");
  const person = (known: typeof NEXT, user: string, name: string) =>
    `('${known.anonymousId}','${known.sessionId}','${user}','${name}')`;
  expect(people).toContain(person(KNOWN, KNOWN.userId, "page_view"));
  expect(people).toContain(person(NEXT, "", "contract_renewed"));
}, NOWHERE);

async function isKnown(scene: Scene, native: ReturnType<typeof keepingApp>): Promise<void> {
  await scene.click("renew");
  await becomes(scene.waiting, 0);
  await native.forward();
  await becomes(scene.stored, { page_view: 1, identify: 1, contract_renewed: 1 });
  const { anonymousId, sessionId, userId } = KNOWN;
  expect(await scene.values("(anonymous_id, session_id, user_id)")).toEqual([
    `('${anonymousId}','${sessionId}','${userId}')`,
  ]);
  expect(await scene.values("page_url")).not.toContainEqual(expect.stringContaining("balise="));
}
