import fc from "fast-check";
import { anyEvent, validEvent } from "./event.js";
import { hostileJson, hugeJson, objectOf } from "./json.js";
import { mutated } from "./mutate.js";

/** A batch that must be accepted as a whole. */
export function validBatch(writeKey: string): fc.Arbitrary<Buffer> {
  return fc
    .array(validEvent, { minLength: 1, maxLength: 3 })
    .map((events) => Buffer.from(envelope(`"${writeKey}"`, String(Date.now()), events)));
}

function envelope(key: string, sentAt: string, events: readonly string[]): string {
  return `{"writeKey":${key},"sentAt":${sentAt},"events":[${events.join()}]}`;
}

/** Bodies of batches, from nearly right to nothing of the kind. */
export function hostileBatch(writeKey: string): fc.Arbitrary<Buffer> {
  const key = `"${writeKey}"`;
  const keys = fc.oneof({ weight: 12, arbitrary: fc.constant(key) }, hostileJson);
  const times = fc.oneof({ weight: 6, arbitrary: fc.constant(String(Date.now())) }, hostileJson);
  const events = fc.array(anyEvent, { maxLength: 5 });
  const ordered = fc.tuple(keys, times, events).map((parts) => envelope(...parts));
  const shuffled = fc
    .tuple(keys, times, events, hostileJson, fc.integer({ min: 0, max: 3 }))
    .map(([name, time, list, other, turn]) => {
      const entries: [string, string][] = [
        ["events", `[${list.join()}]`],
        ["sentAt", time],
        ["writeKey", name],
        ["events", other],
      ];
      return objectOf([...entries.slice(turn), ...entries.slice(0, turn)]);
    });
  const many = fc.integer({ min: 900, max: 1200 }).map((count) =>
    envelope(
      key,
      "0",
      Array.from({ length: count }, () => "{}"),
    ),
  );
  const text = fc.oneof(
    { weight: 30, arbitrary: ordered },
    { weight: 10, arbitrary: shuffled },
    { weight: 3, arbitrary: hostileJson },
    { weight: 2, arbitrary: hugeJson.map((json) => envelope(key, "0", [json])) },
    { weight: 1, arbitrary: hugeJson },
    { weight: 1, arbitrary: many },
  );
  return mutated(text.map((body) => Buffer.from(body)));
}
