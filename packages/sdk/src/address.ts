/**
 * Which parts of an address tell one page from another, and are kept. What is left out is not in
 * `page.url` either.
 */
export interface UrlParts {
  /** @default true */
  path?: boolean;
  /** @default true */
  query?: boolean;
  /** `"route"`: only `#/…` and `#!…`, which are routes; other fragments are places in a page. @default "route" */
  hash?: boolean | "route";
}

/** What `Location` and `URL` share. */
type Address = Pick<URL, "origin" | "pathname" | "search" | "hash">;

export function addressOf(
  { origin, pathname, search, hash }: Address,
  { path = true, query = true, hash: fragment = "route" }: UrlParts = {},
): string {
  const kept = fragment === "route" ? /^#[/!]/.test(hash) : fragment;
  return origin + (path ? pathname : "/") + (query ? search : "") + (kept ? hash : "");
}
