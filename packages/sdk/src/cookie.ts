import { attempt, type Store } from "./storage.js";

/** Thirteen months: the longest life that the CNIL grants to an audience-measurement cookie. */
export const COOKIE_SECONDS = 395 * 86_400;

/** Cookies of a domain as a store, for the few small values that its subdomains share. */
export function cookieStore(domain: string): Store {
  const write = (key: string, value: string, seconds: number): void => {
    const secure = location.protocol === "https:" ? ";Secure" : "";
    // Sandboxed frames throw at the property itself.
    attempt(
      () =>
        (document.cookie = `${key}=${encodeURIComponent(value)};Max-Age=${seconds};Domain=${domain};Path=/;SameSite=Lax${secure}`),
    );
  };

  return {
    get,
    set(key, value) {
      write(key, value, COOKIE_SECONDS);
      return get(key) === value;
    },
    remove: (key) => write(key, "", -1),
  };
}

function get(key: string): string | null {
  return (
    attempt(() => {
      const value = `; ${document.cookie}`.split(`; ${key}=`)[1];
      return value && decodeURIComponent(value.split(";")[0] ?? "");
    }) ?? null
  );
}
