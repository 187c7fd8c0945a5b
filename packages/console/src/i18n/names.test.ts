import { describe, expect, it } from "vitest";
import { en } from "./en.js";
import { fr } from "./fr.js";
import { fieldLabel, inWords, nameOf, titleOf } from "./names.js";

describe("a name of the API", () => {
  it.each([
    ["medianTotalSeconds", "Median total seconds"],
    ["score_words", "Score words"],
    ["n", "N"],
    ["page.name", "Page name"],
  ])("that nobody has named, %s, is read as words", (name, words) => {
    expect(inWords(name)).toBe(words);
  });

  it("is named in the reader's language", () => {
    expect(nameOf(en, "bounceRate")).toBe("Bounce rate");
    expect(nameOf(fr, "bounceRate")).toBe("Taux de rebond");
    expect(titleOf(fr, "retention")).toBe("Rétention");
    expect(nameOf(fr, "neverNamed")).toBe("Never named");
  });

  it("of something that every object has is a name like any other", () => {
    expect(nameOf(en, "constructor")).toBe("Constructor");
  });

  it("of a property or a trait stays the team's own", () => {
    expect(fieldLabel(fr, "traits.planName")).toBe("planName");
    expect(fieldLabel(fr, "device")).toBe("Appareil");
  });
});
