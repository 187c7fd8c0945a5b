import { describe, expect, it } from "vitest";
import { STEPS } from "../shop.js";
import type { Stage } from "../stage.js";

const SHOP = STEPS.map((name) => `s=${name}`).join("&");
const PLACES = [
  "#/funnel",
  `#/funnel?${SHOP}&view=table`,
  `#/funnel?${SHOP}&breakdown=device`,
  `#/funnel?${SHOP}&breakdown=week`,
  "#/overview?compare=previous",
  "#/journeys?breakdown=device&only=%3D%3Atraits.plan%3Aplus",
  "#/feedback",
  "#/friction",
  "#/segments",
  "#/live",
];
const READY =
  "[data-people], [data-testid=live-row], [data-testid^=question-][aria-busy=false], [data-testid=group-device]";

export function pagesSuite(stage: Stage): void {
  describe("every page", () => {
    it.each(["en-GB", "fr-FR"])(
      "fits into 360 px in %s, with targets of at least 24 px",
      async (locale) => {
        await stage.visit({ locale, viewport: { width: 360, height: 740 } });
        expect(await stage.overflow()).toBe(0);
        await stage.page.getByTestId("key-input").fill(stage.collector.readKey);
        await stage.page.getByTestId("key-submit").click();
        for (const place of PLACES) {
          await stage.page.goto(stage.collector.url + place);
          await stage.page.locator(READY).first().waitFor();
          const edit = stage.page.getByTestId("builder-edit");
          if ((await edit.count()) > 0) await edit.click();
          expect([place, await stage.overflow()]).toEqual([place, 0]);
          const small = await stage.page
            .locator("button, a, select, input:not([type=checkbox]), summary, label.check")
            .evaluateAll((elements) =>
              elements
                .filter((element) => element.getClientRects().length > 0)
                .filter((element) => {
                  const { width, height } = element.getBoundingClientRect();
                  return width < 24 || height < 24;
                })
                .map((element) => element.outerHTML),
            );
          expect([place, small]).toEqual([place, []]);
        }
      },
    );

    it("speaks the browser's language, then the one that was chosen", async () => {
      await stage.signIn({ locale: "fr-FR" });
      await stage.page.getByTestId("funnel-step-6").waitFor();
      expect(await stage.page.evaluate("document.documentElement.lang")).toBe("fr");
      expect(await stage.page.title()).toBe("Parcours · Balise");
      const text = (await stage.page.getByTestId("result").textContent()) ?? "";
      expect(text).toContain("Plus grande perte");
      expect(text).toMatch(/\d,\d\s%/);
      await stage.page.getByTestId("language").click();
      await stage.page.reload();
      await stage.page.getByTestId("funnel-step-6").waitFor();
      expect(await stage.page.title()).toBe("Funnel · Balise");
    });

    it.each(["light", "dark"] as const)("has nothing that axe finds, %s", async (colorScheme) => {
      await stage.signIn({ colorScheme, bypassCSP: true });
      for (const place of PLACES) {
        await stage.page.goto(stage.collector.url + place);
        await stage.page.locator(READY).first().waitFor();
        expect([place, await stage.axe()]).toEqual([place, []]);
      }
    });

    it("gives every control a name", async () => {
      await stage.signIn();
      for (const place of PLACES) {
        await stage.page.goto(stage.collector.url + place);
        await stage.page.locator(READY).first().waitFor();
        const controls = await stage.page.locator("body").ariaSnapshot();
        const nameless = /- (button|link|textbox|combobox|searchbox|spinbutton|checkbox)(?! ")/;
        expect(controls).toContain('- button "');
        expect(controls).not.toMatch(nameless);
      }
    });
  });
}
