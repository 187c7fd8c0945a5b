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

/** Holds the pid of the collector that has the data directory open. */
export const OWNER_FILE = "owner.pid";

/** Says what is wrong with a data directory, as far as the system's error tells. */
export function startError(error: unknown, dataDir: string): EmbeddedStartError {
  const reason = firstLine(error);
  const code = systemCode(error);
  if (
    code === "ENOSPC" ||
    code === "EDQUOT" ||
    /No space left|NOT_ENOUGH_SPACE/.test(String(error))
  ) {
    return new EmbeddedStartError(
      "DISK_FULL",
      `no space is left on the disk of ${dataDir}: free some, or set BALISE_DATA_DIR to another disk.`,
      { cause: error },
    );
  }
  if (code !== undefined && /^E(ACCES|PERM|ROFS|NOTDIR|EXIST)$/.test(code)) {
    return new EmbeddedStartError(
      "DATA_DIR_UNUSABLE",
      `${dataDir} cannot be used as a data directory (${reason}): set BALISE_DATA_DIR to a folder that this user can write.`,
      { cause: error },
    );
  }
  return new EmbeddedStartError(
    "START_FAILED",
    `the embedded ClickHouse does not open ${dataDir}: ${reason}`,
    { cause: error },
  );
}
