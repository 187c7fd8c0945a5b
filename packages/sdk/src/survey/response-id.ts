/** A random UUID. `crypto.randomUUID` is not there in insecure contexts. */
export function createResponseId(): string {
  const random = crypto.getRandomValues(new Uint8Array(36));
  // The version is 4, the variant 8 of the four that there are.
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, (_, at: number) =>
    ((random[at] ?? 0) & 15).toString(16),
  );
}
