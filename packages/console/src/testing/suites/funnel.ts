import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { funnelCsv } from "../../export/funnel-csv.js";
import type { Stage } from "../stage.js";

export function funnelSuite(stage: Stage): void {
  describe("the funnel", () => {
    it("opens with the usual steps and shows exactly the collector's numbers", async () => {
      await stage.signIn();
      const rows = stage.expected();
      for (const row of rows) {
        const step = stage.page.getByTestId(`funnel-step-${row.step}`);
        await step.waitFor();
        expect(await step.getAttribute("data-people")).toBe(String(row.people));
        expect(await step.getAttribute("data-share")).toBe(String(row.shareOfFirst));
        expect(await step.textContent()).toContain(row.people.toLocaleString("en-GB"));
        expect(await step.textContent()).toContain(row.name);
      }
      expect(await stage.page.getByTestId("result").textContent()).toContain("Wilson");
    });

    it("shows the same numbers as a table", async () => {
      await stage.signIn();
      await stage.page.getByRole("button", { name: "Table" }).click();
      const table = stage.page.getByTestId("funnel-table");
      await table.waitFor();
      const people = await table
        .locator("tbody tr")
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("data-people"))));
      expect(people).toEqual(stage.expected().map((row) => row.people));
      expect(stage.page.url()).toContain("view=table");
    });

    it("is broken down by device, and shows mobile dropping at the payment", async () => {
      await stage.signIn();
      await stage.page.getByLabel("Broken down by").selectOption("device");
      await stage.page.locator('[data-testid=funnel-cell][data-group="tablet"]').first().waitFor();
      for (const row of stage.expected({ breakdown: "device" })) {
        const cell = stage.page.locator(
          `[data-testid=funnel-cell][data-group="${row.group}"][data-step="${row.step}"]`,
        );
        expect(await cell.getAttribute("data-people")).toBe(String(row.people));
      }
      const share = async (group: string): Promise<number> =>
        Number(
          await stage.page
            .locator(`[data-testid=funnel-cell][data-group="${group}"][data-step="5"]`)
            .getAttribute("data-share"),
        );
      expect(await share("mobile")).toBeLessThan((await share("desktop")) * 0.6);
      const marked = stage.page.locator("[data-outlier][data-step='5']");
      expect(await marked.getAttribute("data-group")).toBe("mobile");
      expect(await marked.textContent()).toContain("Below the rest");
      expect(
        await stage.page.locator("[data-outlier][data-group='desktop'][data-step='5']").count(),
      ).toBe(0);
    });

    it("is broken down by week in the order of time, with the dates of the reader", async () => {
      await stage.signIn({ locale: "fr-FR" });
      await stage.page.getByLabel("Ventilé par").selectOption({ label: "Semaine" });
      await stage.page.locator("[data-testid=funnel-cell]").first().waitFor();
      const groups = await stage.page
        .locator('[data-testid=funnel-cell][data-step="1"]')
        .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("data-group") ?? ""));
      expect(groups).toEqual(groups.toSorted());
      expect(groups.length).toBeGreaterThan(3);
      for (const monday of groups) expect(new Date(monday).getUTCDay()).toBe(1);
      const [name = ""] = await stage.page.locator("h3.matrix-name").allTextContents();
      const running = stage.page.locator(`[data-group="${groups.at(-1)}"]`);
      expect(await running.locator(".cell-mark").count()).toBe(0);
      expect(await stage.page.locator("h3.matrix-name").last().textContent()).toMatch(
        /Une partie a eu moins de 7\sjours/,
      );
      const day = new Intl.DateTimeFormat("fr-FR", { dateStyle: "medium", timeZone: "UTC" });
      expect(name.trim()).toBe(`Semaine du ${day.format(new Date(groups[0] ?? ""))}`);
      const text = await stage.page.getByTestId("result").textContent();
      expect(text).toContain("son premier événement d’entrée");
      expect(text).toContain("le passage le plus tardif à la première étape");
    });

    it("has columns of one width, and names that are cut stand in full in their title", async () => {
      await stage.signIn();
      await stage.page.getByLabel("Broken down by").selectOption("device");
      const bars = stage.page.locator(".matrix-group .bar");
      await bars.first().waitFor();
      const widths = await bars.evaluateAll((all) =>
        all.map((bar) => Math.round(bar.getBoundingClientRect().width)),
      );
      expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1);
      const titles = await stage.page
        .locator(".matrix-step")
        .evaluateAll((steps) => steps.map((step) => step.getAttribute("title")));
      expect(titles).toEqual(stage.expected().map((row) => row.name));
    });

    it("shows each group's name and conversion at 360 px without scrolling sideways", async () => {
      const viewport = { width: 360, height: 740 };
      await stage.signIn(
        { viewport },
        "#/funnel?s=page_view&s=order_completed&breakdown=acquisitionChannel",
      );
      const group = stage.page.locator(".matrix-group", { hasText: "Organic search" });
      await group.waitFor();
      const right = await group
        .locator(".matrix-name, .matrix-conversion, .cell")
        .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().right));
      expect(right).toHaveLength(4);
      expect(Math.max(...right)).toBeLessThanOrEqual(360);
      const heights = await group
        .locator(".cell-step")
        .evaluateAll((names) => names.map((name) => name.getBoundingClientRect().height));
      expect(Math.min(...heights)).toBeGreaterThan(15);
      expect(Math.max(...heights)).toBeLessThan(30);
      expect(await group.locator(".matrix-name").getAttribute("title")).toBe("organic_search");
    });

    it("opens from a link in the state that was shared", async () => {
      const hash =
        "#/funnel?s=product_viewed&or=reviews_read&s=order_completed&if=%3D%3Aplan%3Aplus&last=7d&window=3600";
      await stage.signIn({}, hash);
      await stage.page.getByTestId("funnel-step-2").waitFor();
      expect(
        stage.collector.asked.findLast(({ name }) => name === "funnel")?.parameters,
      ).toMatchObject({
        steps: [
          ["product_viewed", "reviews_read"],
          { event: "order_completed", where: [{ property: "plan", op: "=", value: "plus" }] },
        ],
        windowSeconds: 3600,
      });
      expect(stage.page.url()).toContain(hash);
    });

    it("is built with the keyboard alone", async () => {
      await stage.signIn({}, "#/funnel?s=page_view&s=order_completed");
      await stage.page.getByTestId("funnel-step-2").waitFor();
      await stage.page.reload();
      await stage.page.getByTestId("funnel-step-2").waitFor();
      await stage.page.keyboard.press("Tab");
      expect(await stage.focused()).toBe("Skip to content");
      await stage.page.keyboard.press("Enter");
      expect(await stage.page.evaluate("document.activeElement.id")).toBe("main");
      for (let presses = 0; (await stage.focused()) !== "Add a step"; presses++) {
        expect(presses).toBeLessThan(20);
        await stage.page.keyboard.press("Tab");
      }
      await stage.page.keyboard.press("Enter");
      await expect.poll(stage.focused).toBe("Event of step 3");
      await stage.page.keyboard.type("cart");
      await stage.page.keyboard.press("Enter");
      await stage.page.getByTestId("funnel-step-3").waitFor();
      await stage.page.keyboard.press("Tab");
      await stage.page.keyboard.press("Tab");
      expect(await stage.focused()).toBe("Move step 3 up");
      await stage.page.keyboard.press("Enter");
      await expect.poll(stage.focused).toBe("Move step 2 up");
      await expect
        .poll(() => stage.page.getByTestId("funnel-step-2").textContent())
        .toContain("cart_added");
      await stage.page.keyboard.press("Tab");
      await stage.page.keyboard.press("Tab");
      await stage.page.keyboard.press("Space");
      await expect.poll(() => stage.page.getByTestId("funnel-step-3").count()).toBe(0);
      expect(await stage.focused()).toBe("Remove step 2");
      await stage.page.goBack();
      await stage.page.getByTestId("funnel-step-3").waitFor();
    });

    it("is saved as a CSV file of the same rows", async () => {
      await stage.signIn();
      const download = stage.page.waitForEvent("download");
      await stage.page.getByTestId("csv").click();
      const path = await (await download).path();
      expect(await readFile(path, "utf8")).toBe(funnelCsv(stage.expected()));
    });

    it("gives its SQL as one statement, values included", async () => {
      await stage.signIn({ permissions: ["clipboard-read", "clipboard-write"] });
      await stage.page.getByTestId("copy-sql").click();
      await expect.poll(() => stage.page.getByTestId("copy-notice").textContent()).toBe("Copied.");
      expect(await stage.page.evaluate("navigator.clipboard.readText()")).toBe(
        "SELECT * FROM funnel(window = CAST(604800, 'UInt32'))",
      );
    });

    it("says that the collector asks for a pause, and counts by itself after it", async () => {
      stage.collector.fail("funnel", { status: 503, retryAfter: 1 });
      await stage.signIn();
      await expect
        .poll(() => stage.page.getByRole("alert").textContent())
        .toContain("The collector asks for a pause. Next try in 1s.");
      stage.collector.fail("funnel", null);
      await stage.page.getByTestId("funnel-step-6").waitFor();
    });

    it("says how many groups are too small to be shown, and what to do when all are", async () => {
      stage.collector.floor(1_000_000);
      await stage.signIn();
      await stage.page.getByTestId("funnel-step-1").waitFor();
      await stage.page.getByLabel("Broken down by").selectOption("device");
      const result = (): Promise<string | null> => stage.page.getByTestId("result").textContent();
      await expect.poll(result).toContain("Too few people to be shown");
      expect(await result()).not.toContain("Nobody did the first step");
      const sizes = stage
        .expected({ breakdown: "device" })
        .filter(({ step }) => step === 1)
        .map(({ people }) => people);
      stage.collector.floor(Math.min(...sizes) + 1);
      await stage.page.getByLabel("Broken down by").selectOption("");
      await stage.page.getByLabel("Broken down by").selectOption("device");
      await expect.poll(result).toContain("1 group has fewer people than may be shown");
    });

    it("says what to do when nobody did the first step", async () => {
      await stage.signIn({}, "#/funnel?s=never_sent&s=order_completed");
      await expect
        .poll(() => stage.page.getByTestId("result").textContent())
        .toContain("Choose a longer period, another first step, or fewer conditions.");
    });
  });
}
