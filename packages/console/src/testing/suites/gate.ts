import { describe, expect, it } from "vitest";
import type { Stage } from "../stage.js";

export function gateSuite(stage: Stage): void {
  describe("the key gate", () => {
    it("refuses a wrong key in words and keeps the focus in the field", async () => {
      await stage.visit();
      await stage.page.getByTestId("key-input").fill("wrong");
      await stage.page.keyboard.press("Enter");
      await expect
        .poll(() => stage.page.getByTestId("key-error").textContent())
        .toContain("does not know");
      expect(await stage.page.evaluate("document.activeElement.type")).toBe("password");
      expect(await stage.page.evaluate("sessionStorage.length + localStorage.length")).toBe(0);
    });

    it("keeps the key in the tab, never in the address, and forgets it at sign-out", async () => {
      await stage.signIn();
      await stage.page.getByTestId("funnel-step-1").waitFor();
      expect(stage.page.url()).not.toContain(stage.collector.readKey);
      expect(await stage.page.evaluate("localStorage.length")).toBe(0);
      await stage.page.reload();
      await stage.page.getByTestId("funnel-step-1").waitFor();
      await stage.page.getByTestId("sign-out").click();
      await stage.page.getByTestId("key-input").waitFor();
      expect(await stage.page.evaluate("sessionStorage.length")).toBe(0);
    });

    it("remembers the key on the device when asked", async () => {
      await stage.visit();
      await stage.page.getByTestId("key-input").fill(stage.collector.readKey);
      await stage.page.getByTestId("key-remember").check();
      await stage.page.getByTestId("key-submit").click();
      await stage.page.getByTestId("funnel-step-1").waitFor();
      const other = await stage.page.context().newPage();
      await other.goto(stage.collector.url);
      await other.getByTestId("funnel-step-1").waitFor();
      expect(await stage.page.evaluate("sessionStorage.length")).toBe(0);
    });

    it("comes back when the collector no longer accepts the key", async () => {
      await stage.signIn();
      await stage.page.getByTestId("funnel-step-1").waitFor();
      stage.collector.fail("funnel", { status: 401 });
      await stage.page.getByTestId("builder-edit").waitFor({ state: "attached" });
      await stage.page.getByLabel("Counted by").selectOption("session");
      await expect
        .poll(() => stage.page.getByTestId("key-error").textContent())
        .toContain("no longer");
    });
  });
}
