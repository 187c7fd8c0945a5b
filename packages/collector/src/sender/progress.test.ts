import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createProgress } from "./progress.js";

function terminal(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), {
    isTTY,
    columns: 80,
    cursorTo() {},
    clearLine() {},
    moveCursor() {},
    clearScreenDown() {},
  });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    text: () => String(stream.read() ?? ""),
  };
}

test("without a terminal, a line comes every few seconds", () => {
  const { stream, text } = terminal(false);
  let time = 0;
  const progress = createProgress({ label: "import", total: 200, stream, now: () => time });
  progress.update(10, "5 accepted");
  time = 3000;
  progress.update(50, "25 accepted");
  time = 4000;
  progress.update(100, "50 accepted");
  time = 6500;
  progress.update(200, "100 accepted");
  progress.stop();
  expect(text()).toBe("import: 25 % · 25 accepted\nimport: 100 % · 100 accepted\n");
});

test("on a terminal, a bar is drawn", () => {
  const { stream, text } = terminal(true);
  const progress = createProgress({ label: "import", total: 200, stream });
  progress.update(100, "50 accepted");
  progress.stop();
  expect(text()).toContain("import █");
});
