import { mayHoldPersonalUrl } from "./may-hold.js";
import { isSecret } from "./secret.js";
import type { Phones } from "./phones.js";
import { scrubText } from "./text.js";

/** The parameters of campaigns; of a click id the value is never kept. */
export const CAMPAIGN_PARAMETERS: ReadonlySet<string> = new Set([
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
  "utm_id",
]);

/**
 * The address without its login, without the query parameters that `keep` does not name (in lower
 * case), and without a fragment that is no route (`#/` or `#!`); personal data and secrets in its
 * path and in what is kept are replaced. All other bytes stay as they are. Takes any text: relative,
 * of any scheme, or no address at all. Doing it twice changes nothing more. On the hot path.
 */
export function scrubUrl(url: string, keep: ReadonlySet<string> = CAMPAIGN_PARAMETERS): string {
  if (!mayHoldPersonalUrl(url)) return url;
  const [whole, fragment] = cut(url, "#");
  const kept = scrubResource(whole, keep);
  if (fragment === undefined || !/^[/!]/.test(fragment)) return kept;
  return `${kept}#${scrubResource(cut(fragment, "#")[0], keep)}`;
}

/** A path with its query. */
function scrubResource(text: string, keep: ReadonlySet<string>): string {
  const [address, query] = cut(text, "?");
  const path = scrubPath(address, keep);
  if (query === undefined) return path;
  const kept = scrubQuery(query, keep);
  return kept === "" && query !== "" ? path : `${path}?${kept}`;
}

/** The text before the first mark, and behind it where there is one. */
function cut(text: string, mark: string): [before: string, behind: string | undefined] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const LOGIN = /^([a-z][a-z0-9+.-]*:)?([/\\]{2})[^/\\]*@/i;
/** What follows is no path: its numbers are telephones. */
const DIAL = /^(?:tel|sms|callto|whatsapp|facetime):/i;
/** The data of an address that is its own content. */
const DATA = /^(data:[^,]*,?).*/is;

function scrubPath(address: string, keep: ReadonlySet<string>): string {
  const phones = DIAL.test(address) ? "any" : "marked";
  return (
    address
      .replace(LOGIN, "$1$2")
      .replace(DATA, "$1")
      .replace(/[^/\\]+/g, (segment) => scrubSegment(segment, phones, keep))
      // `;=://a@b` has lost its beginning.
      .replace(LOGIN, "$1$2")
  );
}

/** A segment may have parameters of its own: `/list;jsessionid=1`. */
function scrubSegment(segment: string, phones: Phones, keep: ReadonlySet<string>): string {
  if (!segment.includes(";")) return scrubName(segment, phones);
  const [name = "", ...parameters] = segment.split(";");
  const kept = parameters
    .filter((parameter) => !parameter.includes("=") || isKept(parameter, keep))
    .map((parameter) => `;${scrubParameter(parameter)}`);
  return scrubName(name, phones) + kept.join("");
}

function scrubQuery(query: string, keep: ReadonlySet<string>): string {
  const parameters = query.split(/([&;?])/);
  let kept = "";
  for (let at = 0; at < parameters.length; at += 2) {
    const parameter = parameters[at] ?? "";
    if (!isKept(parameter, keep)) continue;
    kept += (kept === "" ? "" : (parameters[at - 1] ?? "")) + scrubParameter(parameter);
  }
  return kept;
}

/** A `+` may be itself, as in +33, or a space. */
function scrubParameter(parameter: string): string {
  const [name, value] = cut(parameter, "=");
  if (value === undefined) return scrubName(parameter, "marked");
  const clean = scrubPart(value, "marked");
  if (clean !== value || !value.includes("+")) return `${name}=${clean}`;
  const spaced = value.replaceAll("+", " ");
  const cleaner = scrubPart(spaced, "marked");
  return cleaner === spaced ? parameter : `${name}=${cleaner}`;
}

function isKept(parameter: string, keep: ReadonlySet<string>): boolean {
  const [name] = cut(parameter, "=");
  return keep.has(decoded(name).toLowerCase());
}

/** The name of a segment may itself be a secret. */
function scrubName(name: string, phones: Phones): string {
  return isSecret(unescaped(name)) ? "[token]" : scrubPart(name, phones);
}

/** One part between two marks, as it is or, where it holds personal data, escaped anew. */
function scrubPart(part: string, phones: Phones): string {
  const plain = unescaped(part);
  const clean = scrubText(plain, phones);
  if (clean === plain) return part;
  return encodeURIComponent(clean.toWellFormed()).replace(READABLE, decodeURIComponent);
}

/** Escapes of what stands in a path and a query for itself. */
const READABLE = /%(?:5B|5D|3A|2C|2B)/g;

/** An escape may have been escaped again. */
function unescaped(text: string): string {
  return decoded(decoded(text));
}

/** Escapes as characters; those that are no UTF-8 stay. */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
