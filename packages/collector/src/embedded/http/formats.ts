/** Content types by format, as ClickHouse sends them. */
const CONTENT_TYPES: [RegExp, string][] = [
  [
    /^JSON(Compact|Strings|CompactStrings|Columns|CompactColumns|ColumnsWithMetadata)?$/,
    "application/json; charset=UTF-8",
  ],
  [/^JSONObjectEachRow$/, "application/json; charset=UTF-8"],
  [/^(JSON.*EachRow.*|JSONLines|NDJSON)$/, "application/x-ndjson; charset=UTF-8"],
  [/^CSV/, "text/csv; charset=UTF-8; header=absent"],
  [/^(TSV|TabSeparated)/, "text/tab-separated-values; charset=UTF-8"],
  [/^XML$/, "application/xml; charset=UTF-8"],
  [
    /^(Native|RowBinary|Parquet|Arrow|ORC|Avro|MsgPack|BSON|Npy|Protobuf|RawBLOB)/,
    "application/octet-stream",
  ],
];

/** The Content-Type of an answer in this format. */
export function contentType(format: string): string {
  const known = CONTENT_TYPES.find(([pattern]) => pattern.test(format))?.[1];
  const type = known ?? "text/plain; charset=UTF-8";
  return format.startsWith("CSVWithNames") ? type.replace("absent", "present") : type;
}

/**
 * Formats whose pieces may be put one after the other. chDB formats every block of a stream as a document
 * of its own, so that a format with a head or a foot (JSON, CSVWithNames, Parquet) would repeat them.
 */
const STREAMABLE = new Set([
  "JSONEachRow",
  "JSONLines",
  "NDJSON",
  "JSONStringsEachRow",
  "JSONCompactEachRow",
  "JSONCompactStringsEachRow",
  "CSV",
  "TSV",
  "TSVRaw",
  "TabSeparated",
  "TabSeparatedRaw",
  "TSKV",
  "LineAsString",
  "Native",
  "RowBinary",
]);

/** Whether a result in this format can be sent while it is computed. */
export function isStreamable(format: string): boolean {
  return STREAMABLE.has(format);
}
