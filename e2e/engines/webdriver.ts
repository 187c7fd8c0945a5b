/** One command of the W3C's WebDriver; rejects with the driver's own words. */
export type Command = <Result>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object,
) => Promise<Result>;

/** More than a page takes to load on a busy machine. */
const PATIENCE = 30_000;

/** Commands to the driver that answers at this address. */
export function webDriver(address: string): Command {
  return async <Result>(method: string, path: string, body?: object): Promise<Result> => {
    const response = await fetch(`${address}${path}`, {
      method,
      signal: AbortSignal.timeout(PATIENCE),
      ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
    });
    const { value } = (await response.json()) as { value: Result };
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  };
}
