// Loaded into a collector before its program (`--import`): on SIGUSR2 it collects its garbage and
// writes what memory it holds, so that growth is told apart from garbage.
import { appendFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const path = process.env.FUZZ_GAUGE ?? "";

process.on("SIGUSR2", () => {
  collect();
  collect();
  appendFileSync(`${path}.${process.pid}`, `${JSON.stringify(process.memoryUsage())}\n`);
});
