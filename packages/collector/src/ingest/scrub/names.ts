import { LIMITS } from "@balise/schema";
import { z } from "zod";

/** Parameters whose values follow a person from an advertiser: never kept. */
const CLICK_IDS = new Set(
  "gclid gbraid wbraid dclid fbclid msclkid ttclid twclid li_fat_id igshid epik rdt_cid sccid yclid".split(
    " ",
  ),
);

/** Names with commas between. */
function list(name: z.ZodType<string, string>): z.ZodType<string[], string> {
  return z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(name));
}

/** Value of `BALISE_QUERY_PARAMETERS`. */
export const queryParametersSchema = list(
  z
    .string()
    .regex(/^[^\s&;=?#%]{1,128}$/, {
      error: "must be names of query parameters with commas between, such as page,sort",
    })
    .refine((name) => !CLICK_IDS.has(name.toLowerCase()), {
      error: "names a click id, whose value is never kept: leave it out",
    }),
);

/** Value of `BALISE_UNSCRUBBED_PROPERTIES`. */
export const propertyNamesSchema = list(
  z
    .string()
    .min(1, { error: "must be names of properties with commas between, such as order,plan" })
    .max(LIMITS.propertyKeyCharacters, {
      error: `holds a name of more than ${LIMITS.propertyKeyCharacters} characters`,
    }),
);
