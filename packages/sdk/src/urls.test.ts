// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/"}
import { expect, test } from "vitest";
import { urls } from "./urls.js";

const page = (options: Parameters<typeof urls>[0], href: string) =>
  urls(options)(new URL(href, "https://shop.test/"));

test.each([
  ["/contracts/4711", "/contracts/:id"],
  ["/contracts/4711/files/2", "/contracts/:id/files/:file"],
  ["/help/a/b", "/help/*"],
  ["/help/", "/help/*"],
])("%s is a page called %s", (path, name) => {
  const templates = ["/contracts/:id", "/contracts/:id/files/:file", "/help/*"];
  expect(page({ templates }, `${path}?tab=1`)).toEqual({
    url: `https://shop.test${name}?tab=1`,
    name,
  });
});

test.each(["/contracts/", "/contracts", "/contracts/1/edit", "/contract/1", "/a.b", "/x/help/a"])(
  "%s fits no template",
  (path) => {
    const templates = ["/contracts/:id", "/help/*", "/a(b"];
    expect(page({ templates }, path)).toEqual({ url: `https://shop.test${path}` });
  },
);

test("of the parts only the wanted ones stay; fragments when they are routes", () => {
  const href = "/a?b=1#c";
  expect(page({}, href).url).toBe("https://shop.test/a?b=1");
  expect(page({}, "/a?b=1#/c").url).toBe("https://shop.test/a?b=1#/c");
  expect(page({ hash: true }, href).url).toBe("https://shop.test/a?b=1#c");
  expect(page({ hash: false }, "/a#/c").url).toBe("https://shop.test/a");
  expect(page({ query: false }, href).url).toBe("https://shop.test/a");
  expect(page({ path: false, hash: true }, href).url).toBe("https://shop.test/?b=1#c");
});

test("what other sites say of themselves stays", () => {
  const templates = ["/contracts/:id"];
  expect(page({ templates, query: false }, "https://search.test/contracts/1?q=x")).toEqual({
    url: "https://search.test/contracts/1?q=x",
  });
});
