/** The methods that a page may call before the tag has loaded. */
export const METHODS = [
  "track",
  "page",
  "identify",
  "group",
  "reset",
  "flush",
  "consent",
  "handover",
] as const;

/** A call made before the tag had loaded: when, which method, with what. */
export type EarlyCall = [at: number, method: string, args: ArrayLike<unknown>];
