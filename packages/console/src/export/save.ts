/** Hands a text to the reader as a file. */
export function save(fileName: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // Firefox reads the blob after click() returns.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
