/** `any`: also ten digits in a row that start with 0; `marked`: with `+` or separators alone. */
export type Phones = "any" | "marked";
