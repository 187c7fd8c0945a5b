/**
 * A ClickHouse server for tests of clusters: chDB's library run as `clickhouse local`, which can
 * listen. It holds this process until it is killed, or for ten minutes at most.
 */
import { libchdbPath } from "chdb/libchdb";
import { DataType, load, open } from "ffi-rs";

const LISTEN = `SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP;
SELECT sleepEachRow(1) FROM numbers(600)
SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0 FORMAT Null`;

const args = ["clickhouse", ...process.argv.slice(2), `--query=${LISTEN}`];
open({ library: "chdb", path: libchdbPath() });
load({
  library: "chdb",
  funcName: "query_stable_v2",
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [args.length, args],
});
