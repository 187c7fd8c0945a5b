import type { Tag } from "./tag.js";
import { warn } from "./warn.js";

/** Turns the identifier that `identify()` is given into the one that is kept. */
export type Hash = (userId: string) => string | Promise<string>;

/**
 * A tag that keeps hashes in the place of the team's own identifiers of users. Until the hash is
 * there, events have no user; the collector knows them by their device. Who logs out before is
 * not identified any more.
 *
 * @param hash Such as `sha256("the salt of this site")`.
 */
export function hashUserIds<T extends Pick<Tag, "identify" | "reset" | "forget">>(
  tag: T,
  hash: Hash,
): T {
  if (typeof window === "undefined") return tag;
  let logins = 0;
  return {
    ...tag,
    identify(userId, traits) {
      const login = ++logins;
      const known = async (): Promise<void> => {
        const id = await hash(String(userId));
        if (login === logins) tag.identify(id, traits);
      };
      known().catch((error: unknown) => warn(`identify(): ${String(error)}`));
    },
    reset() {
      logins++;
      tag.reset();
    },
    forget() {
      logins++;
      tag.forget();
    },
  };
}

/**
 * SHA-256 of salt and identifier, as 64 hexadecimal digits. The salt is public, as all of a page:
 * it keeps hashes of one site from being looked up by those of another, and hides no identifier
 * from who can try all that there are. Only on secure origins, where browsers have
 * `crypto.subtle`; elsewhere nobody is identified.
 */
export function sha256(salt: string): Hash {
  return async (userId) => {
    const text = new TextEncoder().encode(`${salt}:${userId}`);
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
}
