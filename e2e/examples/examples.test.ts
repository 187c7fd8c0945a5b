/** Every example: built by its own command, opened in Chromium, its events asked in SQL. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { launchChromium } from "../support/browser.js";
import { type Collector, startCollector } from "../support/collector.js";
import { makeFolder } from "../support/folder.js";
import { contactCenterExample } from "./contact-center.js";
import { reactExample } from "./react.js";
import type { Scene } from "./scene.js";
import { scriptTagExample } from "./script-tag.js";
import { serverExample } from "./server-import.js";
import { ssrExample } from "./ssr.js";
import { viteExample } from "./vite.js";
import { vueExample } from "./vue.js";

/** Milliseconds: a test builds an example and visits it, while other tests build theirs. */
const PATIENCE = 150_000;

const folder = makeFolder();
let collector: Collector;
let browser: Browser;

beforeAll(async () => {
  [collector, browser] = await Promise.all([startCollector(folder.path), launchChromium()]);
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await collector?.end("SIGTERM");
  folder.remove();
}, 60_000);

const scene: Scene = () => ({ collector, browser });

describe("script-tag", { timeout: PATIENCE }, () => {
  scriptTagExample(scene);
});
describe("vite", { timeout: PATIENCE }, () => {
  viteExample(scene);
});
describe("react", { timeout: PATIENCE }, () => {
  reactExample(scene);
});
describe("vue", { timeout: PATIENCE }, () => {
  vueExample(scene);
});
describe("ssr", { timeout: PATIENCE }, () => {
  ssrExample(scene);
});
describe("contact-center", { timeout: PATIENCE }, () => {
  contactCenterExample(scene);
});
describe("server", { timeout: PATIENCE }, () => {
  serverExample(scene);
});
