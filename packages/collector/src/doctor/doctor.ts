import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readSettings, type Settings } from "../config.js";
import { explain } from "../explain.js";
import { failure, type Finding, ok } from "../finding.js";
import { checkAlerts, checkTargets } from "./alerts.js";
import { checkClock } from "./clock.js";
import { checkCollector } from "./collector.js";
import { checkDataDir } from "./data-dir.js";
import { checkRoom, checkSyncs } from "./disk.js";
import { checkDoor } from "./door.js";
import { checkErasures } from "./erasures.js";
import { checkKeys } from "./keys.js";
import { checkNode } from "./node.js";
import { checkPlan } from "./plan.js";
import { checkSpool } from "./spool.js";
import { checkStore } from "./store.js";

export interface Examination {
  env: Readonly<Record<string, string | undefined>>;
  /** Start the embedded ClickHouse if no collector runs. */
  open: boolean;
}

/**
 * Looks at everything that a collector needs, beside one that runs or without. Changes nothing,
 * unless `open` is set.
 */
export async function examine({ env, open }: Examination): Promise<Finding[]> {
  const node = checkNode();
  let settings: Settings;
  try {
    settings = readSettings(env);
  } catch (error) {
    return [node, failure("settings", explain(error), "correct them: nothing else was looked at")];
  }
  const dataDir = resolve(settings.BALISE_DATA_DIR);
  const { runs, findings: collector } = await checkCollector(settings, dataDir);
  return [
    node,
    ok("settings", "valid"),
    ...checkKeys(settings, dataDir),
    ...checkDataDir(dataDir),
    ...(existsSync(dataDir) ? await lookInside(dataDir, settings) : []),
    ...collector,
    ...checkDoor(settings),
    ...(await checkPlan(settings)),
    ...(await checkTargets(settings)),
    ...(await checkAlerts(settings, dataDir)),
    ...(await checkStore({ settings, dataDir, runs, open })),
  ];
}

async function lookInside(dataDir: string, settings: Settings): Promise<Finding[]> {
  const maxBytes = settings.BALISE_SPOOL_MAX_BYTES;
  const spool = await checkSpool(join(dataDir, "spool"), maxBytes);
  return [
    await checkRoom(dataDir, maxBytes, spool.bytes),
    await checkSyncs(dataDir),
    checkClock(dataDir),
    ...spool.findings,
    checkErasures(dataDir),
  ];
}
