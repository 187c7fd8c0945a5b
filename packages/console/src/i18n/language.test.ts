import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { en } from "./en.js";
import { fr } from "./fr.js";
import { detectLanguage, localeOf } from "./language.js";

type Leaf = { path: string; value: unknown };

function leaves(value: unknown, path = ""): Leaf[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${path}.${key}`));
}

/** A function's text with the same arguments in both languages. */
function written({ value }: Leaf): string {
  if (typeof value === "string") return value;
  const call = value as (...values: unknown[]) => string;
  return call(3, "3", "4", "5");
}

describe("the two languages", () => {
  it("have the same texts, none empty", () => {
    expect(leaves(fr).map((leaf) => leaf.path)).toEqual(leaves(en).map((leaf) => leaf.path));
    const poor = [...leaves(en), ...leaves(fr)].filter((leaf) =>
      /^\s*$|undefined/.test(written(leaf)),
    );
    expect(poor).toEqual([]);
  });

  it("use every text", () => {
    const root = new URL("../", import.meta.url);
    const source = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !/test|i18n.(en|fr)/.test(name))
      .map((name) => readFileSync(new URL(name, root), "utf8"))
      .join("\n");
    for (const section of Object.keys(en)) expect(source).toContain(`text.${section}`);
    // These are looked up by a key of the state, not by name.
    const byKey =
      /^\.(unit|counted|app|settings\.(breakdowns|units|windows)|terms|builder\.operators|scope\.comparisons|result\.(person|session|account)|live\.(running|paused|waiting))\b/;
    const unused = leaves(en)
      .map((leaf) => leaf.path)
      .filter(
        (path) =>
          !byKey.test(path) &&
          !source.includes(`text${path}`) &&
          !source.includes(`texts.current${path}`),
      );
    expect(unused).toEqual([]);
  });

  it("differ wherever a text is long enough to need translation", () => {
    const french = new Map(leaves(fr).map((leaf) => [leaf.path, written(leaf)]));
    const same = leaves(en).filter(
      (leaf) => written(leaf).split(" ").length > 3 && french.get(leaf.path) === written(leaf),
    );
    expect(same).toEqual([]);
  });

  it("count in French with the singular for zero, in English with the plural", () => {
    expect(fr.live.events(0, "0")).toBe("0 événement");
    expect(en.live.events(0, "0")).toBe("0 events");
  });
});

describe("the language of a reader", () => {
  it("is the one chosen before, else the first of the browser's that the console speaks", () => {
    expect(detectLanguage("fr", ["en-US"])).toBe("fr");
    expect(detectLanguage(null, ["de-DE", "fr-CA", "en"])).toBe("fr");
    expect(detectLanguage("xx", ["de"])).toBe("en");
  });

  it("keeps the reader's own region for numbers and dates", () => {
    expect(localeOf("en", ["fr-FR", "en-GB"])).toBe("en-GB");
    expect(localeOf("fr", ["en-GB"])).toBe("fr");
  });
});
