import { z } from "zod";
import { readJsonFile } from "../json-file.js";
import { findIndicator, within } from "./indicator.js";
import { QUERIES } from "./registry.js";
import { type Target, targetsSchema } from "./target.js";

const fileSchema = z.strictObject({ targets: targetsSchema });

/**
 * The targets of `balise.targets.json`, each of an indicator that there is.
 * @throws StartError that names the file, the target and its field.
 */
export const readTargets = (path: string): Promise<Target[]> =>
  readJsonFile(path, (json) => {
    const { targets } = fileSchema.parse(json);
    targets.forEach((target, place) =>
      within(["targets", place], () => findIndicator((name) => QUERIES.get(name), target)),
    );
    return targets;
  });
