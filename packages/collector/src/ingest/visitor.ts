import type { IncomingHttpHeaders } from "node:http";
import { Recent } from "../recent.js";
import { hintsKey } from "./client-hints.js";
import { deviceOf } from "./device.js";
import type { Device } from "./user-agent.js";

/** What a request says of who sends it: never the address itself. */
export interface Visitor {
  readonly device: Device;
  /** ISO 3166-1 code, such as FR; empty when unknown. */
  readonly country: string;
  /** ISO 3166-2 code of the subdivision, without the country's; empty when unknown. */
  readonly region: string;
}

export type Place = Pick<Visitor, "country" | "region">;

/** The same headers and place give the same object, so that what is made of it can be kept by it. */
export type ReadVisitor = (headers: IncomingHttpHeaders, place?: Place) => Visitor;

/** Of events that no visitor's own device sends. */
export const NO_VISITOR: Visitor = { device: deviceOf("", ""), country: "", region: "" };

export const NOWHERE: Place = { country: "", region: "" };

/** Visitors remembered: distinct devices times places. */
const REMEMBERED = 4096;

/** Reads visitors; the last few thousand distinct ones are remembered. On the hot path. */
export function visitorReader(): ReadVisitor {
  const known = new Recent<Visitor>(REMEMBERED);
  return (headers, { country, region } = NOWHERE) => {
    const userAgent = headers["user-agent"] ?? "";
    const hints = hintsKey(headers);
    const key = `${country} ${region} ${hints} ${userAgent}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const visitor: Visitor = { device: deviceOf(userAgent, hints), country, region };
    known.set(key, visitor);
    return visitor;
  };
}
