// oxlint-disable vitest/expect-expect -- the stories do
/** The page of examples/webview within apps: WebKitGTK's webview, and Chromium with their shells. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, test } from "vitest";
import { lookUpWebview, WEBVIEW_REMEDY } from "../../scripts/webview.mjs";
import { launchChromium } from "../support/browser.js";
import { type Collector, startCollector } from "../support/collector.js";
import { makeFolder } from "../support/folder.js";
import type { App } from "./app.js";
import { SHELL_NAMES, startChromium } from "./chromium.js";
import * as handing from "./handing-over.js";
import type { Story } from "./story.js";
import { startWebKit } from "./webkit.js";
import * as who from "./who.js";

/** Told in every shell: they pass through all that a shell does differently. */
const SHORT: [string, Story][] = [
  ["what the app acknowledges is the app's to send", handing.acknowledged],
  ["the app says who the person is, and that the user has logged out", who.byMessage],
];
const ALL: [string, Story][] = [
  ...SHORT,
  ["an app that says nothing gets nothing: all goes over HTTP", handing.silentFromTheStart],
  [
    "an app that falls silent loses what it was given to HTTP, and may come back",
    handing.silentMidway,
  ],
  ["an app that is ready late gets what waits", handing.readyLate],
  ["the app rejects an event, and its neighbours count", handing.rejected],
  [
    "what a killed page had handed over without an answer, its next load hands over",
    handing.killed,
  ],
  ["what both the app and the page sent counts once", handing.both],
  ["who the person is comes with the address, and leaves no trace in it", who.byFragment],
  ["who the person is comes before the page", who.byInjection],
];
/** Stories wait for the page's timeouts, and test files share the machine. */
const PATIENCE = { timeout: 120_000 };

const folder = makeFolder();
const webview = lookUpWebview();
let collector: Collector;
let browser: Browser;
let app: App | undefined;

beforeAll(async () => {
  [collector, browser] = await Promise.all([startCollector(folder.path), launchChromium()]);
}, 90_000);
afterEach(() => app?.close());
afterAll(async () => {
  await browser?.close();
  await collector?.end("SIGTERM");
  folder.remove();
}, 60_000);

describe.each(SHELL_NAMES)("%s, in Chromium", (name) => {
  const stories = name === "React Native" ? ALL : SHORT;
  test.each(stories)("%s", PATIENCE, async (_name, tell) => {
    app = await startChromium(browser, name);
    await tell(app, collector);
  });
});

if (!webview) process.stderr.write(`balise: NOT RUN in WebKit's webview: ${WEBVIEW_REMEDY}\n`);
describe.each(webview ? [webview] : [])("iOS and macOS, in WebKitGTK", (programs) => {
  test.each(ALL)("%s, by evaluating", PATIENCE, async (_name, tell) => {
    app = await startWebKit(programs, false);
    await tell(app, collector);
  });
  test.each(SHORT)("%s, by reply", PATIENCE, async (_name, tell) => {
    app = await startWebKit(programs, true);
    await tell(app, collector);
  });
});
