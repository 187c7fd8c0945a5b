import type { PlannedEvent } from "../plan.js";
import { isReadyMade, type PropertyType } from "@balise/schema";
import { BACKSLASH, DOT, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "./bytes.js";
import type { Cursor } from "./cursor.js";

/** More properties than an event has that is read from its bytes. */
const MOST = 64;

const N = 0x6e;
const T = 0x74;
const F = 0x66;

interface CompiledProperty {
  key: Buffer;
  type: PropertyType;
  optional: boolean;
  values: ReadonlySet<string> | undefined;
  missing: Buffer;
  wrongType: Buffer;
  wrongValue: Buffer;
}

interface CompiledEvent {
  properties: readonly CompiledProperty[];
  closed: boolean;
}

const column = (violation: string): Buffer =>
  Buffer.from(`,"plan_violation":${JSON.stringify(violation)}`);

const UNKNOWN_EVENT = column("unknown_event");
const UNKNOWN_PROPERTY = column("unknown_property");

/**
 * Holds an event that is read from its bytes against the plan: notes where its name and properties
 * stand, and looks at them at its end, since they may come in any order. Says what
 * `PlanCheck.violationOf` says, which `scan.test.ts` compares. On the hot path where there is a plan.
 */
export class BytesPlan {
  readonly #events: ReadonlyMap<string, CompiledEvent>;
  readonly #enforce: boolean;
  readonly #keyStarts = new Uint32Array(MOST);
  readonly #keyEnds = new Uint32Array(MOST);
  readonly #valueStarts = new Uint32Array(MOST);
  #count = 0;
  #nameStart = 0;
  #nameEnd = 0;

  constructor(events: ReadonlyMap<string, PlannedEvent>, enforce: boolean) {
    this.#enforce = enforce;
    this.#events = new Map(
      [...events].map(([name, { properties, closed }]) => [
        name,
        {
          closed,
          properties: properties.map(({ key, type, optional, values }) => ({
            key: Buffer.from(key),
            type,
            optional,
            values,
            missing: column(`missing_property:${key}`),
            wrongType: column(`wrong_type:${key}`),
            wrongValue: column(`wrong_value:${key}`),
          })),
        },
      ]),
    );
  }

  /** Another event begins. */
  begin(): void {
    this.#count = 0;
  }

  /** The name has just been read. */
  name(cursor: Cursor): void {
    this.#nameStart = cursor.start;
    this.#nameEnd = cursor.end;
  }

  /** The key of a property has just been read, and its value stands under the cursor. */
  property(cursor: Cursor): void {
    const place = this.#count++;
    this.#keyStarts[place] = cursor.start;
    this.#keyEnds[place] = cursor.end;
    this.#valueStarts[place] = cursor.at;
  }

  /** Writes the violation as a column; false where the event is to be refused for it. */
  mark(cursor: Cursor): boolean {
    const violation = this.#violation(cursor);
    if (violation === undefined) return true;
    if (this.#enforce) return false;
    cursor.put(violation);
    return true;
  }

  #violation(cursor: Cursor): Buffer | undefined {
    const { src } = cursor;
    const name = cursor.text(this.#nameStart, this.#nameEnd);
    const planned = this.#events.get(name);
    if (planned === undefined) return isReadyMade(name) ? undefined : UNKNOWN_EVENT;
    let known = 0;
    for (const property of planned.properties) {
      const place = this.#find(src, property.key);
      if (place === -1) {
        if (!property.optional) return property.missing;
        continue;
      }
      known += 1;
      const at = this.#valueStarts[place] ?? 0;
      if (!isOf(property.type, src, at)) return property.wrongType;
      if (property.values !== undefined && !property.values.has(stringAt(src, at)))
        return property.wrongValue;
    }
    return planned.closed && this.#properties(src) > known ? UNKNOWN_PROPERTY : undefined;
  }

  /** The place of a property that is not null; -1 where there is none. */
  #find(src: Buffer, key: Buffer): number {
    for (let place = 0; place < this.#count; place++) {
      const start = this.#keyStarts[place] ?? 0;
      const end = this.#keyEnds[place] ?? 0;
      if (end - start !== key.length || src.compare(key, 0, key.length, start, end) !== 0) continue;
      return src[this.#valueStarts[place] ?? 0] === N ? -1 : place;
    }
    return -1;
  }

  /** How many properties are not null. */
  #properties(src: Buffer): number {
    let count = 0;
    for (let place = 0; place < this.#count; place++) {
      if (src[this.#valueStarts[place] ?? 0] !== N) count += 1;
    }
    return count;
  }
}

/** Whether the value there, plain JSON and not null, is of the type. */
function isOf(type: PropertyType, src: Buffer, at: number): boolean {
  const first = src[at] ?? 0;
  if (first === QUOTE) return type === "string";
  if (first === OPEN_BRACE) return type === "object";
  if (first === OPEN_BRACKET) return type === "array";
  if (first === T || first === F) return type === "boolean";
  return type === "number" || (type === "integer" && !hasPoint(src, at));
}

/** Of a number whose last decimal is not 0, as `Cursor.number` takes it. */
function hasPoint(src: Buffer, at: number): boolean {
  for (let n = at + 1; ; n++) {
    const byte = src[n] ?? 0;
    if (byte === DOT) return true;
    if (byte < 0x30 || byte > 0x39) return false;
  }
}

/** The text of the string there. */
function stringAt(src: Buffer, at: number): string {
  let end = at + 1;
  let escaped = false;
  while (src[end] !== QUOTE) {
    if (src[end] === BACKSLASH) {
      escaped = true;
      end += 1;
    }
    end += 1;
  }
  const text = src.toString("utf8", at, end + 1);
  if (!escaped) return text.slice(1, -1);
  const unescaped: string = JSON.parse(text);
  return unescaped;
}
