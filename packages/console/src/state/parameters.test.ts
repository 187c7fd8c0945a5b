import { describe, expect, it } from "vitest";
import type { Condition } from "./condition.js";
import { emptyFunnel, type FunnelState } from "./funnel-state.js";
import { toParameters } from "./parameters.js";

const NOW = Date.parse("2026-03-10T23:59:00Z");
const funnel = (edit: Partial<FunnelState>): FunnelState => ({
  ...emptyFunnel(),
  steps: ["a", "b"].map((name) => ({ events: [name], where: [] })),
  ...edit,
});
const withCondition = (condition: Condition): unknown =>
  toParameters(
    funnel({
      steps: [
        { events: ["a"], where: [] },
        { events: ["b"], where: [condition] },
      ],
    }),
    NOW,
  )?.steps[1];

describe("the parameters of a funnel", () => {
  it("name the last days with today among them, in UTC", () => {
    expect(toParameters(funnel({ period: { kind: "last", days: 7 } }), NOW)).toEqual({
      steps: ["a", "b"],
      windowSeconds: 604_800,
      from: "2026-03-04",
      to: "2026-03-10",
      by: "person",
    });
  });

  it("carry a breakdown only when there is one", () => {
    expect(toParameters(funnel({ breakdown: "device" }), NOW)).toHaveProperty(
      "breakdown",
      "device",
    );
    expect(toParameters(funnel({}), NOW)).not.toHaveProperty("breakdown");
  });

  it("name several events of a step once each", () => {
    const steps = [
      { events: ["a", "c", "a", ""], where: [] },
      { events: ["b"], where: [] },
    ];
    expect(toParameters(funnel({ steps }), NOW)?.steps).toEqual([["a", "c"], "b"]);
  });

  it("wait for two finished steps", () => {
    const steps = [
      { events: ["a"], where: [] },
      { events: [""], where: [] },
    ];
    expect(toParameters(funnel({ steps }), NOW)).toBeNull();
    expect(
      toParameters(funnel({ steps: [...steps, { events: ["b"], where: [] }] }), NOW)?.steps,
    ).toEqual(["a", "b"]);
  });

  it("are none while the period ends before it begins", () => {
    const period = { kind: "range", from: "2026-03-02", to: "2026-03-01" } as const;
    expect(toParameters(funnel({ period }), NOW)).toBeNull();
  });

  it.each<[Condition, unknown]>([
    [
      { property: "plan", op: "=", value: "12" },
      { property: "plan", op: "=", value: "12" },
    ],
    [
      { property: "n", op: ">", value: "12,5" },
      { property: "n", op: ">", value: 12.5 },
    ],
    [
      { property: "n", op: "in", value: "a, b,," },
      { property: "n", op: "in", value: ["a", "b"] },
    ],
    [
      { property: "n", op: "exists", value: "" },
      { property: "n", op: "exists" },
    ],
  ])("send the condition %o as %o", (typed, sent) => {
    expect(withCondition(typed)).toEqual({ event: "b", where: [sent] });
  });

  it.each<Condition>([
    { property: " ", op: "=", value: "x" },
    { property: "plan", op: "=", value: "" },
    { property: "n", op: "<", value: "many" },
    { property: "n", op: "in", value: " , " },
  ])("leave out the unfinished condition %o", (typed) => {
    expect(withCondition(typed)).toBe("b");
  });
});
