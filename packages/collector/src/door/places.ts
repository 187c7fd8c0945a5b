import { readFileSync, unwatchFile, watchFile } from "node:fs";
import { readFile } from "node:fs/promises";
import type { FastifyBaseLogger } from "fastify";
import { Reader, type CityResponse } from "mmdb-lib";
import { StartError } from "../config.js";
import { NOWHERE, type Place } from "../ingest/visitor.js";

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
export function openPlaces(
  path: string,
  log: Pick<FastifyBaseLogger, "info" | "warn">,
  look = LOOK,
): Places & { close: () => void } {
  let reader: Reader<CityResponse>;
  try {
    reader = readerOf(readFileSync(path));
  } catch (error) {
    throw new StartError(`BALISE_GEOIP=${path} cannot be used: ${whyNot(error)}`);
  }
  let version = 0;
  const reload = async (): Promise<void> => {
    try {
      reader = readerOf(await readFile(path));
      version++;
      log.info({ built: reader.metadata.buildEpoch }, "the GeoIP file was read again");
    } catch (error) {
      log.warn(`BALISE_GEOIP: the new file is not used: ${whyNot(error)}`);
    }
  };
  const changed = (): void => void reload();
  // Looks at the path, not at the file: updaters put a new file in its place.
  watchFile(path, { interval: look, persistent: false }, changed);
  return {
    locate: (network) => placeOf(reader, network),
    version: () => version,
    close: () => unwatchFile(path, changed),
  };
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
  const reason = error instanceof Error && "code" in error ? error.code : undefined;
  if (reason === "ENOENT") return "there is no such file";
  if (reason === "EACCES" || reason === "EPERM") return "it may not be read";
  if (reason === "EISDIR") return "it is a directory";
  if (error instanceof Error && error.message.startsWith("it holds")) return error.message;
  return "it is no MaxMind database (.mmdb)";
}
