// npm run indicators: docs/indicators.md from the definitions of the questions.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { indicatorsOf } from "../packages/collector/src/query/indicators.ts";
import { QUERIES } from "../packages/collector/src/query/registry.ts";
import { ROOT } from "./workspace.mjs";

writeFileSync(join(ROOT, "docs", "indicators.md"), indicatorsOf([...QUERIES.values()]));
