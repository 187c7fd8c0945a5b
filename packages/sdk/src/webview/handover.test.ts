// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/"}
import { afterEach, beforeEach, expect, test } from "vitest";
import { pageViews } from "../auto/page-views.js";
import { takeHandover } from "./handover.js";
import type { Shell } from "./port.js";

const shell: Window & Shell = window;
const known = { anonymousId: "0191b0a0-0000-7000-8000-000000000001", userId: "Zoë ✓ ??>>" };
const packed = Buffer.from(JSON.stringify(known)).toString("base64url");

beforeEach(() => {
  shell.BaliseAndroid = { postMessage: () => undefined };
});
afterEach(() => {
  delete shell.BaliseAndroid;
  delete shell.baliseHandover;
  history.replaceState(null, "", "https://shop.test/");
});

test("the fragment is read as it was written, and gone from the address", () => {
  expect(packed).toMatch(/[-_]/);
  history.replaceState({ scroll: 3 }, "", `/a?b=c#balise=${packed}`);
  expect(takeHandover()).toEqual(known);
  expect(location.href).toBe("https://shop.test/a?b=c");
  expect(history.state).toEqual({ scroll: 3 });
});

test("behind a route, the route stays", () => {
  history.replaceState(null, "", `/#/orders&balise=${packed}`);
  expect(takeHandover()).toEqual(known);
  expect(location.hash).toBe("#/orders");
});

test("another fragment stays as it is", () => {
  history.replaceState(null, "", "/#prices");
  expect(takeHandover()).toEqual({});
  expect(location.hash).toBe("#prices");
});

test("without an app the fragment is gone and not believed, unless asked", () => {
  delete shell.BaliseAndroid;
  for (const trustFragment of [false, true]) {
    history.replaceState(null, "", `/#balise=${packed}`);
    expect(takeHandover({ trustFragment })).toEqual(trustFragment ? known : {});
    expect(location.hash).toBe("");
  }
});

test("what the app put into the window goes before the fragment, as object or text", () => {
  for (const given of [{ userId: "u1" }, '{"userId":"u1"}']) {
    shell.baliseHandover = given;
    history.replaceState(null, "", `/#balise=${packed}`);
    expect(takeHandover()).toEqual({ userId: "u1" });
    expect(location.hash).toBe("");
  }
});

test("a fragment of something else tells nothing and throws nothing", () => {
  for (const rubbish of ["", "A", "e30", "bnVsbA", "eyJ", "_-_-"]) {
    history.replaceState(null, "", `/#balise=${rubbish}`);
    expect(takeHandover()).toEqual({});
    expect(location.hash).toBe("");
  }
});

test("taking the fragment away is no page view", async () => {
  history.replaceState(null, "", `/a#balise=${packed}`);
  const seen: string[] = [];
  const stop = pageViews({ track: () => void seen.push(location.href) });
  takeHandover();
  window.dispatchEvent(new PopStateEvent("popstate"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  stop();
  expect(seen).toHaveLength(1);
});
