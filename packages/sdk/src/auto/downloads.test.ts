// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/a","settings":{"navigation":{"disableMainFrameNavigation":true,"disableFallbackToSetURL":true}}}
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingTag } from "../testing/recording-tag.js";
import { downloads, type DownloadsOptions } from "./downloads.js";

let stop: () => void;
let events: [name: string, properties: unknown][];

function start(options?: DownloadsOptions): void {
  const recording = recordingTag();
  ({ events } = recording);
  stop = downloads(recording.tag, options);
}
beforeEach(() => start());
afterEach(() => stop());

function follow(html: string): void {
  document.body.innerHTML = html;
  document.body.firstElementChild?.dispatchEvent(
    new MouseEvent("click", { bubbles: true, composed: true, cancelable: true }),
  );
}
const properties = () => events.map(([, properties]) => properties);

test("an address that ends as a file does counts, without its query", () => {
  follow('<a href="/files/Price%20list.PDF?for=ada#2">List</a>');
  expect(events).toEqual([
    [
      "file_download",
      {
        file: "Price list.PDF",
        extension: "pdf",
        url: "https://shop.test/files/Price%20list.PDF",
      },
    ],
  ]);
});

test("a page, and a name that merely looks like an ending, does not", () => {
  for (const href of ["/b", "/b.html", "/b.pdf/", "/?file=b.pdf", "/#b.pdf", "https://pdf/"]) {
    follow(`<a href="${href}"></a>`);
  }
  follow("<button>b.pdf</button>");
  expect(events).toEqual([]);
});

test("the download attribute counts whatever the address is", () => {
  follow('<a href="/export/orders" download></a>');
  follow('<a href="/export/orders" download="Orders of Ada.CSV"></a>');
  expect(properties()).toEqual([
    { file: "orders", url: "https://shop.test/export/orders" },
    { file: "orders", extension: "csv", url: "https://shop.test/export/orders" },
  ]);
});

test("of a file that the page has made, neither name nor content is sent", () => {
  follow('<a href="blob:https://shop.test/1b4e" download="Ada.csv"></a>');
  follow('<a href="data:text/plain,secret" download></a>');
  expect(properties()).toEqual([{ extension: "csv" }, {}]);
});

test("the team can name the file", () => {
  follow('<a href="/d/8f3a" download data-balise-file="tariff"></a>');
  expect(properties()).toEqual([{ file: "tariff", url: "https://shop.test/d/8f3a" }]);
});

test("the endings can be chosen", () => {
  stop();
  start({ extensions: ["step"] });
  follow('<a href="/part.step"></a>');
  follow('<a href="/part.pdf"></a>');
  expect(properties()).toMatchObject([{ extension: "step" }]);
});

test("a name that cannot be decoded is sent as it stands", () => {
  follow('<a href="/100%.pdf"></a>');
  expect(properties()).toMatchObject([{ file: "100%.pdf" }]);
});

test("once stopped nothing counts", () => {
  stop();
  follow('<a href="/a.pdf"></a>');
  expect(events).toEqual([]);
});
