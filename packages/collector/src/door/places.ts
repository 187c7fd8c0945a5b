import { readFileSync, type Stats, statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { Reader, type CityResponse } from "mmdb-lib";
import { StartError } from "../config.js";
import { NOWHERE, type Place } from "../ingest/visitor.js";
import { type Log, Trouble } from "../trouble.js";

/** Where networks are. */
export interface Places {
  /** The place of an address that is cut to its network. */
  locate: (network: string) => Place;
  /** Another number once the answers may be others. */
  version: () => number;
}

export const NO_PLACES: Places = { locate: () => NOWHERE, version: () => 0 };

/** Milliseconds between two looks whether the file was replaced: it is once a week. */
const LOOK = 60_000;

/**
 * The places of a MaxMind file (GeoIP2, GeoLite2 or alike: Country or City), held in memory. A file
 * put in its place is read within a minute; one that cannot be read leaves the former in use.
 * @throws StartError when there is no such file, or it is none of these.
 */
export function openPlaces(path: string, log: Log, look = LOOK): Places & { close: () => void } {
  let reader: Reader<CityResponse>;
  let read = "";
  try {
    // Looked at before it is read: what comes between is seen at the next look.
    read = signOf(statSync(path));
    reader = readerOf(readFileSync(path));
  } catch (error) {
    throw new StartError(`BALISE_GEOIP=${path} cannot be used: ${whyNot(error)}`);
  }
  let version = 0;
  const trouble = new Trouble(log);
  const lookAgain = async (): Promise<void> => {
    try {
      const sign = signOf(await stat(path));
      if (sign === read) return;
      read = sign;
      reader = readerOf(await readFile(path));
      version++;
      trouble.over({}, "the GeoIP file can be used again");
      log.info({ built: reader.metadata.buildEpoch }, "the GeoIP file was read again");
    } catch (error) {
      // While an updater replaces it, there may be no file for a moment.
      if (!isMissing(error))
        trouble.tell("warn", { error: whyNot(error) }, "BALISE_GEOIP: the new file is not used");
    }
  };
  const timer = setInterval(() => void lookAgain(), look).unref();
  return {
    locate: (network) => placeOf(reader, network),
    version: () => version,
    close: () => clearInterval(timer),
  };
}

/** Differs for another file, and for the same one written anew. */
function signOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function readerOf(bytes: Buffer): Reader<CityResponse> {
  const reader = new Reader<CityResponse>(bytes);
  const { databaseType } = reader.metadata;
  if (!/Country|City|Enterprise/i.test(databaseType)) {
    throw new Error(`it holds ${databaseType.slice(0, 60)}: take a Country or City file`);
  }
  return reader;
}

function placeOf(reader: Reader<CityResponse>, network: string): Place {
  try {
    const found = reader.get(network);
    return {
      country: code(found?.country?.iso_code),
      // From the largest subdivision to the smallest.
      region: code(found?.subdivisions?.[0]?.iso_code),
    };
  } catch {
    // Harm in the middle of the file.
    return NOWHERE;
  }
}

function code(value: unknown): string {
  return typeof value === "string" && /^[A-Z0-9]{1,3}$/.test(value) ? value : "";
}

function whyNot(error: unknown): string {
  if (isMissing(error)) return "there is no such file";
  const reason = error instanceof Error && "code" in error ? error.code : undefined;
  if (reason === "EACCES" || reason === "EPERM") return "it may not be read";
  if (reason === "EISDIR") return "it is a directory";
  if (error instanceof Error && error.message.startsWith("it holds")) return error.message;
  return "it is no MaxMind database (.mmdb)";
}
