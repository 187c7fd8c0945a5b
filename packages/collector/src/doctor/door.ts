import type { Settings } from "../config.js";
import { openPlaces } from "../door/places.js";
import { explain } from "../explain.js";
import { failure, type Finding, ok } from "../finding.js";

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Whose word on addresses is taken, and where addresses are. */
export function checkDoor(settings: Settings): Finding[] {
  const proxies = settings.BALISE_TRUST_PROXY;
  return [
    ok("proxies", proxies === undefined ? "none is believed" : `believed: ${String(proxies)}`),
    ...(settings.BALISE_GEOIP === undefined ? [] : [checkGeoIp(settings.BALISE_GEOIP)]),
  ];
}

function checkGeoIp(path: string): Finding {
  try {
    openPlaces(path, QUIET).close();
    return ok("GeoIP", path);
  } catch (error) {
    return failure("GeoIP", explain(error), "correct the path, or unset BALISE_GEOIP");
  }
}
