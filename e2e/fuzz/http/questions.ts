import fc from "fast-check";
import { hostileJson, hugeJson, objectOf } from "../bodies/json.js";
import { mutated } from "../bodies/mutate.js";
import { type Input, single } from "../input.js";
import { CLOSE, httpRequest, JSON_TYPE } from "./write.js";

const FIELDS = [
  "channel",
  "page",
  "properties.a",
  "traits.constructor",
  "properties.__proto__",
  "a`b",
  "properties.a') --",
  "x".repeat(300),
  "properties.a.b.c.d.e.f.g.h.i",
];
const OPERATORS = ["=", "!=", "<", ">=", "in", "contains", "exists", "LIKE"];

const values = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('"a"', "1", "[1,2]") },
  hostileJson,
);
const condition = fc
  .tuple(fc.constantFrom(...FIELDS), fc.constantFrom(...OPERATORS), values)
  .map(
    ([property, op, value]) =>
      `{"property":${JSON.stringify(property)},"op":"${op}","value":${value}}`,
  );
const steps = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('["click","purchase"]', '[["click","été"],"x"]') },
  condition.map((where) => `[{"event":"click","where":[${where}]}]`),
  condition.map((where) => `["x",{"event":"click","where":[${where}],"optional":true}]`),
  hostileJson,
);
const windows = fc.oneof(fc.constantFrom("3600", "0", "1e9", "0.001"), hostileJson);
const fields = fc.oneof(
  fc.constantFrom(...FIELDS).map((name) => JSON.stringify(name)),
  hostileJson,
);

const funnel = fc
  .record(
    {
      steps,
      windowSeconds: windows,
      breakdown: fields,
      filters: condition.map((one) => `[${one}]`),
      from: fc.oneof(fc.constantFrom('"2026-01-01"', '"2026-13-45"'), hostileJson),
      by: fc.constantFrom('"session"', '"nobody"'),
      order: fc.constantFrom('"strict"', '"unordered"', '"sorted"'),
      exclude: fc.oneof(
        condition.map((where) => `["x",{"event":"y","where":[${where}],"between":[1,2]}]`),
        hostileJson,
      ),
      compare: fc.oneof(
        fc.constantFrom('"previous"', '"year"'),
        condition.map((where) => `{"filters":[${where}]}`),
        hostileJson,
      ),
      goalValue: fc.constant("true"),
    },
    { requiredKeys: ["steps", "windowSeconds"] },
  )
  .map((parameters) => objectOf(Object.entries(parameters)));

const dropOff = fc
  .record({
    steps,
    windowSeconds: windows,
    step: fc.oneof(fc.constantFrom("1", "2", "21"), hostileJson),
    reached: fc.constantFrom('"converted"', '"dropped"', '"lost"'),
  })
  .map((parameters) => objectOf(Object.entries(parameters)));

const shared = fc
  .record(
    {
      filters: condition.map((one) => `[${one}]`),
      breakdown: fields,
      from: fc.oneof(fc.constantFrom('"2026-01-01"', '"2026-02-30"'), hostileJson),
      to: fc.oneof(fc.constantFrom('"2026-01-31"', '"0000-01-01"'), hostileJson),
      compare: fc.oneof(
        fc.constantFrom('"previous"', '"year"', '{"from":"2025-01-01"}'),
        condition.map((where) => `{"filters":[${where}]}`),
        hostileJson,
      ),
    },
    { requiredKeys: [] },
  )
  .map((parameters) => objectOf(Object.entries(parameters)));

const NAMES = [
  "funnel",
  "funnel",
  "funnel",
  "funnel_people",
  "funnel_next",
  "sessions_summary",
  "event_names",
  "live_events",
  "activity",
  "__proto__",
  "constructor",
  "%00",
  "..%2f..%2fmigrations%2f0001_events",
];

/** `POST /v1/query/:name` with the read key: what reaches ClickHouse as a question. */
export function questions(readKey: string): fc.Arbitrary<Input> {
  const bodies = fc.oneof(
    { weight: 6, arbitrary: funnel },
    dropOff,
    { weight: 3, arbitrary: shared },
    hostileJson,
    fc.constant("{}"),
    hugeJson.map((json) => `{"steps":${json},"windowSeconds":1}`),
  );
  return fc
    .tuple(fc.constantFrom(...NAMES), mutated(bodies.map((text) => Buffer.from(text))))
    .map(([name, body]) =>
      single({ method: "POST" }, [
        httpRequest(
          "POST",
          `/v1/query/${name}`,
          [CLOSE, JSON_TYPE, ["Authorization", `Bearer ${readKey}`]],
          body,
        ),
      ]),
    );
}
