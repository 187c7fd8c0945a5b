import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { QUESTIONS } from "../questions.js";
import type { Stage } from "../stage.js";

export function topicsSuite(stage: Stage): void {
  const card = (name: string) => stage.page.getByTestId(`question-${name}`);
  const settled = (name: string) =>
    stage.page.locator(`[data-testid=question-${name}][aria-busy=false]`).waitFor();
  const asked = (name: string): unknown =>
    stage.collector.asked.findLast((one) => one.name === name)?.parameters;

  describe("a page of questions", () => {
    it("shows a number with its interval and n, exactly as the collector gave it", async () => {
      await stage.signIn({}, "#/overview");
      await settled("sessions_summary");
      const fact = card("sessions_summary").locator("[data-column=bounceRate]");
      expect(await fact.getAttribute("data-value")).toBe("0.2345");
      const text = (await fact.textContent()) ?? "";
      for (const part of ["Bounce rate", "23.5%", "22.3% – 24.7%", "n = 4,812"]) {
        expect(text).toContain(part);
      }
    });

    it("reads a line out, moment by moment, to those who use the keyboard", async () => {
      await stage.signIn({}, "#/overview");
      await settled("people");
      const line = card("people").getByRole("slider");
      expect(await line.getAttribute("aria-valuetext")).toBe("3 Jan 2026: 520");
      await line.focus();
      await stage.page.keyboard.press("ArrowLeft");
      expect(await line.getAttribute("aria-valuetext")).toBe("2 Jan 2026: 395");
      await stage.page.keyboard.press("Home");
      expect(await line.getAttribute("aria-valuetext")).toBe("1 Jan 2026: 410");
    });

    it("shows bars, a distribution and a matrix with every value", async () => {
      await stage.signIn({}, "#/journeys");
      await settled("outcomes");
      const bars = await card("outcomes")
        .getByTestId("question-bar")
        .evaluateAll((all) => all.map((bar) => bar.getAttribute("data-value")));
      expect(bars).toEqual(["0.94", "0.6"]);
      await stage.page.getByTestId("nav-feedback").click();
      await settled("score_distribution");
      const columns = card("score_distribution").locator(".distribution li");
      const shares = await columns.evaluateAll((all) =>
        all.map((one) => Number(one.getAttribute("data-value"))),
      );
      expect(shares).toEqual([1, 2, 3, 4, 5].map((score) => score / 15));
      await stage.page.getByTestId("nav-overview").click();
      await card("retention").scrollIntoViewIfNeeded();
      await settled("retention");
      const cells = card("retention").locator("td[data-value]");
      expect(
        await cells.evaluateAll((all) => all.map((one) => one.getAttribute("data-value"))),
      ).toEqual(["1", "0.41", "1"]);
    });

    it("shows any of them as a table, which the address says", async () => {
      await stage.signIn({}, "#/journeys");
      await settled("outcomes");
      await card("outcomes").getByRole("button", { name: "Table" }).click();
      await card("outcomes").getByRole("table").waitFor();
      expect(stage.page.url()).toContain("table=outcomes");
      expect(await card("outcomes").locator("[data-column=events]").first().textContent()).toBe(
        "500",
      );
    });

    it("asks all questions about the period, the comparison, the breakdown and the segment, on every page", async () => {
      await stage.signIn({}, "#/overview?last=7d");
      await stage.page.getByLabel("Compared with").selectOption("previous");
      await stage.page.getByLabel("Broken down by").selectOption("device");
      await stage.page.getByTestId("add-filter").click();
      await stage.page.getByLabel("Property", { exact: true }).fill("traits.plan");
      await stage.page.getByLabel("Value").fill("plus");
      await stage.page.keyboard.press("Tab");
      const wanted = {
        compare: "previous",
        breakdown: "device",
        filters: [{ property: "traits.plan", op: "=", value: "plus" }],
      };
      await expect.poll(() => asked("sessions_summary")).toMatchObject(wanted);
      await settled("sessions_summary");
      const text = (await card("sessions_summary").textContent()) ?? "";
      for (const part of ["Device", "Mobile", "Desktop", "4,802 before", "+10"]) {
        expect(text).toContain(part);
      }
      await stage.page.getByTestId("nav-journeys").click();
      await expect.poll(() => asked("outcomes")).toMatchObject(wanted);
      await stage.page.getByTestId("nav-live").click();
      await stage.page.getByTestId("live-row").first().waitFor();
      await stage.page.getByTestId("nav-funnel").click();
      await stage.page.getByTestId("funnel-cell").first().waitFor();
      expect(stage.page.url()).toContain("last=7d&compare=previous&breakdown=device");
      expect(asked("funnel")).toMatchObject({ breakdown: "device", filters: wanted.filters });
    });

    it("does not show numbers that are not of the segment, and says which field is to blame", async () => {
      await stage.signIn({}, "#/contacts?only=%3D%3Adevice%3Amobile");
      await expect
        .poll(() => card("contacts_per_customer").textContent())
        .toContain("knows nothing of Device");
      expect(asked("contacts_per_customer")).toBeUndefined();
    });

    it("says that a question is not broken down or compared where it cannot be", async () => {
      await stage.signIn({}, "#/contacts?breakdown=device");
      await settled("contacts_per_customer");
      await expect
        .poll(() => card("contacts_per_customer").textContent())
        .toContain("Not broken down: this question knows nothing of Device.");
      expect(asked("contacts_per_customer")).not.toHaveProperty("breakdown");
    });

    it("has a form for a question's own parameters, which stand in the address", async () => {
      await stage.signIn({}, "#/overview");
      await settled("people");
      await card("people").getByText("Settings of this question").click();
      await card("people").getByLabel("Interval of time").selectOption("week");
      await expect.poll(() => asked("people")).toMatchObject({ bucket: "week" });
      expect(stage.page.url()).toContain("people.bucket=week");
      const count = stage.collector.asked.length;
      await card("people").getByLabel("Periods").fill("900");
      await stage.page.keyboard.press("Tab");
      await expect
        .poll(() => card("people").getByRole("alert").textContent())
        .toBe("Enter a number from 1 to 52.");
      expect(stage.collector.asked.slice(count).map(({ name }) => name)).not.toContain("people");
      await stage.page.goBack();
      await settled("people");
      expect(await card("people").getByLabel("Periods").inputValue()).toBe("8");
    });

    it("asks with an example where it must, and says so", async () => {
      await stage.signIn({}, "#/friction");
      await settled("friction_conversion");
      expect(asked("friction_conversion")).toMatchObject({ goal: "page_view" });
      await expect
        .poll(() => card("friction_conversion").textContent())
        .toContain("Goal: an example.");
      await card("friction_conversion").getByLabel("Goal").fill("order");
      await stage.page.keyboard.press("Tab");
      await expect.poll(() => asked("friction_conversion")).toMatchObject({ goal: "order" });
    });

    it("gives the CSV, the SQL and the definition of each", async () => {
      await stage.signIn({ permissions: ["clipboard-read", "clipboard-write"] }, "#/overview");
      await card("freshness").scrollIntoViewIfNeeded();
      await settled("freshness");
      const download = stage.page.waitForEvent("download");
      await stage.page.getByTestId("freshness-csv").click();
      const file = await readFile(await (await download).path(), "utf8");
      expect(file.split("\r\n").slice(0, 3)).toEqual([
        "\uFEFFpage,events",
        "'=1+1,900",
        "/page-1,899",
      ]);
      expect(file.trim().split("\r\n")).toHaveLength(41);
      await stage.page.getByTestId("freshness-copy-sql").click();
      await expect
        .poll(() => stage.page.getByTestId("freshness-copy-notice").textContent())
        .toBe("Copied.");
      expect(await stage.page.evaluate("navigator.clipboard.readText()")).toContain("SELECT");
      await card("freshness").getByText("What is counted").click();
      expect(await card("freshness").textContent()).toContain("Bots are left out.");
      const rows = card("freshness").locator("tbody tr");
      expect(await rows.count()).toBe(15);
      await card("freshness").getByRole("button", { name: "Show 25 more rows" }).click();
      expect(await rows.count()).toBe(40);
    });

    it("asks what is in sight, three at a time, and gives up what a reader has left", async () => {
      stage.collector.hold(true);
      await stage.signIn({ viewport: { width: 1440, height: 4000 } }, "#/overview");
      const overview = Object.keys(QUESTIONS).filter(
        (name) => QUESTIONS[name]?.topic === "overview",
      );
      expect(overview).toHaveLength(4);
      await expect.poll(() => stage.collector.held()).toHaveLength(3);
      expect(overview).toEqual(expect.arrayContaining(stage.collector.held()));
      await stage.page.getByTestId("nav-journeys").click();
      await expect.poll(() => stage.collector.held()).toEqual(["outcomes"]);
      stage.collector.hold(false);
      await settled("outcomes");
      const names = stage.collector.asked.map(({ name }) => name);
      expect(overview.filter((name) => names.includes(name))).toHaveLength(3);
    });

    it("does not ask what nobody has scrolled to", async () => {
      await stage.signIn({ viewport: { width: 800, height: 400 } }, "#/overview");
      await settled("sessions_summary");
      expect(stage.collector.asked.map(({ name }) => name)).not.toContain("freshness");
      await card("freshness").scrollIntoViewIfNeeded();
      await expect.poll(() => asked("freshness")).toBeDefined();
    });

    it("says what failed and asks again, what is withheld, and what to do when nothing is there", async () => {
      stage.collector.fail("sessions_summary", { status: 500 });
      await stage.signIn({}, "#/overview");
      const summary = card("sessions_summary");
      await expect.poll(() => summary.getByRole("alert").textContent()).toContain("met a fault");
      stage.collector.fail("sessions_summary", null);
      stage.collector.withhold(2);
      await summary.getByRole("button", { name: "Try again" }).click();
      await expect.poll(() => summary.textContent()).toContain("2 groups have fewer people");
      stage.collector.withhold(0);
      stage.collector.empty(true);
      await stage.page.getByTestId("nav-journeys").click();
      await expect
        .poll(() => card("outcomes").textContent())
        .toContain("Choose a longer period or fewer conditions");
      stage.collector.withhold(3);
      await stage.page.getByTestId("nav-feedback").click();
      await expect
        .poll(() => card("score_distribution").textContent())
        .toContain("Too few people to be shown");
    });

    it("about groups asks for a field first, and shows what has it", async () => {
      await stage.signIn({}, "#/segments");
      await stage.page.getByTestId("group-device").click();
      await settled("sessions_summary");
      expect(asked("sessions_summary")).toMatchObject({ breakdown: "device" });
      expect(await card("outcomes").count()).toBe(1);
      expect(await card("contacts_per_customer").count()).toBe(0);
    });

    it("without any question says that a newer collector brings them", async () => {
      await stage.signIn({}, "#/acquisition");
      await expect
        .poll(() => stage.page.locator("main").textContent())
        .toContain("No question stands here");
    });

    it("speaks French, and marks the words that are not", async () => {
      await stage.signIn({ locale: "fr-FR" }, "#/overview");
      await settled("sessions_summary");
      expect(await stage.page.title()).toBe("Synthèse · Balise");
      const text = (await card("sessions_summary").textContent()) ?? "";
      expect(text).toContain("Taux de rebond");
      expect(text).toMatch(/23,5\s%/);
      expect(text).toContain("Combien de visites");
      const english = card("sessions_summary").locator("[lang=en]").filter({ hasText: "As it is" });
      expect(await english.count()).toBe(1);
    });
  });
}
