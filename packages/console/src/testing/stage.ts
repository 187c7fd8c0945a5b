import { mkdtemp, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type axe from "axe-core";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { CHROMIUM_ARGS, chromiumPath } from "../../../../scripts/chromium.mjs";
import type { FunnelRow } from "../api/types.js";
import { emptyFunnel, type FunnelState } from "../state/funnel-state.js";
import { toParameters } from "../state/parameters.js";
import { answerFunnel } from "./answer-funnel.js";
import { buildInto } from "./build.js";
import { startFakeCollector, type FakeCollector } from "./fake-collector.js";
import { createShop, STEPS, type Visitor } from "./shop.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Runs in the page before anything else: what the policy stopped. */
const WATCH = `globalThis.stopped = [];
addEventListener("securitypolicyviolation", (event) =>
  stopped.push(event.violatedDirective + " " + event.blockedURI));`;

/** The built console in Chromium over a fake collector, made anew for each test. */
export class Stage {
  shop: Visitor[] = [];
  #page: Page | null = null;
  #collector: FakeCollector | null = null;
  #complaints: string[] = [];

  private constructor(
    readonly directory: string,
    readonly browser: Browser,
  ) {}

  static async build(): Promise<Stage> {
    const directory = await mkdtemp(join(tmpdir(), "balise-console-"));
    await buildInto(directory);
    const executablePath = chromiumPath();
    return new Stage(directory, await chromium.launch({ executablePath, args: CHROMIUM_ARGS }));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await rm(this.directory, { recursive: true });
  }

  async set(): Promise<void> {
    this.shop = createShop(Date.now(), 2000);
    const { directory, shop } = this;
    this.#collector = await startFakeCollector({ directory, shop, basePath: "/balise" });
    this.#complaints = [];
  }

  /** Fails when the policy stopped anything or the page complained of anything. */
  async strike(): Promise<void> {
    const stopped = await this.page.evaluate<string[]>("globalThis.stopped");
    await this.page.context().close();
    await this.collector.close();
    const wrong = [...stopped, ...this.#complaints];
    if (wrong.length > 0) throw new Error(`the page complained: ${wrong.join("; ")}`);
  }

  get page(): Page {
    if (this.#page === null) throw new Error("stage.page needs stage.visit() first");
    return this.#page;
  }

  get collector(): FakeCollector {
    if (this.#collector === null) throw new Error("stage.collector needs stage.set() first");
    return this.#collector;
  }

  async visit(options: BrowserContextOptions = {}, hash = ""): Promise<void> {
    const context = await this.browser.newContext({
      locale: "en-GB",
      timezoneId: "Europe/Paris",
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
      ...options,
    });
    await context.addInitScript(WATCH);
    const page = await context.newPage();
    this.#page = page;
    page.on("pageerror", (error) => this.#complaints.push(error.message));
    page.on("console", (message) => {
      // Chromium reports every HTTP failure there, also the ones that a test makes.
      const network = message.text().startsWith("Failed to load resource");
      const bad = message.type() === "error" || message.type() === "warning";
      if (bad && !network) this.#complaints.push(message.text());
    });
    await page.goto(this.collector.url + hash);
  }

  async signIn(options: BrowserContextOptions = {}, hash = ""): Promise<void> {
    await this.visit(options, hash);
    await this.enterKey();
  }

  async enterKey(): Promise<void> {
    await this.page.getByTestId("key-input").fill(this.collector.readKey);
    await this.page.getByTestId("key-submit").click();
    await this.page.locator("main.page").waitFor();
  }

  /** What the collector answers to the funnel that the page proposes, with these edits. */
  expected(edit: Partial<FunnelState> = {}): FunnelRow[] {
    const steps = STEPS.map((name) => ({ events: [name], where: [] }));
    const parameters = toParameters({ ...emptyFunnel(), steps, ...edit }, Date.now());
    if (parameters === null) throw new Error("the expected funnel has too few steps");
    return answerFunnel(this.shop, parameters);
  }

  /** Name of the element that has the focus. */
  focused = (): Promise<string> =>
    this.page.evaluate(
      "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
    );

  /** What axe finds wrong with the page as it is; the context must bypass the policy. */
  async axe(): Promise<string[]> {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate<axe.AxeResults>("axe.run()");
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }

  /** Pixels by which the page is wider than the window. */
  overflow = (): Promise<number> =>
    this.page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
}
