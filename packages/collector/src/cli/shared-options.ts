/** The options that every question takes, as they came from the command line. */
export interface SharedOptions {
  /** The command line makes numbers of what looks like one. */
  from?: string | number;
  to?: string | number;
  filter?: string | number | (string | number)[];
  breakdown?: string | number;
  compare?: string | number;
}

/**
 * The parameters of the same names; what is not given is left out.
 * @throws Error that quotes what does not fit and says what would.
 */
export function sharedParameters(options: SharedOptions): Record<string, unknown> {
  const { from, to, breakdown, compare } = options;
  const filters = listOf(options.filter).map(filterOf);
  return {
    ...(from === undefined ? {} : { from: String(from) }),
    ...(to === undefined ? {} : { to: String(to) }),
    ...(filters.length === 0 ? {} : { filters }),
    ...(breakdown === undefined ? {} : { breakdown: String(breakdown) }),
    ...(compare === undefined ? {} : { compare: comparison(String(compare)) }),
  };
}

/** An option that may be repeated. */
export const listOf = (given: SharedOptions["filter"]): string[] =>
  given === undefined ? [] : (Array.isArray(given) ? given : [given]).map(String);

/** A field, what is between, a value. Names of fields have none of the operators' characters. */
const CONDITION = /^([^=!<>~≠]+)(!=|≠|<=|>=|=|<|>|~)(.*)$/su;

/**
 * `device=mobile`, `plan=a|b` (any of them), `value>=10`, `page~checkout` (contains), `properties.plan`
 * (has one), `!properties.plan` (has none).
 */
export function filterOf(text: string): Record<string, unknown> {
  const [, property, op, value] = CONDITION.exec(text) ?? [];
  if (property === undefined || op === undefined || value === undefined) {
    const [, none, field] = /^(!?)([^=!<>~≠]+)$/u.exec(text) ?? [];
    if (field !== undefined) return { property: field, op: "exists", value: none === "" };
    throw new Error(
      `--filter ${text} is no condition: write device=mobile, plan=a|b, value>=10, page~checkout, properties.plan or !properties.plan`,
    );
  }
  if (op === "=" && value.includes("|")) return { property, op: "in", value: value.split("|") };
  if (op === "~") return { property, op: "contains", value };
  const number = /^[<>]/.test(op) && /^-?\d+(\.\d+)?$/.test(value);
  return { property, op, value: number ? Number(value) : value };
}

/** `previous`, `year`, a period such as `2026-01-01..2026-01-31`, or a segment such as `device=mobile`. */
function comparison(text: string): unknown {
  if (text === "previous" || text === "year") return text;
  if (CONDITION.test(text)) return { filters: [filterOf(text)] };
  const [, from, to] = /^(.+)\.\.(.+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) return { from, to };
  throw new Error(
    `--compare ${text} is none of previous, year, a period such as 2026-01-01..2026-01-31 and a segment such as device=mobile`,
  );
}
