/** Why the embedded ClickHouse could not start. */
export type StartFailureCode =
  | "DATA_DIR_IN_USE"
  | "DATA_DIR_UNUSABLE"
  | "DISK_FULL"
  | "PORT_IN_USE"
  | "LIBRARY_MISSING"
  | "START_FAILED";

/** A start that failed for a reason that the operator can act on; the message is one line and names the remedy. */
export class EmbeddedStartError extends Error {
  override readonly name = "EmbeddedStartError";
  constructor(
    readonly code: StartFailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The system's code of an error (`EADDRINUSE`, `ENOSPC`, …), if it has one. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** The first line of whatever was thrown. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] ?? text;
}
