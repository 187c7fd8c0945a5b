import fc from "fast-check";
import { validBatch } from "./bodies/batch.js";
import { CLOSE, httpRequest, JSON_TYPE } from "./http/write.js";
import { type Input, single } from "./input.js";
import { carrying } from "./wire/pipelines.js";
import { type Target, tryInput } from "./try-input.js";

/** Requests a minute, of the collector whose limits are on. */
export const PER_ADDRESS = 40;
const FLOOD = 10 * PER_ADDRESS;

export const LIMITED = {
  BALISE_TRUST_PROXY: "1",
  BALISE_RATE_LIMIT_ADDRESS: String(PER_ADDRESS),
  // Nothing listens there: events are kept until a ClickHouse comes.
  CLICKHOUSE_URL: "http://127.0.0.1:9",
  CLICKHOUSE_PASSWORD: "x",
};

/** A flood from one address under made-up ones, with others that send a batch each in between. */
export async function flood(target: Target, writeKey: string, seed: number): Promise<void> {
  const bodies = fc.sample(validBatch(writeKey), { seed, numRuns: 2 * FLOOD });
  const { statuses } = target.tally;
  const before = statuses.get("429") ?? 0;
  for (let place = 0; place < FLOOD; place++) {
    const [one, other] = bodies.slice(2 * place);
    if (one === undefined || other === undefined) break;
    const madeUp = `198.51.100.${place % 250}, 203.0.113.7`;
    await tryInput(target, "flood", from(madeUp, one));
    const neighbour = { ...from(`100.${place % 60}.${Math.floor(place / 60)}.1`, other), valid: 1 };
    await tryInput(target, "valid neighbour", neighbour);
  }
  // More than half are refused, however long it takes: the allowance of two minutes is less.
  const refused = (statuses.get("429") ?? 0) - before;
  if (refused < FLOOD / 2)
    target.tally.complain("flood", `${refused} of ${FLOOD} requests of one address are refused`);
}

function from(address: string, body: Buffer): Input {
  return single(carrying(body), [
    httpRequest("POST", "/v1/batch", [CLOSE, JSON_TYPE, ["X-Forwarded-For", address]], body),
  ]);
}
