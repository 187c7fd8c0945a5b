import type fc from "fast-check";
import type { Keys } from "../support/collector.js";
import { validBatch } from "./bodies/batch.js";
import { anything } from "./http/anything.js";
import { compressedBatches, plainBatches } from "./http/batch.js";
import { erasures } from "./http/erasures.js";
import { imports } from "./http/import.js";
import { pixels } from "./http/pixel.js";
import { questions } from "./http/questions.js";
import { CLOSE, httpRequest, JSON_TYPE } from "./http/write.js";
import { type Input, type Kind, single } from "./input.js";
import { badChunks, oddChunks } from "./wire/chunks.js";
import { cutOff, leaving, overlong } from "./wire/cuts.js";
import { foreign, upgrades } from "./wire/foreign.js";
import { badHeads, endlessHeads } from "./wire/heads.js";
import { carrying, pipelines } from "./wire/pipelines.js";
import { smuggled } from "./wire/smuggling.js";

/** All that is sent, with valid neighbours in between. */
export function kindsFor({ writeKey, secretKey, readKey }: Keys): Kind[] {
  const kind = (name: string, share: number, inputs: fc.Arbitrary<Input>): Kind => ({
    name,
    share,
    inputs,
  });
  return [
    kind("valid neighbour", 5, neighbours(writeKey)),
    kind("batch", 20, plainBatches(writeKey)),
    kind("compressed batch", 12, compressedBatches(writeKey)),
    kind("pixel", 6, pixels(writeKey)),
    kind("import", 8, imports(secretKey, writeKey)),
    kind("question", 3, questions(readKey)),
    kind("erasure", 2, erasures(secretKey, readKey)),
    kind("any address", 14, anything),
    kind("bad chunks", 5, badChunks(writeKey)),
    kind("odd chunks", 3, oddChunks(writeKey)),
    kind("smuggling", 6, smuggled(writeKey)),
    kind("bad head", 5, badHeads(writeKey)),
    kind("endless head", 0.5, endlessHeads(writeKey)),
    kind("pipeline", 3, pipelines(writeKey)),
    kind("cut off", 3, cutOff(writeKey)),
    kind("leaving", 2, leaving(writeKey)),
    kind("too long", 1, overlong(writeKey)),
    kind("other protocol", 1, foreign),
    kind("upgrade", 0.5, upgrades),
  ];
}

/** Batches as a tag sends them. */
function neighbours(writeKey: string): fc.Arbitrary<Input> {
  return validBatch(writeKey).map((body) => ({
    ...single(carrying(body), [httpRequest("POST", "/v1/batch", [CLOSE, JSON_TYPE], body)]),
    valid: 1,
  }));
}
