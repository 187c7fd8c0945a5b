/** At most `characters` UTF-16 units, never half of a surrogate pair. */
export function cut(text: string, characters: number): string {
  return text.length > characters
    ? text.slice(0, characters).replace(/[\ud800-\udbff]$/, "")
    : text;
}

/** Bytes of the text as UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
