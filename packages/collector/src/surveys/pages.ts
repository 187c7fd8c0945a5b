/**
 * Pages as one regular expression, so that tags need not make it: names, or paths in which `:id` is one
 * part and `*` is anything.
 */
export function pagesPattern(pages: readonly string[]): string {
  const patterns = pages.map((page) =>
    page
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replace(/\*+/g, ".*")
      .replace(/:\w+/g, "[^/]+"),
  );
  return `^(?:${patterns.join("|")})$`;
}
