import { z } from "zod";

/** The value that stands for the collector's own host, without those below it. */
export const OWN_HOST = "host";

/** At least two labels, of which the last is no number: browsers keep no cookie for `fr` or an address. */
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Whose pages read the cookie of the person: `BALISE_COOKIE_DOMAIN`, or `cookieDomain` of a site. */
export const cookieDomainSchema = z
  .string()
  .refine((text) => text === OWN_HOST || DOMAIN.test(text), {
    error: `must be the domain that your pages and the collector share, in small letters without scheme, port or path, such as bank.example, or ${OWN_HOST} for the collector's own host alone`,
  });
