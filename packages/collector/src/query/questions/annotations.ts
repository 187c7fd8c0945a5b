import { definePlain } from "../define.js";
import { periodFields, periodOf } from "../period.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { z } from "zod";

export const annotations = [
  definePlain({
    name: "annotations",
    topic: "overview",
    view: "table",
    parameters: z.strictObject(periodFields),
    statement: (input, site) => ({
      sql: statementOf(sqlFile("annotations")),
      params: { site, ...periodOf(input) },
    }),
    row: [
      { name: "annotation", kind: "dimension" },
      { name: "kind", kind: "dimension" },
      { name: "startsAt", kind: "moment", measured: true },
      { name: "endsAt", kind: "moment", measured: true },
      { name: "text", kind: "dimension" },
    ],
  }),
];
