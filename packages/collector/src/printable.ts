/** Text from the outside for a terminal: what a terminal would obey is shown as `?`. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "?");
}
