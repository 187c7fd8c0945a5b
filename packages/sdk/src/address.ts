/** What `Location` and `URL` share. */
type Address = Pick<URL, "origin" | "pathname" | "search" | "hash">;

/** An address without its place in the page: `#/…` and `#!…` are routes, and stay. */
export function addressOf({ origin, pathname, search, hash }: Address): string {
  return origin + pathname + search + (/^#[/!]/.test(hash) ? hash : "");
}
