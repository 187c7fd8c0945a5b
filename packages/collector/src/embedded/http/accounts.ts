import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { exception } from "../exception.js";
import type { Account } from "../messages.js";

/** What an account may do. */
export type Role = "owner" | "reader";

/** Tells who sends a request. */
export type Authenticate = (request: IncomingMessage, parameters: URLSearchParams) => Role;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

const hashed = (account: Account, role: Role) => ({
  user: digest(account.user),
  password: digest(account.password),
  role,
});

/**
 * Every account is compared on every attempt, and in constant time, so that neither a user's name nor a
 * prefix of a password shows in the time that the answer takes.
 */
export function createAuthenticate(owner: Account, readers: Account[]): Authenticate {
  const accounts = [hashed(owner, "owner"), ...readers.map((reader) => hashed(reader, "reader"))];
  return (request, parameters) => {
    const claimed = credentials(request, parameters);
    const user = digest(claimed.user);
    const password = digest(claimed.password);
    let role: Role | undefined;
    for (const account of accounts) {
      const sameUser = timingSafeEqual(account.user, user);
      const samePassword = timingSafeEqual(account.password, password);
      if (sameUser && samePassword) role ??= account.role;
    }
    if (role === undefined) {
      throw exception(
        "AUTHENTICATION_FAILED",
        `${claimed.user}: Authentication failed: password is incorrect, or there is no user with such name.`,
      );
    }
    return role;
  };
}

/** Basic, then the X-ClickHouse headers, then the URL; `default` without a password when there is none. */
function credentials(request: IncomingMessage, parameters: URLSearchParams): Account {
  const basic = /^Basic ([\w+/=-]+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (basic !== undefined) {
    const text = Buffer.from(basic, "base64").toString("utf8");
    const colon = text.indexOf(":");
    return colon < 0
      ? { user: text, password: "" }
      : { user: text.slice(0, colon), password: text.slice(colon + 1) };
  }
  const user = header(request, "x-clickhouse-user");
  const key = header(request, "x-clickhouse-key");
  if (user !== undefined || key !== undefined)
    return { user: user ?? "default", password: key ?? "" };
  return {
    user: parameters.get("user") ?? "default",
    password: parameters.get("password") ?? "",
  };
}

/** The one value of a header. */
export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
