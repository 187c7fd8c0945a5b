import { expect, it } from "vitest";
import { engineLines } from "./engine-lines.js";

function start(): { say: (line: string) => void; lines: object[]; clock: { now: number } } {
  const lines: object[] = [];
  const clock = { now: 0 };
  const write = (fields: object): void => void lines.push(fields);
  const say = engineLines({ info: write, warn: write, error: write }, () => clock.now);
  return { say, lines, clock };
}

it("leaves out the rows of a statement, and the end of a long line", () => {
  const { say, lines } = start();
  say('(query: INSERT INTO events FORMAT JSONEachRow {"user_id":"marie"}) received signal 11');
  say("x".repeat(2000));
  expect(lines).toEqual([
    { line: "(query: INSERT INTO events FORMAT JSONEachRow {…}" },
    { line: "x".repeat(500) },
  ]);
});

it("passes a hundred lines a minute, and tells how many more there were", () => {
  const { say, lines, clock } = start();
  for (let number = 0; number < 250; number++) say(`line ${number}`);
  expect(lines).toHaveLength(100);
  clock.now = 60_001;
  say("later");
  expect(lines.slice(100)).toEqual([{ leftOut: 150 }, { line: "later" }]);
});
