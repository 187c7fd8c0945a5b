import { describe, expect, it } from "vitest";
import type { Visitor } from "../shop.js";
import type { Stage } from "../stage.js";

function firstVisitor([first]: readonly Visitor[]): Visitor {
  if (first === undefined) throw new Error("the shop has no visitor");
  return first;
}

function pollsOf(stage: Stage): number {
  return stage.collector.asked.filter(({ name }) => name === "live_events").length;
}

export function liveSuite(stage: Stage): void {
  describe("the live page", () => {
    it("shows new events as they arrive, marks bots, and opens the details", async () => {
      await stage.signIn({}, "#/live");
      const rows = stage.page.getByTestId("live-row");
      await rows.first().waitFor();
      expect(await rows.count()).toBe(50);
      stage.shop.push({
        ...firstVisitor(stage.shop),
        id: "customer-new",
        events: [{ name: "quote_asked", time: Date.now(), properties: { plan: "<b>plus</b>" } }],
      });
      await expect
        .poll(() => rows.first().getAttribute("data-name"), { timeout: 8000 })
        .toBe("quote_asked");
      expect(await rows.count()).toBe(51);
      await rows.first().getByRole("button").click();
      expect(await rows.first().locator("pre").textContent()).toContain("<b>plus</b>");
      await stage.page.getByLabel("Filter").fill("customer-new");
      await expect.poll(() => rows.count()).toBe(1);
      expect(stage.page.url()).toContain("find=customer-new");
    });

    it("says when an event happened that came late, and names known values in words", async () => {
      const DAY = 86_400_000;
      await stage.signIn({ locale: "fr-FR" }, "#/live");
      const rows = stage.page.getByTestId("live-row");
      await rows.first().waitFor();
      expect(await rows.first().textContent()).not.toContain("survenu");
      const late = { time: Date.now() - 12.5 * DAY, received: Date.now(), properties: {} };
      stage.shop.push({
        ...firstVisitor(stage.shop),
        id: "customer-late",
        device: "desktop",
        channel: "phone",
        acquisitionChannel: "organic_search",
        events: [{ name: "call_ended", ...late }],
      });
      await expect
        .poll(() => rows.first().getAttribute("data-name"), { timeout: 8000 })
        .toBe("call_ended");
      expect(await rows.first().textContent()).toMatch(/survenu il y a 12\sjours/);
      await rows.first().getByRole("button").click();
      const text = await rows.first().textContent();
      for (const word of ["Ordinateur", "Téléphone", "Recherche naturelle"]) {
        expect(text).toContain(word);
      }
      expect(await rows.first().locator("dd[title=organic_search]").count()).toBe(1);
    });

    it("asks nothing while it is paused", async () => {
      await stage.signIn({}, "#/live");
      await stage.page.getByTestId("live-row").first().waitFor();
      await stage.page.getByTestId("live-pause").click();
      const before = pollsOf(stage);
      await stage.page.waitForTimeout(3000);
      expect(pollsOf(stage)).toBe(before);
      await stage.page.getByTestId("live-pause").click();
      await expect.poll(() => pollsOf(stage)).toBeGreaterThan(before);
    });

    it("asks nothing while its tab is hidden, and at once when it is seen again", async () => {
      await stage.signIn({}, "#/live");
      await stage.page.getByTestId("live-row").first().waitFor();
      const see = (hidden: boolean): Promise<unknown> =>
        stage.page.evaluate(
          `Object.defineProperty(document, "hidden", { get: () => ${hidden}, configurable: true });
           document.dispatchEvent(new Event("visibilitychange"))`,
        );
      await see(true);
      const before = pollsOf(stage);
      await stage.page.waitForTimeout(3000);
      expect(pollsOf(stage)).toBe(before);
      await see(false);
      await expect.poll(() => pollsOf(stage), { timeout: 1500 }).toBeGreaterThan(before);
    });

    it("says that it reconnects when the collector goes away, and goes on when it is back", async () => {
      await stage.signIn({}, "#/live");
      await stage.page.getByTestId("live-row").first().waitFor();
      stage.collector.fail("live_events", { status: 503, retryAfter: 1 });
      const status = stage.page.getByTestId("live-status");
      await expect.poll(() => status.textContent(), { timeout: 8000 }).toBe("Reconnecting");
      expect(await stage.page.getByTestId("live-row").count()).toBeGreaterThan(0);
      stage.collector.fail("live_events", null);
      await expect.poll(() => status.textContent(), { timeout: 8000 }).toBe("Listening");
    });
  });
}
