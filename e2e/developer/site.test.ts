/** The files of docs/developer.md are one site, which is built and visited; its commands are run. */
import { execFile } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Route } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { VERSION } from "../../packages/sdk/dist/index.js";
import { buildFolder } from "../examples/build.js";
import { serveSite } from "../examples/site.js";
import { visitUrl } from "../examples/visit.js";
import { sql } from "../support/ask.js";
import { Complaints, launchChromium, openVisitor } from "../support/browser.js";
import { type Collector, startCollector } from "../support/collector.js";
import { makeFolder } from "../support/folder.js";
import { environment } from "../support/run.js";
import { blockOf, DOCUMENT, fillIn, readBlocks } from "./document.js";
import { makeProject } from "./project.js";

const ROOT = join(import.meta.dirname, "../..");
/** Milliseconds, on a machine where other tests build and start their own. */
const PATIENCE = 150_000;

const FROM_ANYWHERE = { "access-control-allow-origin": "*" };

const blocks = readBlocks();
const run = promisify(execFile);
const folder = makeFolder();
const site = join(folder.path, "site");
let collector: Collector;
let browser: Browser;

/** Words of the page that stand for a reader's own. */
const words = (): Record<string, string> => ({
  WRITE_KEY: collector.keys.writeKey,
  "http://127.0.0.1:8787": collector.url,
  "https://balise.example.org": collector.url,
  "0.1.0": VERSION,
});

async function shell(text: string): Promise<string> {
  const env = environment({ READ_KEY: collector.keys.readKey });
  return (await run("sh", ["-c", fillIn(text, words())], { env })).stdout;
}

beforeAll(async () => {
  [collector, browser] = await Promise.all([startCollector(folder.path), launchChromium()]);
  makeProject(blocks, site, words());
  appendFileSync(join(site, "src/main.ts"), 'import "./instruments.js";\n');
  await buildFolder(site, {});
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  await collector?.end("SIGTERM");
  folder.remove();
}, 60_000);

/** Serves what was built, under the page's own policy or another. */
async function serve(policy?: string): Promise<string> {
  const [, name = "", value = ""] =
    /^(\S+): (.*)$/m.exec(blockOf(blocks, "Content-Security").text) ?? [];
  const headers = { [name]: policy ?? fillIn(value, words()) };
  const { url, close } = await serveSite(join(site, "dist"), headers);
  onTestFinished(close);
  return url;
}

test(
  "its site tells the events of its plan, as consent and the list of traits allow",
  async () => {
    const visit = await visitUrl({ browser, collector }, await serve());
    const { page } = visit;
    for (const id of ["add", "agree", "sign-in", "sign-out"]) await page.locator(`#${id}`).click();
    const nobody = { user_id: "", account_id: "", traits: {} };
    const customer = { user_id: "customer-42", account_id: "", traits: {} };
    const household = { ...customer, account_id: "h-7" };
    await visit.expectStored(
      "name, properties, value, user_id, account_id, traits",
      [
        { name: "page_view", properties: {}, value: null, ...nobody },
        { name: "cart_added", properties: { product: "heron", quantity: 1 }, value: 49, ...nobody },
        { name: "identify", properties: {}, value: null, ...customer, traits: { plan: "family" } },
        { name: "group", properties: {}, value: null, ...household },
        { name: "signed_out", properties: {}, value: null, ...household },
      ],
      "name != 'web_vital'",
    );
    expect(await visit.leave()).toEqual([]);
    const vitals = "SELECT name FROM events WHERE name = 'web_vital' LIMIT 1 BY name";
    await expect.poll(() => sql(collector, vitals), { timeout: 20_000 }).toHaveLength(1);
  },
  PATIENCE,
);

test(
  "its template takes the place of an identifier in addresses, and names the page",
  async () => {
    const visit = await visitUrl({ browser, collector }, `${await serve()}/contracts/4711`);
    const contract = {
      name: "page_view",
      page_path: "/contracts/:id",
      page_name: "/contracts/:id",
    };
    await visit.expectStored("name, page_path, page_name", [contract], "name != 'web_vital'");
    expect(await visit.leave()).toEqual([]);
  },
  PATIENCE,
);

test("the console's live page and its question show the event", async () => {
  const page = await openVisitor(browser, new Complaints());
  onTestFinished(() => page.context().close());
  await page.goto(`${collector.url}/#/live`);
  await page.getByTestId("key-input").fill(collector.keys.readKey);
  await page.getByTestId("key-submit").click();
  await page.locator('[data-testid=live-row][data-name="cart_added"]').waitFor();

  const answer: unknown = JSON.parse(await shell(blockOf(blocks, "curl -H").text));
  expect(answer).toMatchObject({
    rows: expect.arrayContaining([expect.objectContaining({ name: "cart_added" })]),
  });
});

test(
  "its script tag, pinned by the hash that its command prints, counts the page",
  async () => {
    const printed = await shell(blockOf(blocks, "curl -sI").text);
    const integrity = /sha384-\S+/.exec(printed)?.[0] ?? "";
    const page = readFileSync(join(site, "pinned.html"), "utf8");
    writeFileSync(join(site, "dist/pinned.html"), page.replace("sha384-…", integrity));
    const visit = await visitUrl({ browser, collector }, `${await serve()}/pinned.html`);
    await visit.expectStored("name, page_title, consent", [
      { name: "page_view", page_title: "Pinned", consent: "exempt" },
    ]);
    expect(await visit.leave()).toEqual([]);
  },
  PATIENCE,
);

test.each<[string, (route: Route) => Promise<void>, string?]>([
  ["[balise] 401", (route) => route.continue({ postData: '{"writeKey":"another","events":[]}' })],
  ["[balise] 403", (route) => route.fulfill({ status: 403, headers: FROM_ANYWHERE })],
  ["Content Security Policy", (route) => route.continue(), "default-src 'self'"],
])(
  "it explains “%s”, which the browser's console says then",
  async (words, answer, policy) => {
    expect(readFileSync(DOCUMENT, "utf8")).toContain(`| \`${words}\` in the console |`);
    const complaints = new Complaints();
    const page = await openVisitor(browser, complaints);
    onTestFinished(() => page.context().close());
    await page.route("**/v1/batch", answer);
    await page.goto(await serve(policy));
    await expect.poll(() => complaints.list.join("\n"), { timeout: 20_000 }).toContain(words);
  },
  PATIENCE,
);

test(
  "its unit test passes",
  async () => {
    const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
    const options = { cwd: site, env: environment({ NO_COLOR: "1" }) };
    const { stdout } = await run(
      process.execPath,
      [vitest, "run", "--environment", "happy-dom"],
      options,
    );
    expect(stdout).toMatch(/Tests +1 passed/);
  },
  PATIENCE,
);
