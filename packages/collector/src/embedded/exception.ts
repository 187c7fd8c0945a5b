/** ClickHouse's name and number of the errors that this process itself raises. */
export const CODES = {
  BAD_ARGUMENTS: 36,
  NOT_IMPLEMENTED: 48,
  SYNTAX_ERROR: 62,
  UNKNOWN_TYPE_OF_QUERY: 78,
  READONLY: 164,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  QUERY_IS_TOO_LARGE: 223,
  NOT_ENOUGH_SPACE: 243,
  INTO_OUTFILE_NOT_ALLOWED: 358,
  QUERY_WAS_CANCELLED: 394,
  ACCESS_DENIED: 497,
  AUTHENTICATION_FAILED: 516,
  CANNOT_DECOMPRESS: 271,
  TOO_LARGE_STRING_SIZE: 131,
  UNKNOWN: 1002,
} as const;

const STATUS_OF_CODE = new Map<number, number>([
  ...[36, 427, 6, 25, 26, 27, 38, 41, 72, 53, 62, 117, 167, 168, 321, 456, 457].map(
    (code) => [code, 400] as const,
  ),
  ...[46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 139].map((code) => [code, 404] as const),
  ...[192, 193, 516].map((code) => [code, 403] as const),
  [194, 401],
  [CODES.QUERY_IS_TOO_LARGE, 413],
  [CODES.TOO_LARGE_STRING_SIZE, 413],
  [CODES.CANNOT_DECOMPRESS, 400],
  [CODES.NOT_IMPLEMENTED, 501],
  // A server answers 500; 503 lets clients and balancers see that a retry is what is wanted.
  [CODES.TOO_MANY_SIMULTANEOUS_QUERIES, 503],
]);

/** An error as ClickHouse words it over HTTP: `Code: N. DB::Exception: … (NAME)`. */
export class ClickHouseException extends Error {
  override readonly name = "ClickHouseException";
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }

  /** The HTTP status that a ClickHouse server gives to this code. */
  get status(): number {
    return STATUS_OF_CODE.get(this.code) ?? 500;
  }
}

/** Builds an error of this process in ClickHouse's wording. */
export function exception(name: keyof typeof CODES, message: string): ClickHouseException {
  const code = CODES[name];
  return new ClickHouseException(code, `Code: ${code}. DB::Exception: ${message} (${name})`);
}

/**
 * Turns what chDB throws into a ClickHouse error. chDB repeats the head of a nested error
 * ("Code: 27. DB::Exception: Code: 27. DB::Exception: …"): one is enough.
 */
export function toException(error: unknown): ClickHouseException {
  if (error instanceof ClickHouseException) return error;
  const text = error instanceof Error ? error.message : String(error);
  const message = text.replace(
    /^(Code: \d+\. DB::Exception: )(?:Code: \d+\. DB::Exception: )+/,
    "$1",
  );
  const code = /^Code: (\d+)\./.exec(message)?.[1];
  return code === undefined
    ? exception("UNKNOWN", message)
    : new ClickHouseException(Number(code), message);
}
