import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../styles/1-base.css", import.meta.url), "utf8");
const [light = "", dark = ""] = css.split("prefers-color-scheme: dark");

function colour(part: string, name: string): number[] {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6})`).exec(part)?.[1];
  if (hex === undefined) throw new Error(`styles/1-base.css has no colour --${name}`);
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(part: string, one: string, other: string): number {
  const luminance = (name: string): number => {
    const [red = 0, green = 0, blue = 0] = colour(part, name).map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

const TEXT = [
  ["ink", "surface"],
  ["ink", "bg"],
  ["ink", "sunken"],
  ["ink", "accent-soft"],
  ["muted", "surface"],
  ["muted", "bg"],
  ["muted", "sunken"],
  ["muted", "accent-soft"],
  ["accent", "surface"],
  ["accent-strong", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["danger", "surface"],
  ["danger", "danger-soft"],
  ["good", "good-soft"],
] as const;
const SHAPES = [
  ["edge", "surface"],
  ["edge", "sunken"],
  ["accent", "sunken"],
  ["accent", "bg"],
  ["whisker", "surface"],
  ["line-1", "surface"],
  ["line-2", "surface"],
  ["line-3", "surface"],
  ["line-4", "surface"],
  ["line-5", "surface"],
] as const;

describe.each([
  ["light", light],
  ["dark", dark],
])("in the %s scheme", (_name, part) => {
  it.each(TEXT)("text %s on %s has a contrast of at least 4.5", (one, other) => {
    expect(contrast(part, one, other)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPES)("shape %s on %s has a contrast of at least 3", (one, other) => {
    expect(contrast(part, one, other)).toBeGreaterThanOrEqual(3);
  });
});
