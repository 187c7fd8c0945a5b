/** At most `characters` UTF-16 units, never half of a surrogate pair. */
export function cut(text: string, characters: number): string {
  return text.slice(0, characters).replace(/[\ud800-\udbff]$/, "");
}
