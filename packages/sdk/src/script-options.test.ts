// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { optionsOf } from "./script-options.js";

function script(src: string, data: Record<string, string>) {
  const element = document.createElement("script");
  element.setAttribute("src", src);
  Object.assign(element.dataset, data);
  return optionsOf(element);
}

test("the host is where the script came from, base path included", () => {
  const { options, autoPage } = script("https://c.test/base/v1/balise.js", { key: "wk" });
  expect(options).toMatchObject({ key: "wk", host: "https://c.test/base" });
  expect(options.consent).toBeUndefined();
  expect(options.debug).toBe(false);
  expect(autoPage).toBe(true);
  expect(script("https://c.test/v1/balise.0.1.0.js", { key: "wk" }).options.host).toBe(
    "https://c.test",
  );
});

test("attributes set the options", () => {
  const { options, autoPage } = script("https://cdn.test/b.js", {
    key: "wk",
    host: "https://c.test",
    consent: "exempt",
    area: "connected",
    app: "shop/1",
    traits: "plan age_band",
    urlTemplates: "/contracts/:id /help/*",
    cookieDomain: "shop.test",
    respectDnt: "",
    autoPage: "false",
    debug: "",
  });
  expect(options).toMatchObject({
    host: "https://c.test",
    consent: "exempt",
    area: "connected",
    app: "shop/1",
    traits: ["plan", "age_band"],
    respectDnt: true,
    debug: true,
  });
  expect(autoPage).toBe(false);
  const contract = new URL("/contracts/7", location.href);
  expect(options.address?.(contract)).toMatchObject({ name: "/contracts/:id" });
  expect(options.cookies).toBeTypeOf("function");
});

test("a consent that nobody knows waits for a decision", () => {
  expect(script("https://c.test/v1/balise.js", { consent: "yes" }).options.consent).toBe("pending");
});
