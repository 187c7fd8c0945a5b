/** The numbers of `numbers.ts` under one name; a bundler still drops those that nobody reads. */
export * as LIMITS from "./numbers.js";
