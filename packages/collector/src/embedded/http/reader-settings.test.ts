import { expect, test } from "vitest";
import { readerSettings } from "./reader-settings.js";

test("a reader may say how a result looks, and ask for less", () => {
  const wanted = new Map([
    ["output_format_json_quote_64bit_integers", "0"],
    ["session_timezone", "Europe/Paris"],
    ["max_execution_time", "5"],
  ]);
  expect(readerSettings(wanted)).toEqual(wanted);
});

test("readonly is what a reader is already", () => {
  expect(readerSettings(new Map([["readonly", "1"]]))).toEqual(new Map());
});

test.each([
  ["readonly", "0"],
  ["max_execution_time", "0"],
  ["max_execution_time", "61"],
  ["max_execution_time", "1e9"],
  ["max_memory_usage", "99999999999999"],
  ["max_threads", "1"],
  ["output_format_schema", "/tmp/x"],
  ["format_schema", "/etc/passwd"],
  ["format_template_row", "/etc/passwd"],
  ["allow_ddl", "1"],
  ["file_like_engine_default_partition_strategy", "x"],
])("%s = %s is refused with 164", (name, value) => {
  expect(() => readerSettings(new Map([[name, value]]))).toThrowError(
    expect.objectContaining({ code: 164 }),
  );
});
