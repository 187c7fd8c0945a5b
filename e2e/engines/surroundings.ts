/** Something about a page that the tag must bear. */
export interface Surroundings {
  /** Code that runs in the page before the tag. */
  before?: string;
  /** The page with the tag stands in a frame of another site, or in a sandbox without an origin. */
  frame?: "foreign" | "sandboxed";
  /** The page comes from an address that browsers hold for insecure. */
  insecure?: true;
  /** What the tag needs is broken: nothing has to arrive, and nothing may be thrown. */
  broken?: true;
}

const without = (owner: string, ...names: string[]): string =>
  names
    .map((name) => `Object.defineProperty(${owner}, "${name}", { value: undefined });`)
    .join("\n");

/** As with cookies blocked. */
export const DENIED_STORAGE = `for (const name of ["localStorage", "sessionStorage", "indexedDB"])
  Object.defineProperty(window, name, {
    get() { throw new DOMException("denied", "SecurityError"); },
  });
Object.defineProperty(document, "cookie", { get: () => "", set() {} });`;

const OLD = `${without("window", "AbortController", "AbortSignal", "CompressionStream", "DecompressionStream")}
${without("Navigator.prototype", "locks")}
${without("Crypto.prototype", "randomUUID")}`;

/** As prototype.js 1.6 and its kin did it, by plain assignment, so that all of it is enumerable. */
const PROTOTYPES = `Object.prototype.extend = function (other) { return Object.assign(this, other); };
Object.prototype.polluted = "yes";
Array.prototype.each = function (run) { this.forEach(run); return this; };
Array.prototype.toJSON = function () { return "[array]"; };
Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
Array.prototype.inspect = function () { return "[" + this.join() + "]"; };
Array.from = function (list) {
  if (!list) return [];
  const made = [];
  for (let n = 0; n < (list.length || 0); n++) made.push(list[n]);
  return made;
};
Function.prototype.bind = function (self) {
  const run = this;
  return function () { return run.apply(self, arguments); };
};`;

/** A clock an hour late, JSON laid out, and a fetch whose promises know no more than \`then\`. */
const PATCHED = `const { stringify } = JSON;
JSON.stringify = (value) => stringify(value, null, 2);
const RealDate = Date;
window.Date = class extends RealDate {
  static now() { return RealDate.now() - 3600000; }
};
const { fetch: send } = window;
window.fetch = function (url, init) {
  const answer = send.call(window, url, init);
  return { then: (taken, failed) => answer.then(taken, failed) };
};`;

const BROKEN = `JSON.stringify = () => { throw new Error("no JSON"); };
Date.now = () => NaN;
window.fetch = () => { throw new Error("no fetch"); };
navigator.sendBeacon = () => { throw new Error("no beacon"); };
delete window.console;`;

export const SURROUNDINGS: Record<string, Surroundings> = {
  "a strict policy and a script with its hash": {},
  "a frame of another site": { frame: "foreign" },
  "a sandboxed frame, whose storage throws": { frame: "sandboxed" },
  "an insecure origin": { insecure: true },
  "no storage": { before: DENIED_STORAGE },
  "no fetch": { before: without("window", "fetch", "Request", "Response", "Headers") },
  "no fetch that outlives the page": { before: without("window", "Request") },
  "no crypto.randomUUID": { before: without("Crypto.prototype", "randomUUID") },
  "no locks": { before: without("Navigator.prototype", "locks") },
  "no sendBeacon": { before: without("Navigator.prototype", "sendBeacon") },
  "what is new in browsers missing": { before: OLD },
  "prototypes that a library has extended": { before: PROTOTYPES },
  "JSON, Date and fetch patched": { before: PATCHED },
  "no console": { before: "delete window.console;" },
  "JSON, time, fetch and console broken": { before: BROKEN, broken: true },
};
