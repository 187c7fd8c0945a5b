import { describe, expect, it } from "vitest";
import { questionsOf, type Question } from "../api/question.js";
import { usualScope } from "../state/scope.js";
import { listing } from "../testing/questions.js";
import { askedOf } from "./asked.js";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const RANGE = { from: "2026-02-09", to: "2026-03-10" };
const questions = questionsOf(listing());
const question = (name: string): Question => {
  const found = questions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no question ${name}`);
  return found;
};

describe("what the collector is asked", () => {
  it("is the scope of the page and the question's own parameters, as far as they are given", () => {
    const scope = {
      ...usualScope(),
      compare: "year" as const,
      breakdown: "traits.plan",
      filters: [
        { property: "device", op: "=" as const, value: "mobile" },
        { property: "", op: "=" as const, value: "not finished" },
      ],
    };
    expect(askedOf(question("people"), scope, { "people.periods": "3" }, NOW)).toEqual({
      parameters: {
        ...RANGE,
        periods: 3,
        breakdown: "traits.plan",
        compare: "year",
        filters: [{ property: "device", op: "=", value: "mobile" }],
      },
      foreign: [],
      without: [],
      examples: [],
      wrong: [],
    });
  });

  it("is nothing where a field of the segment is unknown, a parameter wrong, or the period upside down", () => {
    const filters = [{ property: "nowhere", op: "exists" as const, value: "" }];
    expect(askedOf(question("people"), { ...usualScope(), filters }, {}, NOW)).toMatchObject({
      parameters: null,
      foreign: ["nowhere"],
    });
    expect(askedOf(question("people"), usualScope(), { "people.periods": "0" }, NOW)).toMatchObject(
      { parameters: null, wrong: ["periods"] },
    );
    const period = { kind: "range" as const, from: "2026-02-02", to: "2026-02-01" };
    expect(askedOf(question("people"), { ...usualScope(), period }, {}, NOW).parameters).toBeNull();
  });

  it("goes without what the question does not take, and tells", () => {
    const scope = { ...usualScope(), compare: "previous" as const, breakdown: "device" };
    expect(askedOf(question("freshness"), scope, {}, NOW)).toMatchObject({
      parameters: {},
      without: ["breakdown", "compare", "period"],
    });
  });

  it("is not compared by days, of which two periods have none in common", () => {
    const told = questionsOf({
      queries: listing().queries.map((query) => ({ ...query, fields: ["week"] })),
    });
    const people = told.find(({ name }) => name === "people");
    if (people === undefined) throw new Error("people is listed");
    const scope = { ...usualScope(), compare: "previous" as const, breakdown: "week" };
    const asked = askedOf(people, scope, {}, NOW);
    expect(asked).toMatchObject({ parameters: { breakdown: "week" }, without: ["days"] });
    expect(asked.parameters).not.toHaveProperty("compare");
  });

  it("takes the example where a parameter has no default, unless the page or the reader gives one", () => {
    const friction = question("friction_conversion");
    expect(askedOf(friction, usualScope(), {}, NOW)).toMatchObject({
      parameters: { goal: "page_view" },
      examples: ["goal"],
    });
    expect(askedOf(friction, usualScope(), {}, NOW, { goal: "sale" })).toMatchObject({
      parameters: { goal: "sale" },
      examples: [],
    });
    const own = { "friction_conversion.goal": "order" };
    expect(askedOf(friction, usualScope(), own, NOW, { goal: "sale" })).toMatchObject({
      parameters: { goal: "order" },
      examples: [],
    });
  });
});
