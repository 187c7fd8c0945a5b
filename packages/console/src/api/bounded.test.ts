import { describe, expect, it } from "vitest";
import { bounded } from "./bounded.js";

/** Work that ends when it is told to. */
function held(): { work: () => Promise<string>; end: () => void; begun: () => boolean } {
  let begun = false;
  let end = (): void => {};
  const ended = new Promise<string>((resolve) => {
    end = () => resolve("done");
  });
  const work = (): Promise<string> => {
    begun = true;
    return ended;
  };
  return { work, end: () => end(), begun: () => begun };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe("bounded work", () => {
  it("runs so many at once, and the rest in the order in which it came", async () => {
    const run = bounded(2);
    const all = [held(), held(), held(), held()];
    const results = all.map(({ work }) => run(work));
    await turn();
    expect(all.map(({ begun }) => begun())).toEqual([true, true, false, false]);
    all[1]?.end();
    await turn();
    expect(all.map(({ begun }) => begun())).toEqual([true, true, true, false]);
    for (const { end } of all) end();
    await turn();
    for (const { end } of all) end();
    await expect(Promise.all(results)).resolves.toEqual(["done", "done", "done", "done"]);
  });

  it("never begins what is aborted while it waits, and goes on with the next", async () => {
    const run = bounded(1);
    const [first, second, third] = [held(), held(), held()];
    const abort = new AbortController();
    const results = [run(first.work), run(second.work, abort.signal), run(third.work)];
    abort.abort();
    await expect(results[1]).rejects.toMatchObject({ name: "AbortError" });
    first.end();
    await turn();
    expect([second.begun(), third.begun()]).toEqual([false, true]);
    third.end();
    await expect(results[2]).resolves.toBe("done");
  });

  it("makes room when work fails", async () => {
    const run = bounded(1);
    await expect(run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(run(() => Promise.resolve(1))).resolves.toBe(1);
  });

  it("begins nothing for a signal that is aborted already", async () => {
    const work = held();
    await expect(bounded(1)(work.work, AbortSignal.abort())).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(work.begun()).toBe(false);
  });
});
