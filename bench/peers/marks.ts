import { gunzipSync } from "node:zlib";

/** A numbered event of a run bears such a text in one of its properties. */
export const markOf = (run: string, number: number | ""): string => `mark-${run}-${number}`;

const MARK = /\bmark-([a-z0-9]+)-(\d+)\b/g;
const BASE64 = /^[\w+/-]{16,}={0,2}$/;

/** The numbers of a run's events in a body, in whatever shape a tag packs them; copies are there too. */
export function marksIn(body: Buffer, run: string): number[] {
  const text = (isGzip(body) ? gunzipSync(body) : body).toString("utf8");
  const found = [...textsOf(parsed(text) ?? formOf(text) ?? text)];
  return found.flatMap((value) =>
    [...value.matchAll(MARK)].filter(([, of]) => of === run).map(([, , number]) => Number(number)),
  );
}

const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;

/** Texts at any depth, through JSON and base64 within texts. */
function* textsOf(value: unknown): Iterable<string> {
  if (typeof value === "string") {
    const inner = parsed(value) ?? parsed(fromBase64(value));
    if (inner === undefined) yield value;
    else yield* textsOf(inner);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) yield* textsOf(part);
  }
}

/** An object or array; undefined when the text is none. */
function parsed(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

function formOf(text: string): string[] | undefined {
  return /^[\w.]+=/.test(text) ? [...new URLSearchParams(text).values()] : undefined;
}

function fromBase64(text: string): string {
  return BASE64.test(text) ? Buffer.from(text, "base64").toString("utf8") : "";
}
