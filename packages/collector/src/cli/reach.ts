/** Sends a request to the collector; where nothing answers, the error says what to do. */
export async function reachCollector(
  url: string,
  path: string,
  init: RequestInit,
): Promise<Response> {
  try {
    return await fetch(`${url.replace(/\/$/, "")}/${path}`, init);
  } catch (error) {
    throw new Error(`no collector answers at ${url}: start it, or give --url`, { cause: error });
  }
}
