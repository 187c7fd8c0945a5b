import { ImportError } from "../failure.js";
import { ANNOTATIONS } from "./annotations.js";
import { CONTACTS } from "./contacts.js";
import { COSTS } from "./costs.js";
import { CUSTOMERS } from "./customers.js";
import { EVENTS } from "./events.js";
import { MESSAGES } from "./messages.js";
import { ORDERS } from "./orders.js";
import type { Shape } from "./shape.js";

const SHAPES: ReadonlyMap<string, Shape> = new Map(
  [EVENTS, CONTACTS, MESSAGES, ORDERS, CUSTOMERS, COSTS, ANNOTATIONS].map((shape) => [
    shape.name,
    shape,
  ]),
);

/** @throws ImportError for what `--as` does not know. */
export function shapeNamed(name: string): Shape {
  const shape = SHAPES.get(name);
  if (shape !== undefined) return shape;
  throw new ImportError(
    `--as ${JSON.stringify(name)} is not one of ${[...SHAPES.keys()].join(", ")}`,
  );
}

export { EVENTS } from "./events.js";
export type { Shape } from "./shape.js";
