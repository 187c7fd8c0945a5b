import { expect, it } from "vitest";
import { BusyError, Turns } from "./turns.js";

const MiB = 1024 * 1024;

it("work is over once its slice has passed, and begins anew when it goes on", async () => {
  let now = 0;
  const turn = new Turns(() => now, 10).begin(0);
  now = 9;
  expect(turn.isOver()).toBe(false);
  now = 10;
  expect(turn.isOver()).toBe(true);
  now = 1000;
  await turn.next();
  expect(turn.isOver()).toBe(false);
  now = 1010;
  expect(turn.isOver()).toBe(true);
});

it("one goes on at a turn of the event loop, each after the others", async () => {
  const turns = new Turns(() => 0, 0);
  const steps: string[] = [];
  const tick = (): void => {
    steps.push("-");
    timer = setImmediate(tick);
  };
  let timer = setImmediate(tick);
  const work = async (name: string): Promise<void> => {
    const turn = turns.begin(0);
    for (let times = 0; times < 3; times++) {
      await turn.next();
      steps.push(name);
    }
    turn.end();
  };
  await Promise.all(["a", "b", "c"].map(work));
  clearImmediate(timer);
  expect(steps.filter((step) => step !== "-").join("")).toBe("abcabcabc");
  // Whatever else is due comes before each.
  expect(steps.join("")).not.toMatch(/[abc]{2}/);
});

it("holds no more than so many bytes, and has room again when the work ends", async () => {
  const turns = new Turns(() => 0, 0);
  const [first, second, third] = [9 * MiB, 7 * MiB, 1].map((bytes) => turns.begin(bytes));
  await first?.next();
  await second?.next();
  await second?.next();
  await expect(third?.next()).rejects.toThrow(BusyError);
  third?.end();
  await turns.begin(0).next();
  second?.end();
  second?.end();
  const fourth = turns.begin(7 * MiB);
  await fourth.next();
  await expect(turns.begin(1).next()).rejects.toThrow("send it again");
});
