/**
 * The address in its parts; undefined where it is none. Not `URL.canParse`, which in Node 20 comes
 * to refuse addresses such as `https://café.fr/` once it has run often enough to be optimised.
 */
export function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
