import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StartError } from "../config.js";
import { openPlaces } from "./places.js";
import { mmdb } from "./testing/mmdb.js";

const PARIS = {
  country: { iso_code: "FR", geoname_id: 3_017_382 },
  subdivisions: [{ iso_code: "IDF" }, { iso_code: "75" }],
};
const NAMUR = { country: { iso_code: "BE" } };

let dir: string;
let path: string;
const log = { info: vi.fn<() => void>(), warn: vi.fn<() => void>(), error: vi.fn<() => void>() };
const closing: (() => void)[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "balise-places-"));
  path = join(dir, "places.mmdb");
  log.warn.mockClear();
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
  rmSync(dir, { recursive: true, force: true });
});

function open(): ReturnType<typeof openPlaces> {
  const places = openPlaces(path, log, 20);
  closing.push(places.close);
  return places;
}

describe("places", () => {
  it("are the country and the largest subdivision of a network, of either version", () => {
    writeFileSync(path, mmdb({ "81.2.69.0/24": PARIS, "2001:db8:7::/48": NAMUR }));
    const { locate } = open();
    expect(locate("81.2.69.0")).toEqual({ country: "FR", region: "IDF" });
    expect(locate("2001:db8:7::")).toEqual({ country: "BE", region: "" });
    expect(locate("81.2.70.0")).toEqual({ country: "", region: "" });
    expect(locate("no address")).toEqual({ country: "", region: "" });
  });

  it("come from a file that is put in the place of the former, unless it cannot be read", async () => {
    writeFileSync(path, mmdb({ "81.2.69.0/24": PARIS }));
    const places = open();
    const replaceBy = (bytes: string | Buffer): void => {
      writeFileSync(`${path}.new`, bytes);
      renameSync(`${path}.new`, path);
    };
    replaceBy(mmdb({ "81.2.69.0/24": NAMUR }));
    await expect.poll(() => places.locate("81.2.69.0").country).toBe("BE");
    expect(places.version()).toBe(1);
    replaceBy("half a file");
    await expect.poll(() => log.warn.mock.calls.length).toBe(1);
    expect(places.locate("81.2.69.0").country).toBe("BE");
  });

  it("need a file of places: anything else stops the start with a message that names it", () => {
    const failure = /BALISE_GEOIP=.*places\.mmdb cannot be used: (.*)$/;
    expect(open).toThrow(StartError);
    expect(open).toThrow(/there is no such file/);
    writeFileSync(path, "<html>");
    expect(open).toThrow(failure);
    expect(open).toThrow(/no MaxMind database/);
    writeFileSync(path, mmdb({ "81.2.69.0/24": { isp: "x" } }, "GeoIP2-ISP"));
    expect(open).toThrow(/it holds GeoIP2-ISP: take a Country or City file/);
  });

  it("are nowhere where the file is harmed in its middle", () => {
    const bytes = mmdb({ "81.2.69.0/24": PARIS });
    bytes.fill(0xff, bytes.indexOf("iso_code") - 4, bytes.indexOf("iso_code"));
    writeFileSync(path, bytes);
    expect(open().locate("81.2.69.0")).toEqual({ country: "", region: "" });
  });
});
