import { attempt, type Store } from "./storage.js";

/** Thirteen months: the longest life that the CNIL grants to an audience-measurement cookie. */
export const COOKIE_SECONDS = 395 * 86_400;

/** Cookies as a store, for the few small values that tell a person and a session. */
export function cookieStore(document: Document): Store {
  // Sandboxed frames throw at the property itself.
  const pairs = (): string[] => attempt(() => document.cookie.split("; ")) ?? [];
  const write = (text: string): unknown =>
    attempt(() => (document.cookie = `${text}; Path=/; SameSite=Lax`));

  function get(key: string): string | null {
    const found = pairs().find((pair) => pair.startsWith(`${key}=`));
    return (found && attempt(() => decodeURIComponent(found.slice(key.length + 1)))) ?? null;
  }

  return {
    get,
    set(key, value) {
      write(`${key}=${encodeURIComponent(value)}; Max-Age=${COOKIE_SECONDS}`);
      return get(key) === value;
    },
    remove: (key) => void write(`${key}=; Max-Age=-1`),
    keys: () => pairs().map((pair) => pair.slice(0, pair.indexOf("="))),
  };
}
