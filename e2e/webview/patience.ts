const PATIENCE = 20_000;

/** A promise that `start` settles; fails when nothing comes for too long. */
export function inTime<T>(
  what: string,
  start: (go: (value: T) => void, fail: (error: Error) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE);
    const settled = (): void => clearTimeout(late);
    start(
      (value) => {
        settled();
        resolve(value);
      },
      (error) => {
        settled();
        reject(error);
      },
    );
  });
}
