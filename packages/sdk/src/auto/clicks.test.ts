// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordingTag } from "../testing/recording-tag.js";
import { clicks } from "./clicks.js";

let stop: () => void;
let events: [name: string, properties: unknown][];

beforeEach(() => {
  const recording = recordingTag();
  ({ events } = recording);
  stop = clicks(recording.tag);
});
afterEach(() => stop());

function show(html: string): void {
  document.body.innerHTML = html;
}

function press(selector: string, type = "click", button = 0): void {
  const event = new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, button });
  document.querySelector(selector)?.dispatchEvent(event);
}

test("an element with a name counts, with its other attributes as properties", () => {
  show('<button data-balise="buy" data-balise-product-id="007" data-price="3">Buy, Ada</button>');
  press("button");
  expect(events).toEqual([["click", { element: "buy", productId: "007" }]]);
});

test("an element without a name does not", () => {
  show('<button data-price="3"><b>Buy</b></button><p data-balise="">x</p>');
  press("b");
  press("p");
  expect(events).toEqual([]);
});

test("a drawing in a button stands for the button", () => {
  show('<button data-balise="close"><svg><path d="M0 0"/></svg></button>');
  press("path");
  expect(events).toEqual([["click", { element: "close" }]]);
});

test("a part of a drawing can have a name itself", () => {
  show('<svg><g data-balise="france"><path d="M0 0"/></g></svg>');
  press("path");
  expect(events).toEqual([["click", { element: "france" }]]);
});

test("of nested elements the innermost counts", () => {
  show('<article data-balise="card"><button data-balise="like"></button><i></i></article>');
  press("button");
  press("i");
  expect(events).toEqual([
    ["click", { element: "like" }],
    ["click", { element: "card" }],
  ]);
});

test("an element in an open shadow tree counts, and so does its host", () => {
  show("<my-menu data-balise='menu'></my-menu>");
  const root = document.querySelector("my-menu")?.attachShadow({ mode: "open" });
  root!.innerHTML = '<button data-balise="open"></button><i></i>';
  for (const selector of ["button", "i"]) {
    root
      ?.querySelector(selector)
      ?.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
  }
  expect(events.map(([, properties]) => properties)).toEqual([
    { element: "open" },
    { element: "menu" },
  ]);
});

test("a label and its control are one click", () => {
  show('<label data-balise="news"><b>News</b><input type="checkbox"></label>');
  document.querySelector("b")?.click();
  expect(events).toEqual([["click", { element: "news" }]]);
  press("input");
  expect(events).toHaveLength(2);
});

test("a name that stands beside the control of its label counts too", () => {
  show('<label><b data-balise="news">News</b><input type="checkbox"></label>');
  document.querySelector("b")?.click();
  expect(events).toEqual([["click", { element: "news" }]]);
});

test("the middle button counts on a link, and there alone; the right one nowhere", () => {
  show('<a data-balise="terms" href="/terms"><b>T</b></a><button data-balise="buy"></button>');
  press("b", "auxclick", 1);
  press("b", "auxclick", 2);
  press("button", "auxclick", 1);
  expect(events).toEqual([["click", { element: "terms" }]]);
});

test("once stopped nothing counts", () => {
  show('<button data-balise="buy"></button>');
  stop();
  press("button");
  expect(events).toEqual([]);
});
