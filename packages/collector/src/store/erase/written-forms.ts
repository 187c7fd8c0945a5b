/** An identifier as a body may hold it: as it is, and as JSON writes it with and without escapes. */
export function writtenForms(id: string): string[] {
  const inJson = JSON.stringify(id).slice(1, -1);
  const ascii = inJson.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return [...new Set([id, inJson, ascii])];
}

/**
 * A regular expression (RE2) that finds the identifier as a word of its own: user `4` is not in
 * `42`.
 */
export function wordPattern(form: string): string {
  const quoted = form.replace(/[\\^$.|?*+()[\]{}]/g, (sign) => `\\${sign}`);
  return `(^|[^\\p{L}\\p{N}_])${quoted}($|[^\\p{L}\\p{N}_])`;
}
