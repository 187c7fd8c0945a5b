import { PERSON_SECONDS } from "./identity.js";
import { attempt, type Store } from "./storage.js";

/**
 * For the option `cookies`: person and session in cookies of a domain, such as `example.org`,
 * which all its subdomains share. What the browser does not take as a cookie goes to
 * `localStorage`. The collector can renew the cookie of the person, which Safari keeps for seven
 * days otherwise (`BALISE_COOKIE_DOMAIN`). Without a domain they are this host's alone
 * (`BALISE_COOKIE_DOMAIN=host`).
 */
export function cookies(domain?: string): (other: Store) => Store {
  return (other) => ({
    ...other,
    get: (key) => read(key) ?? other.get(key),
    set(key, value) {
      const of = domain ? `;Domain=${domain}` : "";
      const seconds = value === null ? -1 : PERSON_SECONDS;
      const secure = location.protocol === "https:" ? ";Secure" : "";
      // Sandboxed frames throw at the property itself.
      attempt(
        () =>
          (document.cookie = `${key}=${encodeURIComponent(value ?? "")};Max-Age=${seconds}${of};Path=/;SameSite=Lax${secure}`),
      );
      other.set(key, read(key) === value ? null : value);
    },
  });
}

function read(key: string): string | null {
  const value = attempt(() => `; ${document.cookie}`.split(`; ${key}=`)[1]?.split(";")[0]);
  return (value && attempt(() => decodeURIComponent(value))) || null;
}
